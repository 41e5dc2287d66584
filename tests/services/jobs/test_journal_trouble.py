"""A journal that cannot be used: reading goes on, nothing is sent, and one line names the file and the way out."""

import asyncio
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs import journal_file
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.order import Excluded
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable
from tests.held_clock import HeldClock
from tests.services.jobs.conftest import Start
from tests.services.jobs.damage import DAMAGES, cut_to_nothing, damaged_pages, directory, garbage, newer_version
from tests.services.jobs.world import HOST, Edge, Process, Server, enabled, order

Damage = Callable[[Path], None]
MANY = 40


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with many jobs, closed."""
    folder, clock = tmp_path_factory.mktemp("whole"), HeldClock()
    jobs = Process(folder, clock, Server(), Edge(clock))

    async def fill() -> None:
        for number in range(MANY):
            await jobs.submit(order(JobKind.DELETE, space=f"space-{number}", host=HOST, was="OPEN"))

    asyncio.run(fill())
    jobs.die()
    return folder / "jobs.sqlite3"


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(whole, tmp_path / "jobs.sqlite3"))


@pytest.mark.parametrize("damage", [*DAMAGES, newer_version], ids=lambda damage: damage.__name__)
async def test_nothing_is_sent_and_one_line_says_why(path: Path, start: Start, server: Server, damage: Damage) -> None:
    damage(path)
    server.writes.clear()
    jobs = start()
    with pytest.raises(JournalTrouble) as refused:
        await jobs.submit(order(JobKind.DELETE))
    assert not server.writes
    sentence = refused.value.sentence
    assert sentence.startswith(f"The journal {path} ")
    assert "No changes can be sent." in sentence
    assert ("durastore-tui jobs repair" in sentence) is (damage is not newer_version)
    assert ("newer version" in sentence) is (damage is newer_version)
    assert "\n" not in sentence


@pytest.mark.parametrize("damage", [*DAMAGES, newer_version], ids=lambda damage: damage.__name__)
async def test_rounds_go_on(path: Path, start: Start, damage: Damage) -> None:
    damage(path)
    jobs = start()
    await jobs.follow(3)
    assert jobs.board.trouble


@pytest.mark.parametrize("damage", [garbage, cut_to_nothing, directory], ids=lambda damage: damage.__name__)
async def test_the_file_is_left_as_it_is(path: Path, start: Start, damage: Damage) -> None:
    damage(path)
    before = content(path)
    with pytest.raises(JournalTrouble):
        await start().submit(order(JobKind.DELETE))
    assert content(path) == before


def content(path: Path) -> object:
    return path.read_bytes() if path.is_file() else sorted(path.iterdir())


async def test_jobs_of_a_newer_layout_are_shown_as_far_as_they_can_be_read(path: Path, start: Start) -> None:
    newer_version(path)
    assert len(start().board.entries()) == MANY


async def test_a_journal_with_damaged_pages_gives_what_it_can(path: Path, start: Start) -> None:
    damaged_pages(path)
    jobs = start()
    assert jobs.board.trouble
    assert MANY / 4 < len(jobs.board.entries()) < MANY


async def test_what_was_repaired_meanwhile_is_used_again(path: Path, whole: Path, start: Start) -> None:
    cut_to_nothing(path)
    jobs = start()
    assert jobs.board.trouble
    shutil.copy(whole, path)
    await jobs.round()
    assert not jobs.board.trouble
    assert len(jobs.board.entries()) == MANY


def file_as_parent(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "durastore-tui" / "jobs.sqlite3"


def kernel_folder(folder: Path) -> Path:
    return Path("/proc/durastore-tui/jobs.sqlite3")


def full_device(folder: Path) -> Path:
    (folder / "jobs.sqlite3").symlink_to("/dev/full")
    return folder / "jobs.sqlite3"


def dangling(folder: Path) -> Path:
    (folder / "jobs.sqlite3").symlink_to(folder / "nowhere")
    return folder / "jobs.sqlite3"


@pytest.mark.parametrize(
    "place", [file_as_parent, kernel_folder, full_device, dangling], ids=lambda place: place.__name__
)
def test_a_place_where_no_file_can_be_is_a_trouble_with_its_path(tmp_path: Path, place: Callable[[Path], Path]) -> None:
    path = place(tmp_path)
    with closing(Journal(path)) as journal:
        assert journal.trouble and str(path) in journal.trouble.sentence
        assert journal.all() == ()
        assert journal.versions() == {}
        assert journal.usual("lakeshore", JobKind.ENABLE) is None


@pytest.mark.parametrize("which", ["file", "folder"])
async def test_a_read_only_place_is_read_and_not_changed(
    path: Path, start: Start, server: Server, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    locked = path if which == "file" else path.parent
    access = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: place != locked and access(place, mode))
    server.writes.clear()
    jobs = start()
    with pytest.raises(JournalTrouble, match=r"read-only.*XDG_STATE_HOME"):
        await jobs.submit(order(JobKind.DELETE))
    assert not server.writes
    assert len(jobs.board.entries()) == MANY


def test_a_new_journal_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "jobs.sqlite3"
    with monkeypatch.context() as disk:
        disk.setattr(journal_file, "bring_up_to_date", full)
        with closing(Journal(path)) as journal:
            assert journal.trouble and "the disk is full" in journal.trouble.sentence
    assert [each.name for each in tmp_path.iterdir()] == ["jobs.sqlite3.locks"]
    with closing(Journal(path)) as journal:
        assert journal.trouble is None


# A disk that fills up


@pytest.fixture
def full_disk(jobs: Process) -> Callable[[bool], None]:
    """Lets the journal grow no further, as a full disk does, or lets it again."""

    def fill(is_full: bool) -> None:
        pages = jobs.rows.execute("PRAGMA page_count").fetchone()[0]
        jobs.rows.execute(f"PRAGMA max_page_count = {pages if is_full else 1_000_000}")

    return fill


BIG = {"body": "x" * 20_000}


async def test_a_full_disk_refuses_a_change_before_it_is_sent(
    jobs: Process, server: Server, full_disk: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    full_disk(True)
    monkeypatch.setattr(jobs.journal, "recover", lambda: None)  # it would take the limit away
    server.writes.clear()
    with pytest.raises(JournalTrouble, match="the disk is full"):
        await jobs.submit(order(JobKind.RESTORE, **BIG))
    assert not server.writes
    await jobs.follow(3)


@pytest.fixture
def unwritable(jobs: Process, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Every write of the journal fails from now on, as on a full disk, or works again."""

    def switch(is_full: bool) -> None:
        jobs.rows.execute(f"PRAGMA query_only = {int(is_full)}")
        if is_full:
            monkeypatch.setattr(jobs.journal, "recover", lambda: None)
        else:
            monkeypatch.undo()

    return switch


