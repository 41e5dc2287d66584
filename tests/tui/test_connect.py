"""The form: what is wrong is said on its field, and nothing typed is lost."""

from collections.abc import Callable

from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import Unauthorized, Unreachable
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.screens.connect import ConnectScreen
from durastore_tui.tui.start import Start, typed_profile
from tests.tui.fakes import OFF, PROFILE, Scene
from tests.tui.looking import sees, shown, type_in, until

WIDE = (120, 36)
WRONG = Unauthorized("GET /stores", 401, "Bad credentials")


def unknown_server() -> Scene:
    """A start without a server."""
    scene = Scene({"dance-archive": OFF})
    scene.app = DurastoreApp(Start(connect=scene.connect, clock=scene.clock))
    return scene


async def fill(pilot: Pilot[None], *texts: str) -> None:
    """Into the field that has the focus, and the ones after it."""
    for number, text in enumerate(texts):
        if number:
            await pilot.press("enter")
        type_in(pilot.app, text)


def typed(scene: Scene, name: str) -> str:
    return scene.app.screen.query_one(f"#{name}", Input).value


async def test_without_a_server_the_form_asks_and_connects() -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, "http://127.0.0.1:9", "root", "rpw")
        assert "rpw" not in shown(scene.app)
        await pilot.press("enter")
        await sees(pilot, "dance-archive", "connected", "TEST")


async def test_missing_fields_and_a_bad_address_are_said_on_their_field() -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await pilot.press("enter", "enter", "enter")
        await sees(pilot, "The url is missing.", "The user is missing.", "The password is missing.")
        await fill(pilot, "ftp://x", "root", "rpw")
        await pilot.press("enter")
        await sees(pilot, "https://")
        assert isinstance(scene.app.screen, ConnectScreen)
        assert scene.app.services is None


async def test_a_wrong_password_comes_back_with_the_servers_status_and_nothing_lost() -> None:
    scene = Scene({"dance-archive": OFF})
    scene.refusals += [WRONG, WRONG]
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "does not accept this user and password", "401", "Bad credentials")
        assert (typed(scene, "url"), typed(scene, "user")) == (PROFILE.url, "root")
        await pilot.press(*"typo", "enter")
        await until(pilot, lambda: scene.refusals == [])
        await sees(pilot, "401")
        assert typed(scene, "password") == "typo"
        await pilot.press("enter")
        await sees(pilot, "dance-archive", "connected")


async def test_a_server_that_is_not_there_keeps_the_form_open() -> None:
    scene = unknown_server()
    scene.refusals.append(Unreachable("GET /stores", None, "connection refused"))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, "http://127.0.0.1:9", "root", "rpw")
        await pilot.press("enter")
        await sees(pilot, "connection refused")
        assert typed(scene, "url") == "http://127.0.0.1:9"


async def test_the_closed_form_can_be_opened_again() -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await pilot.press("escape")
        await sees(pilot, "No server was named.", "not connected")
        await pilot.press("ctrl+r")
        await sees(pilot, "Connect to a DuraStore")


async def test_a_login_that_ends_under_way_is_asked_for_in_place() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "dance-archive", "12")
        await pilot.press("enter")
        await sees(pilot, "Spaces › dance-archive")
        refuse(scene)
        await sees(pilot, "no longer accepts this login")
        await pilot.press(*"rpw", "enter")
        await sees(pilot, "Spaces › dance-archive", "connected")


def refuse(scene: Scene) -> None:
    """The server answers a read with 401."""
    from durastore_tui.api.request_log import Request

    scene.session.log.add(Request(scene.clock.now(), "GET", "/x", 401, 3.0, 0, None, "", ""))


def remembering(kept: list[tuple[str, str]]) -> Callable[[str, str], Profile | None]:
    def login(url: str, user: str) -> Profile | None:
        kept.append((url, user))
        return typed_profile(url, user)

    return login


async def test_the_form_makes_its_profile_the_way_the_command_line_says() -> None:
    kept: list[tuple[str, str]] = []
    scene = unknown_server()
    scene.app = DurastoreApp(Start(connect=scene.connect, clock=scene.clock, login=remembering(kept)))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, "http://[::1]:9", "root", "rpw")
        await pilot.press("enter")
        await sees(pilot, "connected")
    assert kept == [("http://[::1]:9", "root")]


async def test_a_password_without_a_profile_still_asks() -> None:
    scene = Scene({})
    scene.app = DurastoreApp(Start(password=Secret("rpw"), connect=scene.connect, clock=scene.clock))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")


def test_a_typed_server_far_away_counts_as_prod() -> None:
    far = typed_profile("https://acme.duracloud.org/durastore", "root")
    assert far is not None
    assert far.environment is Environment.PROD
