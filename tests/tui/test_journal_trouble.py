"""A journal that cannot be used, on screen: everything is read, changes say why they are refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from durastore_tui.config import places
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.secret import Secret
from durastore_tui.services.jobs import journal_trouble
from durastore_tui.services.jobs.order import claim
from durastore_tui.services.jobs.unreadable import UnreadableJob
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.connector import connector
from durastore_tui.tui.dialogs.ask_sheet import AskSheet
from durastore_tui.tui.start import SPACES as PLACE
from durastore_tui.tui.start import Start
from durastore_tui.tui.widgets.sheet import Sheet
from tests.sandbox_server import SandboxServer
from tests.tui.fakes import OFF, OPEN, PROFILE, Scene, a_job
from tests.tui.looking import sees, until

SIZE = (120, 36)
SPACES = {"dance-archive": OFF, "oral-histories-hls": OPEN}
BROKEN = journal_trouble.damaged(Path("/home/ana/jobs.sqlite3"), "it is empty")
STRANGE = UnreadableJob(
    "4f2a", "lakeshore", "dream", "dreaming", datetime(2026, 1, 1, tzinfo=UTC), 3, True, "51", "dance-archive"
)


async def test_the_ui_connects_reads_and_says_what_is_wrong_and_the_fix() -> None:
    scene = Scene(SPACES)
    scene.jobs.broken = BROKEN
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "2 spaces", "dance-archive")
        await until(pilot, lambda: [note.text for note in scene.app.notes] == [BROKEN.sentence])
        await pilot.press("5")
        await sees(pilot, "The journal /home/ana/jobs.sqlite3 is damaged (it is empty).", "durastore-tui jobs repair")


async def test_a_change_key_says_why_it_is_refused() -> None:
    scene = Scene(SPACES)
    scene.jobs.broken = BROKEN
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("E")
        await until(pilot, lambda: len(scene.app.notes) == 2)
        assert "No changes can be sent." in scene.app.notes[0].text
        assert not scene.jobs.orders
        scene.jobs.broken = None
        await pilot.press("E")
        await until(pilot, lambda: isinstance(scene.app.screen, Sheet))


async def test_a_job_of_a_newer_version_is_shown_and_can_be_forgotten() -> None:
    scene = Scene(SPACES, jobs=[a_job()])
    scene.jobs.strange = (STRANGE,)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("5")
        await sees(pilot, "unreadable", "dream", "1 unreadable")
        await sees(pilot, "A newer version of durastore-tui wrote this")
        await pilot.press("x")
        await until(pilot, lambda: isinstance(scene.app.screen, AskSheet))
        await sees(pilot, "from a newer version")


async def test_a_job_of_a_newer_version_dims_the_keys_of_its_own_space_alone() -> None:
    scene = Scene(SPACES)
    key = claim(JobKind.ENABLE, "lakeshore", "51", "dance-archive", family="HLS")
    scene.jobs.strange = (replace(STRANGE, claims=frozenset(filter(None, [key]))),)
    async with scene.app.run_test(size=SIZE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("E")
        await until(pilot, lambda: [note.text for note in scene.app.notes if "4f2a (from a newer" in note.text])
        await pilot.press("down", "D")
        await until(pilot, lambda: isinstance(scene.app.screen, Sheet))


def garbage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places.make_folder_of(places.journal())
    places.journal().write_bytes(b"garbage" * 2000)


def no_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "file"))


@pytest.mark.parametrize("damage", [garbage, no_folder], ids=lambda damage: damage.__name__)
async def test_a_real_server_is_read_with_a_real_broken_journal(
    sandbox: SandboxServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    damage(tmp_path, monkeypatch)
    profile = replace(PROFILE, url=sandbox.url)
    app = DurastoreApp(Start(profile, Secret("rpw"), connect=connector(), root=PLACE))
    async with app.run_test(size=SIZE) as pilot:
        await sees(pilot, "dance-archive")
        await until(pilot, lambda: app.notes)
        assert str(places.journal()) in app.notes[0].text
        await pilot.press("E")
        await until(pilot, lambda: len(app.notes) == 2)
        assert "No changes can be sent." in app.notes[0].text and "No changes can be sent." in app.notes[1].text
