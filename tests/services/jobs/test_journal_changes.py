"""The audit log: a row for each request that went out, whatever becomes of its job."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core import redact
from durastore_tui.core.errors import Conflict, NoReply, Rejected
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.tasks.snapshots import Created
from durastore_tui.services.jobs.audit_log import Change
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from tests.held_clock import HeldClock
from tests.services.jobs.conftest import Start
from tests.services.jobs.test_journal_layouts import OLD, old
from tests.services.jobs.world import HOST, ITEM, SNAPSHOT, SPACE, Edge, Process, Server, enabled, order

__all__ = ["old"]


def summary(change: Change) -> tuple[str, str, str | None, str, str]:
    return change.task, change.space, change.target, change.state, change.answer


async def test_a_change_is_there_with_who_when_where_what_and_the_answer(
    jobs: Process, server: Server, clock: HeldClock
) -> None:
    server.answers = [enabled()]
    await jobs.submit(order(JobKind.ENABLE, streaming_type="SECURE", origins=("https://library.example",)))
    (change,) = jobs.journal.changes()
    assert change == Change(
        at=clock.now(),
        profile="lakeshore",
        user="root",
        store="51",
        space=SPACE,
        target=None,
        task="enable-hls",
        body='{"spaceId": "dance-archive", "secure": true, "allowedOrigins": ["https://library.example"]}',
        state=JobState.ACCEPTED,
        answer="enable-hls task completed successfully",
    )


async def test_it_is_there_before_the_request_goes_out(jobs: Process, start: Start, server: Server) -> None:
    seen: list[Change] = []
    server.before_answer = lambda: seen.extend(start().journal.changes())
    await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    assert [(change.task, change.state, change.answer) for change in seen] == [("delete-hls", "sent", "")]


async def test_its_state_follows_the_job_to_its_end(jobs: Process, server: Server, edge: Edge) -> None:
    server.answers = [enabled()]
    await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    edge.answers = True
    await jobs.follow(10)
    (change,) = jobs.journal.changes()
    assert change.state == JobState.CONFIRMED
    assert change.answer == "enable-hls task completed successfully"


@pytest.mark.parametrize(
    ("error", "state"),
    [(Rejected("POST", 500, "no such space"), JobState.REJECTED), (NoReply("POST", None, "cut"), JobState.NO_REPLY)],
)
async def test_a_rejection_and_a_missing_reply_are_told(
    jobs: Process, server: Server, error: Rejected | NoReply, state: JobState
) -> None:
    server.answers = [error]
    await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    (change,) = jobs.journal.changes()
    assert (change.state, change.answer) == (state, error.words)


async def test_each_space_of_a_run_is_a_row(jobs: Process, server: Server) -> None:
    server.answers = [TaskReply("set"), Rejected("POST", 500, "no such space"), TaskReply("set as well")]
    await jobs.submit(order(JobKind.POLICY, spaces=("maps-a", "maps-b", "maps-c")))
    assert [(change.space, change.state == "rejected", change.answer) for change in jobs.journal.changes()] == [
        ("maps-a", False, "set"),
        ("maps-b", True, "no such space"),
        ("maps-c", False, "set as well"),
    ]
    assert '"spaceId":"maps-b"' in jobs.journal.changes()[1].body.replace(" ", "")


async def test_each_try_of_a_switch_is_a_row(jobs: Process, server: Server, edge: Edge) -> None:
    server.answers = [TaskReply("deleted"), Conflict("POST", 400, "delete it first"), enabled()]
    await jobs.submit(order(JobKind.SWITCH, host=HOST, was="OPEN", streaming_type="SECURE"))
    await jobs.follow(60)
    assert [(change.task, change.state, change.answer) for change in jobs.journal.changes()[1:]] == [
        ("enable-hls", "rejected", "delete it first"),
        ("enable-hls", "in_progress", "enable-hls task completed successfully"),
    ]
    delete = jobs.journal.changes()[0]
    assert (delete.task, delete.answer) == ("delete-hls", "deleted")


async def test_a_retrieval_and_a_snapshot_name_their_targets(jobs: Process, server: Server) -> None:
    await jobs.submit(order(JobKind.RETRIEVAL, unchecked=True))
    server.answers = [TaskReply("created", Created(SNAPSHOT, "INITIALIZED"))]
    await jobs.submit(order(JobKind.SNAPSHOT))
    retrieval, snapshot = jobs.journal.changes()
    assert (retrieval.space, retrieval.target) == (SPACE, ITEM)
    assert snapshot.target == SNAPSHOT


async def test_what_is_forgotten_stays_in_the_log(jobs: Process) -> None:
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    jobs.board.forget(job.id, lambda _: None)
    assert not jobs.journal.all()
    assert [change.task for change in jobs.journal.changes()] == ["delete-hls"]


async def test_what_only_watches_and_what_was_not_sent_is_not_in_it(jobs: Process, server: Server) -> None:
    await jobs.submit(order(JobKind.RESTORE, watch=True))
    jobs.rows.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalTrouble):
        await jobs.submit(order(JobKind.DELETE))
    assert jobs.journal.changes() == ()
    assert not server.writes


async def test_no_secret_is_in_it(jobs: Process, server: Server) -> None:
    redact.hold("hunter2-of-the-audit-log")
    server.answers = [TaskReply("https://x.example/?token=abcdefghijkl and hunter2-of-the-audit-log")]
    body = '{"snapshotId": "x", "userEmail": "a@b", "password": "hunter2-of-the-audit-log"}'
    await jobs.submit(order(JobKind.RESTORE, body=body))
    (change,) = jobs.journal.changes()
    assert "hunter2" not in change.body + change.answer
    assert "abcdefghijkl" not in change.answer


async def test_hostile_ids_come_back_exactly(jobs: Process, server: Server) -> None:
    hostile = "a\nb\x1b[31m\x85'; DROP TABLE changes; --日本語"
    await jobs.submit(order(JobKind.RETRIEVAL, target=hostile, unchecked=True))
    (change,) = jobs.journal.changes()
    assert change.target == hostile


async def test_an_answer_that_was_written_late_is_in_the_log(
    jobs: Process, server: Server, monkeypatch: pytest.MonkeyPatch, clock: HeldClock
) -> None:
    def full() -> None:
        jobs.rows.execute("PRAGMA query_only = ON")
        monkeypatch.setattr(jobs.journal, "recover", lambda: None)

    server.before_answer = full
    await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    assert [change.state for change in jobs.journal.changes()] == ["sent"]
    jobs.rows.execute("PRAGMA query_only = OFF")
    monkeypatch.undo()
    clock.advance(timedelta(seconds=1).total_seconds())
    await jobs.round()
    assert [change.answer for change in jobs.journal.changes()] == ["Success"]


def test_the_log_of_an_old_journal_begins_with_what_its_jobs_tell(old: Path) -> None:
    with closing(Journal(old)) as journal:
        entries, changes = journal.all(), journal.changes()
    assert OLD.count('INSERT INTO "jobs"') == len(entries)
    found = {(change.space, change.state) for change in changes}
    assert ("enable-seen", "confirmed") in found
    assert ("enable-lost", "no_reply") in found
    assert {("run-a", "unverified"), ("run-b", "rejected"), ("run-c", "sent")} <= found
    assert "run-d" not in {change.space for change in changes}
    assert [change.task for change in changes if change.space == "switch-try"] == ["delete-hls", "enable-hls"]
    (written,) = [change for change in changes if change.space == "hand-written"]
    assert written.body == '{"snapshotId": "x",  "userEmail": "a@b"}'


async def test_who_takes_a_job_over_without_sending_adds_no_row(jobs: Process) -> None:
    job = await jobs.submit(order(JobKind.SWITCH, host=HOST, was="OPEN", streaming_type="SECURE"))
    entry = jobs.board.entry(job.id)
    jobs.board.move(entry, replace(entry, owner="runner 1"))
    assert [change.task for change in jobs.journal.changes()] == ["delete-hls"]


async def test_each_item_of_a_retrieval_is_a_row(jobs: Process, server: Server) -> None:
    server.items |= {"a.wav", "b.wav"}
    server.answers = [TaskReply("Retrieval of a.wav started"), NoReply("POST", 502, "Bad Gateway")]
    await jobs.submit(order(JobKind.RETRIEVAL, target=None, items=("a.wav", "b.wav")))
    assert [(change.space, change.target, change.state, change.answer) for change in jobs.journal.changes()] == [
        (SPACE, "a.wav", "accepted", "Retrieval of a.wav started"),
        (SPACE, "b.wav", "no_reply", "Bad Gateway"),
    ]


SINGLE = {JobKind.SWITCH: {"streaming_type": "SECURE"}, JobKind.TASK: {"task": "defrag-space"}}
RUNS = {
    JobKind.POLICY: {"spaces": ("maps-a", "maps-b")},
    JobKind.RETRIEVAL: {"target": None, "items": ("a.wav", "b.wav")},
}


@pytest.mark.parametrize(
    "reply", [TaskReply("Done, said the server"), Rejected("POST", 500, "Done, said the server")], ids=["taken", "not"]
)
@pytest.mark.parametrize(
    ("kind", "more"), [*((kind, SINGLE.get(kind, {})) for kind in JobKind), *RUNS.items()], ids=str
)
async def test_the_answer_is_the_servers_own_text_for_every_kind(
    jobs: Process, server: Server, kind: JobKind, more: dict[str, object], reply: TaskReply | Rejected
) -> None:
    server.answers, server.items = [reply], {"a.wav", "b.wav", ITEM}
    await jobs.submit(order(kind, **more))
    assert {change.answer for change in jobs.journal.changes()} == {"Done, said the server"}
