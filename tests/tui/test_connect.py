"""The form: what is wrong is said on its field, nothing typed is lost, and a login can be tried and kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.config import places, profile_file
from durastore_tui.config.profile import TYPED, Environment, Profile
from durastore_tui.core.errors import BadInput, Unauthorized, Unreachable
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.connect import ConnectScreen
from durastore_tui.tui.dialogs.keep_sheet import KeepSheet
from durastore_tui.tui.start import SPACES, Found, Start, typed_profile
from tests.keyrings import Locked, Remembering, using
from tests.sandbox_server import SandboxServer
from tests.tui.fakes import OFF, PROFILE, Scene
from tests.tui.looking import sees, shown, type_in, until
from tests.written_profiles import write_profiles

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
WRONG = Unauthorized("GET /stores", 401, "Bad credentials")
DEMO = Profile("lakeshore", "http://127.0.0.1:7/durastore", "root", Environment.DEMO)
FAR = "https://acme.duracloud.org/durastore"
TABS_TO = {"connect": 2, "test": 3, "keep": 4, "demo": 5}


def unknown_server(**more: Any) -> Scene:
    """A start without a server."""
    scene = Scene({"dance-archive": OFF})
    scene.app = DurastoreApp(Start(connect=scene.connect, clock=scene.clock, root=SPACES)._replace(**more))
    return scene


async def fill(pilot: Pilot[None], *texts: str) -> None:
    """Into the field that has the focus, and the ones after it."""
    for number, text in enumerate(texts):
        if number:
            await pilot.press("enter")
        type_in(pilot.app, text)
        await pilot.pause(0)


async def press(pilot: Pilot[None], button: str) -> None:
    """From the last field to a button, by keys."""
    await pilot.press(*["tab"] * TABS_TO[button])
    assert pilot.app.focused
    assert pilot.app.focused.id == button
    await pilot.press("enter")


def typed(scene: Scene, name: str) -> str:
    return scene.app.screen.query_one(f"#field-{name} Input", Input).value


def said_at(scene: Scene, name: str) -> str:
    """What stands beside a field, in one line."""
    lines = shown(scene.app).splitlines()
    field = scene.app.screen.query_one(f"#field-{name} .field-says").region
    return " ".join(line[field.x : field.right].strip() for line in lines[field.y : field.bottom])


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
        await sees(pilot, "The server is missing.", "The user is missing.", "The password is missing.")
        await fill(pilot, "ftp://x", "ro:ot", "rpw")
        await pilot.press("enter")
        await until(pilot, lambda: "https://" in said_at(scene, "url"))
        assert isinstance(scene.app.screen, ConnectScreen)
        assert scene.app.services is None


async def test_a_wrong_password_comes_back_with_the_servers_status_and_nothing_lost() -> None:
    scene = Scene({"dance-archive": OFF})
    scene.refusals += [WRONG, WRONG]
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "401", "Bad credentials")
        assert "does not accept this user and password" in said_at(scene, "password")
        assert (typed(scene, "url"), typed(scene, "user")) == (PROFILE.url, "root")
        await pilot.press(*"typo", "enter")
        await until(pilot, lambda: scene.refusals == [])
        await sees(pilot, "401")
        assert typed(scene, "password") == "typo"
        await pilot.press("enter")
        await sees(pilot, "dance-archive", "connected")


async def test_a_server_that_is_not_there_keeps_the_form_open_and_is_said_beside_its_address() -> None:
    scene = unknown_server()
    scene.refusals.append(Unreachable("GET /stores", None, "connection refused"))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, "http://127.0.0.1:9", "root", "rpw")
        await pilot.press("enter")
        await sees(pilot, "connection refused")
        assert "connection refused" in said_at(scene, "url")
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
    scene = unknown_server(login=remembering(kept))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, "http://[::1]:9", "root", "rpw")
        await pilot.press("enter")
        await sees(pilot, "connected")
    assert kept[-1] == ("http://[::1]:9", "root")


async def test_a_password_without_a_profile_still_asks() -> None:
    scene = unknown_server(password=Secret("rpw"))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")


def test_a_typed_server_far_away_counts_as_prod_and_says_that_it_was_typed() -> None:
    far = typed_profile(FAR, "root")
    assert far is not None
    assert (far.environment, far.read_only) == (Environment.PROD, True)
    assert (far.origins["url"], far.origins["user"]) == (TYPED, TYPED)
    assert far.origins["read_only"] == "default of PROD"


@BOTH
async def test_what_a_server_will_count_as_is_said_before_anything_is_sent(size: tuple[int, int]) -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, FAR, "")
        await until(pilot, lambda: "PROD: read-only by default" in said_at(scene, "url"))


async def test_a_run_that_is_read_only_stays_so_at_whatever_is_typed() -> None:
    def login(url: str, user: str) -> Profile | None:
        profile = typed_profile(url, user)
        return profile.as_sealed() if profile else None

    scene = unknown_server(login=login, read_only=True)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await fill(pilot, "http://127.0.0.1:9", "root", "rpw")
        await until(pilot, lambda: "read-only, as this run is" in said_at(scene, "url"))
        await pilot.press("enter")
        await sees(pilot, "connected", "READ-ONLY")


# The test button


async def tried(pilot: Pilot[None], url: str, user: str, password: str) -> None:
    await sees(pilot, "Connect to a DuraStore")
    await fill(pilot, url, user, password)
    await press(pilot, "test")


@BOTH
async def test_the_test_says_what_is_there_and_sends_reads_alone(
    sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    scene = unknown_server()
    async with scene.app.run_test(size=size) as pilot:
        await tried(pilot, sandbox.url, "root", sandbox.users["root"])
        await sees(pilot, "It works: 3 stores as root", "AMAZON_S3, primary, 7 tasks", "CHRONOPOLIS, 14 tasks")
        await sees(pilot, "answers in", " ms", "plain http to 127.0.0.1")
        assert scene.app.services is None
        assert not (tmp_path / "state").exists()
        assert pilot.app.focused
        assert pilot.app.focused.id == "connect"
        await pilot.press("enter")
        await sees(pilot, "dance-archive", "connected")


async def test_a_store_that_does_not_tell_its_tasks_leaves_the_rest(sandbox: SandboxServer) -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await tried(pilot, sandbox.worlds["cedarfork"], "root", sandbox.users["root"])
        await sees(pilot, "It works: 3 stores", "store 5", "IRODS, tasks not told", "No TaskProvider")


@BOTH
@pytest.mark.parametrize(
    ("url", "user", "field", "words"),
    [
        ("https://no-such-host.invalid", "root", "url", "Name: The host name of the server cannot be resolved."),
        ("http://127.0.0.1:1", "root", "url", "Address: Could not reach the server."),
        ("https://{there}/durastore", "root", "url", "TLS: The TLS certificate of the server could not be verified."),
        ("http://{there}/durastore", "nobody", "password", "Login: The server does not accept"),
    ],
    ids=["name", "address", "tls", "login"],
)
async def test_the_test_says_in_words_what_failed_beside_its_field(
    sandbox: SandboxServer, size: tuple[int, int], url: str, user: str, field: str, words: str
) -> None:
    there = sandbox.url.removeprefix("http://").removesuffix("/durastore")
    scene = unknown_server()
    async with scene.app.run_test(size=size) as pilot:
        await tried(pilot, url.format(there=there), user, "wrong")
        await until(pilot, lambda: words in said_at(scene, field))
        assert scene.app.focused is scene.app.screen.query_one(f"#field-{field} Input")
        await pilot.press("x")
        await until(pilot, lambda: words not in said_at(scene, field))


async def test_what_answers_but_is_no_durastore_is_called_so() -> None:
    from tests.misbehaving import answer, misbehaving

    scene = unknown_server()
    async with misbehaving(answer("200 OK", b"<html>hello</html>")) as server, scene.app.run_test(size=WIDE) as pilot:
        await tried(pilot, server.url, "root", "x")
        await until(pilot, lambda: "but not a DuraStore" in said_at(scene, "url"))


# The demo


@BOTH
async def test_the_demo_is_one_button_away_and_says_what_it_has_to(size: tuple[int, int]) -> None:
    async def demo() -> Found:
        return Found(DEMO, Secret("rpw"), "This is a copy.")

    scene = unknown_server(demo=demo)
    async with scene.app.run_test(size=size, notifications=True) as pilot:
        await sees(pilot, "No server at hand? Try the demo")
        await pilot.press("shift+tab")
        assert pilot.app.focused
        assert pilot.app.focused.id == "demo"
        await pilot.press("enter")
        await sees(pilot, "DEMO", "lakeshore", "dance-archive", "connected", "This is a copy.")


async def test_a_demo_that_does_not_start_is_said_and_the_form_stays() -> None:
    async def demo() -> Found:
        raise Unreachable("start the stand-in server", None, "no room")

    scene = unknown_server(demo=demo)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Try the demo")
        await pilot.press("shift+tab", "enter")
        await sees(pilot, "start the stand-in server: no answer", "“no")
        assert isinstance(scene.app.screen, ConnectScreen)
        assert not scene.app.screen.query_one("#connect").disabled


async def test_where_there_is_no_demo_none_is_offered() -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        assert "demo" not in shown(scene.app)


# Kept as a profile


async def keeping(pilot: Pilot[None], url: str = FAR, password: str = "hush-hush") -> None:  # noqa: S107
    await sees(pilot, "Connect to a DuraStore")
    await fill(pilot, url, "jo", password)
    await press(pilot, "keep")
    await until(pilot, lambda: isinstance(pilot.app.screen, KeepSheet) and pilot.app.focused)


@BOTH
async def test_a_server_is_kept_as_a_profile_and_the_password_is_not(size: tuple[int, int]) -> None:
    scene = unknown_server()
    path = write_profiles('# mine\n[profiles.lake]\nurl = "http://127.0.0.1:9"  # ours\n')
    async with scene.app.run_test(size=size) as pilot:
        await keeping(pilot)
        await sees(pilot, "jo at https://acme.duracloud.org/durastore", "PROD", "never written into the file")
        await pilot.press("enter")
        await sees(pilot, "The profile acme is in", "Profile acme, PROD: read-only by default")
        await pilot.press("enter")
        await sees(pilot, "PROD", "acme", "READ-ONLY", "dance-archive")
        assert "hush" not in scene.app.export_screenshot()
    text = path.read_text()
    assert text.startswith('# mine\n[profiles.lake]\nurl = "http://127.0.0.1:9"  # ours\n')
    assert "hush" not in text
    kept = profile_file.read().named("acme").values
    assert dict(kept) == {"url": FAR, "user": "jo", "environment": "PROD"}
    assert path.stat().st_mode & 0o777 == 0o600


async def test_how_careful_to_be_is_chosen_and_written_only_where_it_is_not_usual() -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await keeping(pilot)
        await pilot.press("tab", "down", "tab", "up")
        await sees(pilot, "● TEST", "● read-only")
        await pilot.press("shift+tab", "up")
        await sees(pilot, "● PROD", "● read-only")
        await pilot.press("tab", "down")
        await sees(pilot, "● PROD", "● open")
        await pilot.press("tab", "tab", "enter")
        await sees(pilot, "Profile acme, PROD: open to changes, as its profile says.")
    assert profile_file.read().named("acme").values["read_only"] is False


async def test_a_name_that_is_taken_or_is_none_is_said_beside_it() -> None:
    scene = unknown_server()
    path = write_profiles('[profiles.acme]\nurl = "https://other.example"\n')
    before = path.read_text()
    async with scene.app.run_test(size=WIDE) as pilot:
        await keeping(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "There is a profile acme already" in said_at(scene, "profile"))
        await pilot.press("space", "x", "enter")
        await until(pilot, lambda: "is no name of a profile" in said_at(scene, "profile"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(scene.app.screen, ConnectScreen))
        assert typed(scene, "password") == "hush-hush"
    assert path.read_text() == before


async def test_with_a_keyring_the_password_may_go_there_and_nowhere_else() -> None:
    scene = unknown_server()
    with using(Remembering()) as keyring:
        async with scene.app.run_test(size=WIDE) as pilot:
            await keeping(pilot)
            await sees(pilot, "● ask me", "○ keyring")
            await pilot.press("tab", "tab", "tab", "down", "tab", "tab", "enter")
            await sees(pilot, "its password in the keyring")
        assert keyring.held == {("durastore-tui", f"jo@{FAR}"): "hush-hush"}
        assert "hush" not in places.profiles().read_text()


async def test_a_keyring_that_takes_nothing_is_said_and_the_profile_stays() -> None:
    scene = unknown_server()
    with using(Locked()):
        async with scene.app.run_test(size=WIDE) as pilot:
            await keeping(pilot)
            await pilot.press("tab", "tab", "tab", "down", "tab", "tab", "enter")
            await sees(pilot, "but its password was not kept.", "locked")
        assert "acme" in profile_file.read().profiles


async def test_a_file_that_cannot_be_written_is_said_beside_the_name(tmp_path: Path) -> None:
    scene = unknown_server()
    (tmp_path / "config").write_text("in the way")
    async with scene.app.run_test(size=WIDE) as pilot:
        await keeping(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "Not a directory" in said_at(scene, "profile"))


async def test_no_repr_of_the_form_tells_the_password() -> None:
    scene = unknown_server()
    async with scene.app.run_test(size=WIDE) as pilot:
        await keeping(pilot)
        screens = scene.app.screen_stack
        told = [repr(thing) for screen in screens for thing in (screen, *screen.query("*"), vars(screen))]
        told.append(scene.app.export_screenshot())
        assert [words for words in told if "hush-hush" in words] == []


def test_a_wrong_input_belongs_to_its_field() -> None:
    from durastore_tui.tui.dialogs.connect import field_of

    assert field_of(BadInput("user", "no")) == "user"
    assert field_of(WRONG) == "password"
    assert field_of(Unreachable("GET /stores", None, "")) == "url"
