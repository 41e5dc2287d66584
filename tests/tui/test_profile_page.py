"""Where every value of a profile comes from, for the server in view and for any other; and how `@` shows them."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot

from durastore_tui.config.profile import Profile, demo, of_file
from durastore_tui.config.profile_file import read
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.commands.palette import Profiles
from durastore_tui.tui.dialogs.profile_page import ProfileScreen
from durastore_tui.tui.servers.profiles import use_profile
from durastore_tui.tui.start import SPACES, Start
from tests.keyrings import Locked, Remembering, using
from tests.tui.fakes import OFF, Scene
from tests.tui.looking import sees, shown, type_in, until
from tests.written_profiles import write_profiles

WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
TEXT = """\
default = "acme"

[profiles.acme]
url = "https://acme.example/durastore"
user = "jo"
colour = "red"
timeout = 20
password_command = "echo hush-hush"

[profiles.birch]
url = "http://127.0.0.1:8/durastore"
user = "bea"
environment = "TEST"
"""


@pytest.fixture(autouse=True)
def file() -> Path:
    return write_profiles(TEXT)


async def connected(pilot: Pilot[None]) -> None:
    await sees(pilot, "dance-archive", "connected")


async def opened(pilot: Pilot[None], typed: str) -> None:
    """The page of a profile, from `@`."""
    await connected(pilot)
    await pilot.press("at")
    await sees(pilot, "another server")
    type_in(pilot.app, typed)
    await until(pilot, lambda: "another server" not in shown(pilot.app))
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ProfileScreen))


def scene_of(profile: Profile) -> Scene:
    return Scene({"dance-archive": OFF}, profile=profile)


@BOTH
async def test_every_value_of_the_server_in_view_says_where_it_came_from(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://jo:hush@proxy.example:3128")
    scene = scene_of(of_file("acme", {}, read()))
    async with scene.app.run_test(size=size) as pilot:
        await connected(pilot)
        await pilot.press("equals_sign")
        await sees(pilot, "Where acme comes from", "PROD: read-only by default", "profiles.toml:3")
        await sees(pilot, "https://acme.example/durastore  (profiles.toml:4)", "jo  (profiles.toml:5)")
        await sees(pilot, "PROD  (the address)", "yes  (default of PROD)", "red  (profiles.toml:6)")
        await sees(pilot, "20  (profiles.toml:7)", "the system's authorities  (default)")
        await pilot.press("end")
        await sees(pilot, "•••  (password_command)", "http://proxy.example:3128  (HTTPS_PROXY)")
        assert "hush" not in shown(scene.app).replace("echo hush-hush", "")
        await pilot.press("q")
        await connected(pilot)


@BOTH
async def test_any_other_profile_is_looked_at_from_the_list_of_servers(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DURASTORE_PROFILE", "birch")
    monkeypatch.setenv("DURASTORE_USER", "ben")
    monkeypatch.setenv("DURASTORE_PASSWORD", "hush-hush")
    scene = scene_of(of_file("acme", {}, read()))
    async with scene.app.run_test(size=size) as pilot:
        await opened(pilot, "about birch")
        await sees(pilot, "TEST  (profiles.toml:13)", "ben  (DURASTORE_USER)")
        await pilot.press("end")
        await sees(pilot, "•••  (DURASTORE_PASSWORD)")
        assert "hush" not in scene.app.export_screenshot()


@pytest.mark.parametrize(
    ("backend", "held", "says"),
    [
        (Remembering, "bpw", "(keyring)"),
        (Remembering, "", "(asked for)"),
        (Locked, "", "(asked for. The keyring did not give the password of birch: it is"),
    ],
    ids=["held", "not held", "locked"],
)
async def test_the_keyring_is_named_as_the_source_and_a_locked_one_is_said(
    backend: type[Remembering | Locked], held: str, says: str
) -> None:
    scene = scene_of(of_file("acme", {}, read()))
    with using(backend()) as keyring:
        if held and isinstance(keyring, Remembering):
            keyring.set_password("durastore-tui", "bea@http://127.0.0.1:8/durastore", held)
        async with scene.app.run_test(size=WIDE) as pilot:
            await opened(pilot, "about birch")
            await sees(pilot, f"•••  {says}")


async def test_the_demo_and_a_typed_server_say_so_too(tmp_path: Path) -> None:
    ca_file = tmp_path / "ca.pem"
    ca_file.touch()
    scene = scene_of(demo("lakeshore", "http://127.0.0.1:9/durastore", "root", ca_file))
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot)
        await pilot.press("equals_sign")
        await sees(pilot, "root  (--demo)", "DEMO  (--demo)", "•••  (the demo's own)")


@pytest.fixture
def unusable(file: Path) -> None:
    file.write_text(TEXT + 'ca_file = "/nowhere/ca.pem"\n')


@pytest.mark.usefixtures("unusable")
async def test_a_profile_that_cannot_be_used_is_said_with_its_line() -> None:
    scene = scene_of(of_file("acme", {}, read()))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await connected(pilot)
        await pilot.press("at")
        await sees(pilot, "server birch", "profiles.toml, line 14: There is no certificate file /nowhere/ca.pem")


async def test_before_there_is_a_server_there_is_nothing_to_explain() -> None:
    scene = Scene({})
    scene.app = DurastoreApp(Start(connect=scene.connect, clock=scene.clock, root=SPACES))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "Connect to a DuraStore")
        await pilot.press("escape", "equals_sign")
        await sees(pilot, "There is no server yet")


@BOTH
async def test_the_list_of_servers_shows_the_environment_of_each(size: tuple[int, int]) -> None:
    scene = scene_of(of_file("acme", {}, read()))
    async with scene.app.run_test(size=size) as pilot:
        await connected(pilot)
        await pilot.press("at")
        await sees(pilot, "server acme  PROD", "server birch  TEST", "about acme")


async def test_the_list_of_servers_has_the_colours_of_the_profiles() -> None:
    scene = scene_of(of_file("acme", {}, read()))
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot)
        entries = Profiles(scene.app.screen)
        names = [name for name, _, _ in entries.entries()]
        acme, birch = (entries.dressed(name, Content(name)) for name in names[:2])
        assert [(str(span.style), acme.plain[span.start : span.end].strip()) for span in acme.spans] == [
            ("$error", "acme"),
            ("bold $error", "PROD"),
        ]
        assert [str(span.style) for span in birch.spans if span.style] == ["bold"]


async def test_a_run_that_is_read_only_stays_so_at_every_profile() -> None:
    scene = scene_of(of_file("acme", {}, read()).as_sealed())
    scene.app.start = scene.app.start._replace(read_only=True)
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot)
        await opened(pilot, "about birch")
        await sees(pilot, "read-only, as this run is", "yes  (--read-only)")
        await pilot.press("q")
        use_profile(scene.app, "birch")
        await sees(pilot, "Profile birch", "read-only, as this run is")
        type_in(scene.app, "bpw")
        await pilot.press("enter")
        await until(pilot, lambda: scene.app.profile and scene.app.profile.name == "birch")
        await sees(pilot, "birch", "READ-ONLY", "connected")
        assert scene.app.profile
        assert scene.app.profile.sealed