async def test_an_answer_that_cannot_be_written_is_kept_and_written_later(
    jobs: Process, start: Start, server: Server, edge: Edge, unwritable: Callable[[bool], None]
) -> None:
    server.answers = [enabled()]
    server.before_answer = lambda: unwritable(True)
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert job.state is JobState.ACCEPTED
    assert jobs.job(job).state is JobState.ACCEPTED
    assert start().job(job).state is JobState.SENT
    await jobs.follow(8)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    unwritable(False)
    edge.answers = True
    await jobs.follow(30)
    assert jobs.job(job).state is JobState.CONFIRMED
    assert start().job(job).state is JobState.CONFIRMED


async def test_a_process_that_could_not_write_its_answer_still_holds_what_it_changes(
    jobs: Process, start: Start, unwritable: Callable[[bool], None], server: Server
) -> None:
    server.before_answer = lambda: unwritable(True)
    await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    with pytest.raises(Excluded):
        await start().submit(order(JobKind.DELETE))


async def test_what_was_written_at_the_last_moment_is_there_for_the_next_process(
    jobs: Process, start: Start, unwritable: Callable[[bool], None], server: Server
) -> None:
    server.before_answer = lambda: unwritable(True)
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    unwritable(False)
    await jobs.runner.stop()
    assert start().job(job).state is JobState.ACCEPTED


