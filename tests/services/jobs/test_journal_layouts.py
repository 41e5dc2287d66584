"""A journal of an old release is converted when it is opened: nothing is lost, and nothing is let go."""

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.layouts import LAYOUT
from durastore_tui.services.jobs.order import Excluded
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import order

OLD = Path(__file__).with_name("layout_1.sql").read_text(encoding="utf-8")
OWNER = "runner 0123456789abcdef"
RUN = (JobState.UNVERIFIED, JobState.REJECTED, JobState.SENT, None)
STATES = {
    "settling": JobState.IN_PROGRESS,
    "seen": JobState.CONFIRMED,
    "late": JobState.OVERDUE,
    "refused": JobState.REJECTED,
    "lost": JobState.NO_REPLY,
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.sqlite3"
    with closing(sqlite3.connect(path)) as rows:
        rows.executescript(f"PRAGMA journal_mode = WAL; {OLD}")
    return path


@pytest.fixture
def entries(old: Path) -> dict[str, Entry]:
    with closing(Journal(old)) as journal:
        return {entry.job.space: entry for entry in journal.all()}


def test_every_job_is_there_with_its_new_state_and_kind(entries: dict[str, Entry]) -> None:
    assert len(entries) == OLD.count('INSERT INTO "jobs"')
    for space, entry in entries.items():
        kind, _, state = space.partition("-")
        if state in (*STATES, *JobState) and kind in ("thaw", *JobKind):
            assert entry.job.kind is (JobKind.RETRIEVAL if kind == "thaw" else JobKind(kind)), space
            assert entry.order.kind is entry.job.kind
            assert entry.job.state is new_state(kind, state), space
    states = Counter(entry.job.state for entry in entries.values())
    assert set(states) == {*STATES.values(), JobState.SENT, JobState.ACCEPTED, JobState.UNKNOWN, JobState.UNVERIFIED}


def new_state(kind: str, state: str) -> JobState:
    """A policy that was accepted has ended: nothing can read it back."""
    if (kind, state) == ("policy", "accepted"):
        return JobState.UNVERIFIED
    return STATES.get(state) or JobState(state)


def test_what_was_in_the_old_rows_is_in_the_new_ones(entries: dict[str, Entry]) -> None:
    assert entries["enable-lost"].job.refusal == "NoReply"
    assert entries["enable-refused"].job.refusal == "Rejected"
    assert entries["enable-sent"].owner == OWNER
    assert tuple(part.state for part in entries["run-a"].job.parts) == RUN
    assert entries["run-e"].job.parts[1].state is JobState.NO_REPLY
    assert entries["switch-try"].job.attempts == 3
    assert entries["hostile"].job.target == "a\nb \x1b[31m \ud800 '; DROP TABLE jobs; --"
    assert entries["hand-written"].order.body == '{"snapshotId": "x",  "userEmail": "a@b"}'
    assert entries["enable-seen"].job.evidence[1].result == "answered 403"


def test_who_holds_what_still_holds_it(old: Path, entries: dict[str, Entry]) -> None:
    with closing(sqlite3.connect(old)) as rows:
        claims = dict(rows.execute("SELECT key, job FROM claims"))
    assert len(claims) == OLD.count('INSERT INTO "claims"')
    for entry in entries.values():
        if entry.job.excludes:
            assert {claims.get(key) for key in entry.order.keys} <= {entry.job.id}, entry.job.space
    assert not [key for key in claims if json.loads(key)[2] not in ("distribution", "policy", "retrieval")]


async def test_an_old_retrieval_excludes_a_new_one(old: Path, start: Start) -> None:
    target = "preservation/OH-0412_pm.wav"
    with pytest.raises(Excluded):
        await start().submit(order(JobKind.RETRIEVAL, space="thaw-settling", target=target, unchecked=True))


def test_the_columns_and_the_layout_follow(old: Path, entries: dict[str, Entry]) -> None:
    with closing(sqlite3.connect(old)) as rows:
        assert rows.execute("PRAGMA user_version").fetchone() == (LAYOUT,)
        columns = {id_: (kind, state) for id_, kind, state in rows.execute("SELECT id, kind, state FROM jobs")}
    assert columns == {entry.job.id: (entry.job.kind, entry.job.state) for entry in entries.values()}


def test_a_row_that_nobody_can_read_stays_as_it_is(old: Path) -> None:
    with closing(sqlite3.connect(old)) as rows, rows:
        rows.execute("UPDATE jobs SET entry = 'no JSON' WHERE id = '0000000001'")
    with closing(Journal(old)) as journal:
        assert len(journal.all()) == OLD.count('INSERT INTO "jobs"') - 1
    with closing(sqlite3.connect(old)) as rows:
        assert rows.execute("SELECT entry FROM jobs WHERE id = '0000000001'").fetchone() == ("no JSON",)
        assert rows.execute("SELECT count(*) FROM claims WHERE job = '0000000001'").fetchone() == (1,)


def test_a_process_of_the_old_release_that_still_writes_is_read_as_well(old: Path) -> None:
    (enable,) = re.findall(r"INSERT INTO \"jobs\" VALUES\('0000000003'.*", OLD)
    Journal(old).close()
    with closing(sqlite3.connect(old)) as rows, rows:
        rows.execute(enable.replace("0000000003", "ffffffff"))
    with closing(Journal(old)) as journal:
        found = journal.get("ffffffff")
    assert found is not None and found.job.state is JobState.IN_PROGRESS


def read_states(path: str) -> dict[str, str]:
    with closing(Journal(Path(path))) as journal:
        return {entry.job.id: entry.job.state.value for entry in journal.all()}


def test_processes_that_open_an_old_journal_at_the_same_time_all_find_it_converted(old: Path) -> None:
    with get_context("spawn").Pool(4) as processes:
        first, *others = processes.map(read_states, [str(old)] * 4, chunksize=1)
    assert len(first) == OLD.count('INSERT INTO "jobs"')
    assert all(each == first for each in others)
