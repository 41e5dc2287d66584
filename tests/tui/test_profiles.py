"""`@`: from one server to another in place, and back to where one was."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.config import profile_file
from durastore_tui.config.profile import of_file
from durastore_tui.config.profile_file import read
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.connect import ConnectScreen
from durastore_tui.tui.servers.profiles import use_profile
from durastore_tui.tui.start import SPACES, Start
from durastore_tui.tui.widgets.bars import COLOURS, StatusBar
from tests.tui.fakes import OFF, PROFILE, Scene
from tests.tui.looking import sees, shown, type_in, until
from tests.written_profiles import write_profiles

WIDE = (120, 36)
TEXT = """
[profiles.acme]
url = "https://acme.example/durastore"
user = "jo"
password_command = "echo apw"

[profiles.birch]
url = "http://127.0.0.1:8/durastore"
user = "bea"
"""


@pytest.fixture(autouse=True)
def file() -> Path:
    return write_profiles(TEXT)


async def connected(pilot: Pilot[None], scene: Scene, name: str) -> None:
    app = scene.app
    await until(pilot, lambda: app.services and app.services.session.profile.name == name)
    await until(pilot, lambda: app.places.here.subject() == "dance-archive")
    await sees(pilot, name, "dance-archive", "connected")


async def test_at_offers_the_profiles_and_switches_in_place() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot, scene, "lakeshore")
        await pilot.press("at")
        await sees(pilot, "server acme", "https://acme.example/durastore", "another server")
        type_in(scene.app, "acme")
        await until(pilot, lambda: "server birch" not in shown(scene.app))
        await pilot.press("enter")
        await connected(pilot, scene, "acme")
        await sees(pilot, "PROD", "READ-ONLY", "jo")


async def test_each_profile_keeps_its_own_place() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        use_profile(scene.app, "acme")
        await connected(pilot, scene, "acme")
        await pilot.press("i")
        await sees(pilot, "Spaces › dance-archive")
        use_profile(scene.app, "birch")
        await until(pilot, lambda: isinstance(scene.app.focused, Input) and scene.app.focused.password)
        await pilot.press(*"bpw", "enter")
        await connected(pilot, scene, "birch")
        assert "Spaces ›" not in shown(scene.app)
        use_profile(scene.app, "acme")
        await connected(pilot, scene, "acme")
        await sees(pilot, "Spaces › dance-archive")


async def test_a_form_that_is_closed_leaves_what_was_connected() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot, scene, "lakeshore")
        use_profile(scene.app, "birch")
        await until(pilot, lambda: isinstance(scene.app.screen, ConnectScreen))
        await pilot.press("escape")
        await connected(pilot, scene, "lakeshore")


async def test_a_server_that_does_not_answer_is_never_shown_with_the_rows_of_the_other() -> None:
    from durastore_tui.core.errors import Unreachable

    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot, scene, "lakeshore")
        scene.refusals.append(Unreachable("GET /stores", None, "connection refused"))
        use_profile(scene.app, "acme")
        await sees(pilot, "acme", "connection refused")
        assert "dance-archive" not in shown(scene.app)


@pytest.fixture
def failing(file: Path) -> None:
    file.write_text(TEXT.replace("echo apw", "false"))


@pytest.mark.usefixtures("failing")
async def test_a_password_command_that_fails_is_said_and_the_password_asked_for() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await connected(pilot, scene, "lakeshore")
        use_profile(scene.app, "acme")
        await sees(pilot, "The password command of acme failed", "Connect to a DuraStore")
        await pilot.press("escape")
        await connected(pilot, scene, "lakeshore")


async def test_a_start_with_a_profile_takes_the_password_that_is_at_hand() -> None:
    scene = Scene({"dance-archive": OFF})
    profile = of_file("acme", {}, read())
    scene.app = DurastoreApp(Start(profile, connect=scene.connect, clock=scene.clock, root=SPACES))
    async with scene.app.run_test(size=WIDE) as pilot:
        await connected(pilot, scene, "acme")


async def test_the_colour_of_a_profile_is_that_of_its_name() -> None:
    assert set(COLOURS) == set(profile_file.COLOURS)
    scene = Scene({"dance-archive": OFF}, profile=replace(PROFILE, colour="amber"))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "dance-archive")
        left, _ = scene.app.screen.query_one(StatusBar).parts(118)
        assert left[1].spans == (("lakeshore", "warn"),)
