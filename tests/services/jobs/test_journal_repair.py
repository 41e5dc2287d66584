"""`jobs repair`: what can be read is kept, exclusions included; the old file stays beside the new one."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs import journal_file
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.locks import Locks, locks_folder
from durastore_tui.services.jobs.order import Excluded
from durastore_tui.services.jobs.repair import Repaired, repair
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable
from tests.held_clock import HeldClock
from tests.services.jobs.conftest import Start
from tests.services.jobs.damage import (
    DAMAGES,
    PAGE,
    cut_inside_a_page,
    cut_the_last_quarter,
    cut_to_nothing,
    damaged_pages,
    directory,
    garbage,
    header,
    newer_version,
    no_table,
)
from tests.services.jobs.world import HOST, Edge, Process, Server, order

NOW = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
MANY = 30
SPACES = tuple(f"space-{number:02}" for number in range(MANY))
RUN = tuple(f"space-of-the-run-{number:03}" for number in range(60))
"""Enough for a row of several pages."""
KEPT: dict[Callable[[Path], None], int] = {
    garbage: 0,
    header: MANY,
    cut_the_last_quarter: MANY // 4,
    cut_inside_a_page: MANY - 4,
    cut_to_nothing: 0,
    damaged_pages: MANY // 4,
    no_table: 0,
    directory: 0,
}
"""The least that each damage leaves."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal with jobs that exclude others, and one with many parts."""
    folder, clock = tmp_path_factory.mktemp("whole"), HeldClock()
    jobs = Process(folder, clock, Server(), Edge(clock))

    async def fill() -> None:
        await jobs.submit(order(JobKind.POLICY, spaces=RUN))
        for space in SPACES:
            clock.advance(1)
            await jobs.submit(order(JobKind.DELETE, space=space, host=HOST, was="OPEN"))

    asyncio.run(fill())
    jobs.die()
    return folder / "jobs.sqlite3"


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "jobs.sqlite3"))


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
async def test_a_damaged_journal_is_replaced_with_what_can_be_read(
    path: Path, start: Start, damage: Callable[[Path], None]
) -> None:
    damage(path)
    repaired = repair(path, NOW)
    assert repaired.damage
    assert repaired.moved_to == path.with_name("jobs.sqlite3.damaged-20261201T083000Z")
    assert repaired.moved_to in tuple(path.parent.iterdir())
    jobs = start()
    assert jobs.board.trouble is None
    kept = {entry.job.space for entry in jobs.board.entries()}
    assert len(kept & set(SPACES)) >= KEPT[damage]
    assert repaired.jobs + len(repaired.lost) >= len(jobs.board.entries()) + len(jobs.board.unreadable())
    assert repaired.unfinished == len(kept & set(SPACES))
    assert len(jobs.journal.changes()) == repaired.changes
    for space in sorted(kept & set(SPACES))[:3]:
        with pytest.raises(Excluded):
            await jobs.submit(order(JobKind.DELETE, space=space))
    await jobs.submit(order(JobKind.DELETE, space="another", host=HOST, was="OPEN"))
    assert repair_again(path, jobs).damage == ""


def repair_again(path: Path, jobs: Process) -> Repaired:
    jobs.die()
    return repair(path, NOW)


def test_a_file_whose_first_page_is_gone_loses_nothing(path: Path) -> None:
    with closing(Journal(path)) as journal:
        entries, changes = set(journal.all()), journal.changes()
    header(path)
    repaired = repair(path, NOW)
    assert (repaired.jobs, repaired.unfinished, repaired.lost) == (MANY + 1, MANY, ())
    with closing(Journal(path)) as journal:
        assert {entry.job for entry in journal.all()} == {entry.job for entry in entries}
        assert sorted(journal.changes(), key=repr) == sorted(changes, key=repr)


