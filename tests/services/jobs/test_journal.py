"""The journal as a file: what it keeps exactly, who may read it, and what happens when it can't be used."""

import sqlite3
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import NEXT, Evidence, JobKind, JobState
from durastore_tui.services.jobs.entry import dump, load
from durastore_tui.services.jobs.kinds.registry import KINDS
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import Process, Server, order

ANY_TEXT = st.text(st.characters(codec=None))


async def test_the_file_is_for_this_person_alone(jobs: Process, tmp_path: Path) -> None:
    await jobs.submit(order(JobKind.DELETE))
    files = files_of(tmp_path)
    assert files
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}


async def test_no_password_reaches_it(jobs: Process, tmp_path: Path) -> None:
    jobs.login("hunter2-of-the-tests")
    await jobs.submit(order(JobKind.DELETE))
    jobs.journal.close()
    assert not [each for each in files_of(tmp_path) if b"hunter2" in each.read_bytes()]


def files_of(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


@given(item=ANY_TEXT, words=ANY_TEXT, origins=st.lists(ANY_TEXT, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_ids_and_words_come_back_exactly_whatever_is_in_them(
    jobs: Process, item: str, words: str, origins: list[str]
) -> None:
    asked = order(JobKind.RETRIEVAL, target=item, origins=tuple(origins))
    entry = jobs.runner._admission.new(asked)
    now = entry.job.since
    job = replace(entry.job, words=words, until=now + timedelta(days=14), evidence=(Evidence(now, "item", words),))
    entry = replace(entry, job=job)
    assert load(dump(entry), entry.version) == entry


async def test_hostile_ids_are_kept_and_exclude_exactly_themselves(jobs: Process, server: Server) -> None:
    hostile = ("a\nb", "a\x1b[31mb", "\x85", "'; DROP TABLE jobs; --", "日本語", "a")
    server.items |= set(hostile)
    for item in hostile:
        await jobs.submit(order(JobKind.RETRIEVAL, target=item, unchecked=True))
    assert {entry.job.target for entry in jobs.journal.all()} == set(hostile)


async def test_nothing_is_sent_when_the_journal_cannot_be_written(jobs: Process, server: Server) -> None:
    jobs.rows.execute("PRAGMA query_only = ON")
    with pytest.raises(BadInput, match="cannot be written"):
        await jobs.submit(order(JobKind.DELETE))
    assert not server.writes


async def test_a_disk_that_fills_up_in_the_middle_of_a_write_leaves_a_row_that_is_looked_at(
    start: Start, server: Server
) -> None:
    jobs = start()

    def fill_up() -> None:
        jobs.rows.execute("PRAGMA query_only = ON")

    server.before_answer = fill_up
    job = await jobs.submit(order(JobKind.DELETE, host="d1", was="OPEN"))
    assert job.state is JobState.ACCEPTED
    jobs.die()
    heir = start()
    await heir.round()
    assert heir.job(job).state is JobState.NO_REPLY


async def test_what_a_process_adds_is_claimed_in_one_step_with_its_row(jobs: Process) -> None:
    await jobs.submit(order(JobKind.DELETE))
    rows = jobs.rows
    with pytest.raises(sqlite3.IntegrityError):
        rows.execute("INSERT INTO claims SELECT key, job FROM claims")


def test_every_state_that_a_kind_can_come_to_has_its_sentence() -> None:
    for kind, sentences in ((kind, declared.words) for kind, declared in KINDS.items()):
        reached = {JobState.SENT}
        while new := {each for state in reached for each in NEXT[state] if each in sentences} - reached:
            reached |= new
        assert reached == set(sentences), kind
        assert all(sentence.endswith(".") and "deployed" not in sentence for sentence in sentences.values())