async def test_a_journal_that_was_removed_while_in_use_is_begun_anew_where_others_see_it(
    jobs: Process, start: Start, tmp_path: Path
) -> None:
    await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    path = tmp_path / "jobs.sqlite3"
    for file in (path, *journal_file.side_files(path)):
        file.unlink()
    await jobs.round()
    await jobs.submit(order(JobKind.DELETE, space="theses", host=HOST, was="OPEN"))
    assert [entry.job.space for entry in start().board.entries()] == ["theses"]


# Rows that this version cannot read


def change_row(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Rewrites the newest row as another version might have written it."""
    with closing(sqlite3.connect(path)) as rows, rows:
        job_id, text = rows.execute("SELECT id, entry FROM jobs ORDER BY rowid DESC").fetchone()
        body = json.loads(text)
        change(body)
        rows.execute("UPDATE jobs SET entry = ?, version = version + 1 WHERE id = ?", (json.dumps(body), job_id))


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a field of the entry": lambda body: body.update(mood="good"),
    "a field of the job": lambda body: body["job"].update(mood="good"),
    "a field of the order": lambda body: body["order"].update(mood="good"),
    "a field of the evidence": lambda body: [look.update(mood="good") for look in body["job"]["evidence"]],
    "a state": lambda body: body["job"].update(state="dreaming"),
    "a kind": lambda body: (body["job"].update(kind="dream"), body["order"].update(kind="dream")),
    "a phase": lambda body: body.update(phase="dream"),
    "a missing field": lambda body: body["job"].pop("space"),
    "another shape": lambda body: (body.pop("job"), body.update(rows=[1, 2])),
}


@pytest.mark.parametrize("what", CHANGES)
async def test_a_row_of_a_newer_version_is_kept_shown_and_in_the_way_of_its_own_subject_alone(
    path: Path, start: Start, server: Server, what: str
) -> None:
    change_row(path, CHANGES[what])
    jobs = start()
    await jobs.follow(3)
    (strange,) = jobs.board.unreadable()
    assert len(jobs.board.entries()) == MANY - 1
    assert strange.is_newer
    assert "newer version" in strange.words and f"durastore-tui jobs forget {strange.id}" in strange.words
    server.writes.clear()
    with pytest.raises(ExcludedByUnreadable, match=f"jobs forget {strange.id}"):
        await jobs.submit(order(JobKind.DELETE, space=f"space-{MANY - 1}", host=HOST, was="OPEN"))
    assert not server.writes
    await jobs.submit(order(JobKind.DELETE, space="another", host=HOST, was="OPEN"))
    jobs.board.forget(strange.id, lambda _: None)
    assert jobs.board.unreadable() == ()
    await jobs.submit(order(JobKind.DELETE, space=f"space-{MANY - 1}", host=HOST, was="OPEN"))


async def test_a_row_that_becomes_unreadable_while_it_is_followed_is_shown_as_such(path: Path, start: Start) -> None:
    jobs = start()
    change_row(path, CHANGES["a field of the job"])
    await jobs.follow(3)
    assert len(jobs.board.unreadable()) == 1
    assert len(jobs.board.entries()) == MANY - 1


async def test_a_row_that_is_no_json_is_damaged_and_not_newer(path: Path, start: Start) -> None:
    with closing(sqlite3.connect(path)) as rows, rows:
        rows.execute("UPDATE jobs SET entry = '{\"job\": cut' WHERE rowid = 1")
    (strange,) = start().board.unreadable()
    assert not strange.is_newer
    assert strange.state == "accepted"


async def test_what_a_newer_version_is_sending_now_cannot_be_forgotten(path: Path, tmp_path: Path) -> None:
    change_row(path, lambda body: body.update(mood="good", owner="runner 1"))
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.locks import Locks, locks_folder

    newer = Locks(locks_folder(path))
    newer.hold("runner 1")
    jobs = Jobs(lambda _: None, path, HeldClock())
    (strange,) = jobs.unreadable()
    with pytest.raises(BadInput, match="on its way"):
        jobs.forget(strange.id)
    newer.release_all()
    jobs.forget(strange.id)
    assert jobs.unreadable() == ()
    jobs.stop()