def test_what_is_only_in_the_write_ahead_log_is_found(tmp_path: Path, whole: Path) -> None:
    path = tmp_path / "jobs.sqlite3"
    with closing(sqlite3.connect(shutil.copy(whole, tmp_path / "live.sqlite3"))) as rows:
        rows.execute("UPDATE jobs SET seconds = seconds + 1, entry = entry || char(32)")
        rows.commit()
        shutil.copy(tmp_path / "live.sqlite3-wal", tmp_path / "jobs.sqlite3-wal")
    path.write_bytes(b"\x00garbage" * (PAGE // 8))
    assert repair(path, NOW).unfinished == MANY


async def test_a_claim_whose_job_is_lost_still_excludes_until_it_is_forgotten(path: Path, start: Start) -> None:
    with closing(sqlite3.connect(path)) as rows, rows:
        (job_id,) = rows.execute("SELECT job FROM claims WHERE key LIKE '%space-07%'").fetchone()
        rows.execute("DELETE FROM jobs WHERE id = ?", (job_id,))  # its claim stays: foreign keys are not on here
        (root,) = rows.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_claims_1'").fetchone()
    overwrite(path, root)
    repaired = repair(path, NOW)
    assert repaired.lost == (job_id,)
    jobs = start()
    (strange,) = jobs.board.unreadable()
    assert (strange.id, strange.profile, strange.space) == (job_id, "lakeshore", "space-07")
    assert not strange.is_newer
    with pytest.raises(ExcludedByUnreadable, match=f"jobs forget {job_id}"):
        await jobs.submit(order(JobKind.DELETE, space="space-07"))
    jobs.board.forget(job_id, lambda _: None)
    await jobs.submit(order(JobKind.DELETE, space="space-07", host=HOST, was="OPEN"))


def overwrite(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def test_rows_of_a_newer_version_are_kept_as_they_are(path: Path) -> None:
    with closing(sqlite3.connect(path)) as rows, rows:
        job_id, text = rows.execute("SELECT id, entry FROM jobs ORDER BY rowid DESC").fetchone()
        text = json.dumps(json.loads(text) | {"mood": "good"})
        rows.execute("UPDATE jobs SET entry = ? WHERE id = ?", (text, job_id))
        (root,) = rows.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_claims_1'").fetchone()
    overwrite(path, root)
    repair(path, NOW)
    with closing(sqlite3.connect(path)) as rows:
        assert rows.execute("SELECT entry FROM jobs WHERE id = ?", (job_id,)).fetchone() == (text,)
        assert rows.execute("SELECT count(*) FROM claims WHERE job = ?", (job_id,)).fetchone() == (1,)


def test_what_was_forgotten_stays_forgotten(path: Path) -> None:
    with closing(Journal(path)) as journal:
        forgotten = journal.all()[0]
        journal.forget(forgotten.job.id, lambda _: None)
    with closing(sqlite3.connect(path)) as rows:
        (root,) = rows.execute("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_claims_1'").fetchone()
    overwrite(path, root)
    assert repair(path, NOW).jobs == MANY
    with closing(Journal(path)) as journal:
        assert journal.get(forgotten.job.id) is None


def test_a_whole_journal_and_a_missing_one_are_left_alone(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert repair(path, NOW).damage == ""
    assert path.read_bytes() == before
    assert repair(tmp_path / "nowhere.sqlite3", NOW).damage == ""
    assert not (tmp_path / "nowhere.sqlite3").exists()


def test_the_journal_of_a_newer_version_is_left_alone(path: Path) -> None:
    newer_version(path)
    with pytest.raises(JournalTrouble, match="newer version"):
        repair(path, NOW)
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (1000,)


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_journal_that_is_in_use_is_left_alone(path: Path) -> None:
    with closing(Journal(path)), pytest.raises(BadInput, match="Another durastore-tui is using"):
        repair(path, NOW)
    runner = Locks(locks_folder(path))
    runner.hold("runner 0123456789abcdef")
    with pytest.raises(BadInput, match="Another durastore-tui is using"):
        repair(path, NOW)
    runner.release_all()
    assert repair(path, NOW).damage == ""


def test_nobody_opens_the_journal_for_changes_while_it_is_repaired(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    garbage(path)
    seen: list[str] = []
    new_file = journal_file.new_file

    def while_repairing(*words: object) -> object:
        with closing(Journal(path)) as journal:
            seen.append(journal.trouble.sentence if journal.trouble else "")
        return new_file(*words)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(journal_file, "new_file", while_repairing)
    repair(path, NOW)
    assert len(seen) == 1 and "being repaired" in seen[0]


def test_a_disk_that_is_full_leaves_the_damaged_file_in_its_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    garbage(path)
    before = path.read_bytes()
    monkeypatch.setattr(journal_file, "bring_up_to_date", full)
    with pytest.raises(JournalTrouble, match="disk is full"):
        repair(path, NOW)
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["jobs.sqlite3", "jobs.sqlite3.locks"]


def test_the_new_file_is_for_this_person_alone_and_has_the_states(path: Path) -> None:
    header(path)
    repair(path, NOW)
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(Journal(path)) as journal:
        assert {entry.job.state for entry in journal.all()} == {JobState.ACCEPTED, JobState.UNVERIFIED}
