"""The parts of a run have rows of their own: a part costs the same however many there are, and none is lost."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.core.jobs import JobKind, JobState, Part
from durastore_tui.services.jobs import journal as journal_module
from durastore_tui.services.jobs.entry import Entry, dump_part
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.layouts import LAYOUT
from durastore_tui.services.jobs.order import Excluded
from durastore_tui.services.jobs.parts import RULES_ARE_GONE, Parts, changed_parts
from durastore_tui.services.jobs.repair import repair
from tests.held_clock import HeldClock
from tests.services.jobs.conftest import Start
from tests.services.jobs.damage import damaged_pages, header
from tests.services.jobs.world import Process, Server, order

OLD = Path(__file__).with_name("layout_3.sql").read_text(encoding="utf-8")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.sqlite3"
    with closing(sqlite3.connect(path)) as rows:
        rows.executescript(f"PRAGMA journal_mode = WAL; {OLD}")
    return path


def written_parts(rows: sqlite3.Connection) -> dict[str, Any]:
    """As layout 3 has them, by the space of the job."""
    found = (json.loads(text)["job"] for (text,) in rows.execute("SELECT entry FROM jobs"))
    return {job["space"]: job["parts"] for job in found}


def test_the_runs_of_a_journal_of_layout_3_keep_every_part_and_order(old: Path) -> None:
    with closing(sqlite3.connect(old)) as rows:
        before = written_parts(rows)
        claims = set(rows.execute("SELECT key, job FROM claims"))
    assert {len(parts) for parts in before.values()} == {0, 1, 3, 4, 5}
    with closing(Journal(old)) as journal:
        entries = {entry.job.space: entry for entry in journal.all()}
    for space, parts in before.items():
        found = entries[space].job.parts
        names = ("target", "state", "words", "reply", "refusal", "status")
        assert [{name: getattr(part, name) for name in names} for part in found] == [
            {name: part[name] for name in names} for part in parts
        ]
        assert entries[space].order.parts == tuple(part["target"] for part in parts)
    with closing(sqlite3.connect(old)) as rows:
        assert rows.execute("PRAGMA user_version").fetchone() == (LAYOUT,)
        assert rows.execute("SELECT count(*) FROM parts").fetchone() == (sum(map(len, before.values())),)
        assert set(rows.execute("SELECT key, job FROM claims")) == claims
        assert all(isinstance(parts, int) for parts in written_parts(rows).values())


async def test_an_old_run_still_excludes_its_items_and_can_be_abandoned(old: Path, start: Start) -> None:
    with pytest.raises(Excluded, match=r"retrieval of x\.wav is unfinished"):
        await start().submit(order(JobKind.RETRIEVAL, space="dying", target="x.wav", unchecked=True))


@pytest.mark.parametrize("count", [20, 80])
async def test_a_part_is_written_twice_whatever_the_number_of_the_others(
    jobs: Process, server: Server, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    written: list[int] = []

    def noted(job_id: str, number: int, part: Part) -> str:
        written.append(number)
        return dump_part(job_id, number, part)

    monkeypatch.setattr(journal_module, "dump_part", noted)
    lengths: set[int] = set()
    server.before_answer = lambda: lengths.add(
        jobs.rows.execute("SELECT length(entry) FROM jobs WHERE state = 'sent'").fetchone()[0]
    )
    await jobs.submit(order(JobKind.POLICY, spaces=tuple(f"space-{number:03}" for number in range(count))))
    assert len(written) == 3 * count, "when it is added, sent and answered"
    assert max(lengths) < 1500


async def test_a_run_comes_back_as_it_was(jobs: Process, start: Start) -> None:
    await jobs.submit(order(JobKind.RETRIEVAL, target=None, items=("a\n\x1b[31m", "日本語", "c"), unchecked=True))
    (entry,) = jobs.board.entries()
    assert start().board.entries() == (entry,)
    jobs.board.forget(entry.job.id, lambda _: None)
    assert jobs.rows.execute("SELECT count(*) FROM parts").fetchone() == (0,)


async def test_a_run_that_an_old_program_wrote_is_taken_over_whole(jobs: Process, start: Start) -> None:
    await jobs.submit(order(JobKind.POLICY, spaces=("maps-a", "maps-b", "maps-c")))
    (entry,) = jobs.board.entries()
    body = json.loads(jobs.rows.execute("SELECT entry FROM jobs").fetchone()[0])
    texts = [json.loads(text)["part"] for (text,) in jobs.rows.execute("SELECT part FROM parts ORDER BY number")]
    body["job"]["parts"], body["order"]["spaces"] = texts, [part["target"] for part in texts]
    jobs.rows.execute("DELETE FROM parts")
    jobs.rows.execute("UPDATE jobs SET entry = ?, version = version + 1", (json.dumps(body),))
    other = start()
    (found,) = other.board.entries()
    assert found.job == entry.job
    changed = replace(found.job.parts[1], words="newer")
    other.board.move(found, replace(found, job=replace(found.job, parts=Parts.of(found.job.parts).replaced(changed))))
    assert [part.words for part in start().board.entries()[0].job.parts] == ["Success", "newer", "Success"]


async def test_a_run_with_missing_parts_is_kept_as_damaged(jobs: Process, start: Start) -> None:
    await jobs.submit(order(JobKind.POLICY, spaces=("maps-a", "maps-b", "maps-c")))
    jobs.rows.execute("DELETE FROM parts WHERE number = 1")
    other = start()
    assert (other.board.entries(), len(other.board.unreadable())) == ((), 1)


@pytest.mark.parametrize("damage", [damaged_pages, header])
async def test_a_repair_keeps_the_parts_that_are_left(
    jobs: Process, tmp_path: Path, clock: HeldClock, damage: object
) -> None:
    for number in range(12):
        spaces = tuple(f"space-{number}-{part}" for part in range(8))
        await jobs.submit(order(JobKind.POLICY, space=spaces[0], spaces=spaces))
    before = {entry.job.id: entry for entry in jobs.board.entries()}
    jobs.die()
    path = tmp_path / "jobs.sqlite3"
    damage(path)  # type: ignore[operator]
    assert repair(path, clock.now()).damage
    with closing(Journal(path)) as journal:
        after: dict[str, Entry] = {entry.job.id: entry for entry in journal.all()}
        assert journal.trouble is None
    assert len(after) >= 6
    for job_id, entry in after.items():
        assert set(entry.job.parts) <= set(before[job_id].job.parts)
    whole = sum(entry.job.parts == before[job_id].job.parts for job_id, entry in after.items())
    assert whole >= (12 if damage is header else 3)


def test_a_replaced_part_changes_the_counts_alone() -> None:
    parts = Parts.of((Part("a"), Part("b", JobState.PAUSED), Part("c", JobState.SENT)))
    after = parts.replaced(Part("c", JobState.REJECTED, f"the rule {RULES_ARE_GONE}"))
    assert (after.counts[JobState.PAUSED], after.counts[JobState.REJECTED], after.counts[JobState.SENT]) == (2, 1, 0)
    assert after.states == {JobState.SENT, JobState.PAUSED, JobState.REJECTED}
    assert (parts.lost_rules, after.lost_rules, after.replaced(Part("c")).lost_rules) == (False, True, False)
    assert after == Parts.of(tuple(after))
    assert changed_parts(parts, after) == [2]
    assert changed_parts(tuple(parts), tuple(after)) == [2]
    assert changed_parts(parts, after.replaced(Part("a", JobState.SENT))) == [0, 2]
    assert changed_parts((), after) == [0, 1, 2]
