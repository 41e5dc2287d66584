"""Snapshots and restores as jobs: followed slowly by their status, and looked up when their start got no answer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import Conflict, DuraStoreError, Malformed, Missing, NoReply, Rejected
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import EpochMs
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import RESTORE, SNAPSHOT, SPACE, Process, Server, order

MINUTE = 60
HOUR = 3600
FAILED = "FAILED_TO_TRANSFER_FROM_DURACLOUD"
CREATED = TaskReply("", snapshots.Created(SNAPSHOT, "INITIALIZED"))
STARTED = TaskReply("", restores.Started(RESTORE, "RETRIEVING_FROM_STORAGE", "dance-archive-2026-01-01-00-00-00"))
UNANSWERED = pytest.mark.parametrize(
    "error", [NoReply("POST", None, "timed out"), Malformed("POST", 200, ""), NoReply("POST", 504, "")]
)


def snapshot(status: str, items: int = 0) -> snapshots.Snapshot:
    return snapshots.Snapshot(SNAPSHOT, status=status, content_item_count=items)


def restore(status: str, expires: int | None = None) -> restores.Restore:
    return restores.Restore(RESTORE, SNAPSHOT, status, expiration_date=None if expires is None else EpochMs(expires))


async def test_a_snapshot_is_named_by_the_answer_followed_by_its_status_and_seen_when_complete(
    jobs: Process, server: Server
) -> None:
    server.answers = [CREATED]
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    assert (job.state, job.target) == (JobState.ACCEPTED, SNAPSHOT)
    for status in ("INITIALIZED", "TRANSFERRING_FROM_DURACLOUD", "REPLICATING_TO_STORAGE", "CLEANING_UP"):
        server.status = snapshot(status, 12)
        await jobs.follow(2 * MINUTE)
        assert jobs.job(job).state is JobState.IN_PROGRESS
        assert status in jobs.job(job).words
    server.status = snapshot("SNAPSHOT_COMPLETE", 977)
    await jobs.follow(2 * MINUTE)
    seen = jobs.job(job)
    assert seen.state is JobState.CONFIRMED
    assert "977 items" in seen.words
    assert [each.result for each in seen.evidence if each.step == "status"] == [
        "INITIALIZED",
        "TRANSFERRING_FROM_DURACLOUD",
        "REPLICATING_TO_STORAGE",
        "CLEANING_UP",
        "SNAPSHOT_COMPLETE",
    ]
    assert len(server.writes) == 1


async def test_it_is_asked_about_each_minute_then_each_five(jobs: Process, server: Server) -> None:
    server.answers = [CREATED]
    server.status = snapshot("REPLICATING_TO_STORAGE")
    await jobs.submit(order(JobKind.SNAPSHOT))
    await jobs.follow(30 * MINUTE)
    assert len(server.asked) == 30
    await jobs.follow(HOUR)
    assert len(server.asked) == 30 + 12


@pytest.mark.parametrize("status", [FAILED, "ERROR"])
async def test_a_snapshot_that_failed_says_who_can_help_and_goes_on_when_somebody_did(
    jobs: Process, server: Server, status: str
) -> None:
    server.answers = [CREATED]
    server.status = snapshot(status)
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    await jobs.follow(3 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE
    server.status = snapshot("TRANSFERRING_FROM_DURACLOUD")
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS


async def test_a_snapshot_that_stays_initialized_for_over_an_hour_is_stuck(jobs: Process, server: Server) -> None:
    server.answers = [CREATED]
    server.status = snapshot("INITIALIZED")
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    await jobs.follow(HOUR)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    await jobs.follow(10 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE
    assert "over 1 hours" in jobs.job(job).words


async def test_a_snapshot_that_vanishes_was_cancelled(jobs: Process, server: Server) -> None:
    server.answers = [CREATED]
    server.status = snapshot("TRANSFERRING_FROM_DURACLOUD")
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    await jobs.follow(MINUTE)
    server.status = Missing("POST", 500, "inner 404")
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.REJECTED
    assert "cancel" in jobs.job(job).words


@UNANSWERED
async def test_a_creation_without_an_answer_is_looked_up_in_the_space_and_never_sent_again(
    jobs: Process, server: Server, error: DuraStoreError
) -> None:
    server.answers = [error]
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    server.shown = {"snapshot-id": SNAPSHOT}
    server.status = snapshot("INITIALIZED")
    await jobs.follow(2 * MINUTE)
    assert (jobs.job(job).state, jobs.job(job).target) == (JobState.IN_PROGRESS, SNAPSHOT)
    assert len(server.writes) == 1


async def test_a_creation_whose_program_died_days_ago_is_found_in_the_list(start: Start, server: Server) -> None:
    jobs = start()
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    older = f"lakeshore_53_{SPACE}_2025-12-31-12-00-00"
    server.listed = snapshots.Snapshots((snapshots.Summary(older), snapshots.Summary(SNAPSHOT)))
    server.status = snapshot("SNAPSHOT_COMPLETE", 977)
    jobs.die()
    heir = start()
    heir.clock.advance(3 * 24 * HOUR)
    await heir.follow(MINUTE)
    assert (heir.job(job).state, heir.job(job).target) == (JobState.CONFIRMED, SNAPSHOT)


async def test_a_500_after_which_the_space_carries_a_snapshot_was_no_refusal(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", 500, "Read timed out (500)", finished=True)]
    server.before_answer = lambda: server.shown.update({"snapshot-id": SNAPSHOT})
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    assert (job.state, job.target) == (JobState.ACCEPTED, SNAPSHOT)


async def test_a_500_after_which_the_space_carries_none_was_one(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", 500, "Connection refused", finished=True)]
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    assert job.state is JobState.REJECTED
    assert "Connection refused" in job.words


@pytest.mark.parametrize("kind", [JobKind.SNAPSHOT, JobKind.RESTORE])
async def test_a_500_after_which_nothing_can_be_looked_at_may_have_happened(
    jobs: Process, server: Server, kind: JobKind
) -> None:
    server.answers = [NoReply("POST", 500, "Connection refused", finished=True)]
    server.fails = Rejected("HEAD", 500, "")
    assert (await jobs.submit(order(kind))).state is JobState.NO_REPLY


async def test_a_conflict_names_what_is_under_way(jobs: Process, server: Server) -> None:
    server.answers = [Conflict("POST", 409, f"A snapshot ({SNAPSHOT}) + is already underway")]
    server.shown = {"snapshot-id": SNAPSHOT}
    server.status = snapshot("REPLICATING_TO_STORAGE")
    job = await jobs.submit(order(JobKind.SNAPSHOT, was=SNAPSHOT))
    assert (job.state, job.refusal) == (JobState.REJECTED, "Conflict")
    assert job.words.endswith(f"already underway. {SNAPSHOT} is REPLICATING_TO_STORAGE.")


async def test_a_conflict_with_a_snapshot_that_nobody_knows_says_how_the_space_is_freed(
    jobs: Process, server: Server
) -> None:
    server.answers = [Conflict("POST", 409, "already underway")]
    server.shown = {"snapshot-id": SNAPSHOT}
    job = await jobs.submit(order(JobKind.SNAPSHOT, was=SNAPSHOT))
    assert "complete-cancel-snapshot frees the space" in job.words


async def test_a_conflict_with_our_own_snapshot_which_something_on_the_way_sent_twice_is_no_refusal(
    jobs: Process, server: Server
) -> None:
    server.answers = [Conflict("POST", 409, "already underway")]
    server.before_answer = lambda: server.shown.update({"snapshot-id": SNAPSHOT})
    server.status = replace(snapshot("INITIALIZED"), description="batch 42")
    job = await jobs.submit(order(JobKind.SNAPSHOT))
    assert (job.state, job.target) == (JobState.ACCEPTED, SNAPSHOT)
    assert len(server.writes) == 1


async def test_a_conflict_with_somebody_elses_snapshot_is_one(jobs: Process, server: Server) -> None:
    server.answers = [Conflict("POST", 409, "already underway")]
    server.before_answer = lambda: server.shown.update({"snapshot-id": SNAPSHOT})
    server.status = replace(snapshot("INITIALIZED"), description="batch of another")
    assert (await jobs.submit(order(JobKind.SNAPSHOT))).state is JobState.REJECTED


async def test_a_snapshot_that_was_there_before_is_not_taken_for_ours(jobs: Process, server: Server) -> None:
    server.shown = {"snapshot-id": SNAPSHOT}
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(order(JobKind.SNAPSHOT, was=SNAPSHOT))
    await jobs.follow(25 * MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    await jobs.follow(10 * MINUTE)
    assert jobs.job(job).state is JobState.UNKNOWN


async def test_a_restart_without_an_answer_shows_in_the_status(jobs: Process, server: Server) -> None:
    server.status = snapshot(FAILED)
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(order(JobKind.SNAPSHOT, target=SNAPSHOT))
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    server.status = snapshot("INITIALIZED")
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    assert server.writes == [(snapshots.RESTART.name, {"snapshotId": SNAPSHOT})]


@pytest.mark.parametrize("was", [FAILED, "SNAPSHOT_COMPLETE"])
async def test_a_500_of_a_restart_after_which_the_status_is_the_same_was_a_refusal(
    jobs: Process, server: Server, was: str
) -> None:
    server.status = snapshot(was)
    server.answers = [NoReply("POST", 500, "Unexpected response code: 500", finished=True)]
    job = await jobs.submit(order(JobKind.SNAPSHOT, target=SNAPSHOT, was=was))
    assert job.state is JobState.REJECTED
    assert job.words.endswith(f"Unexpected response code: 500. It is still {was}.")


async def test_a_500_of_a_restart_after_which_the_status_changed_was_no_refusal(jobs: Process, server: Server) -> None:
    server.status = snapshot("INITIALIZED")
    server.answers = [NoReply("POST", 500, "Unexpected response code: 500", finished=True)]
    job = await jobs.submit(order(JobKind.SNAPSHOT, target=SNAPSHOT, was=FAILED))
    assert job.state is JobState.ACCEPTED


async def test_a_failure_of_a_container_settles_nothing(jobs: Process, server: Server) -> None:
    server.status = snapshot(FAILED)
    server.answers = [NoReply("POST", 500, "HTTP Status 500 (a web page)")]
    job = await jobs.submit(order(JobKind.SNAPSHOT, target=SNAPSHOT, was=FAILED))
    assert job.state is JobState.NO_REPLY


async def test_a_creation_in_a_missing_space_stays_rejected_though_nothing_can_be_looked_at(
    jobs: Process, server: Server
) -> None:
    server.answers = [Missing("POST", 500, "No S3 bucket found matching spaceID: dance-archive")]
    server.fails = Missing("HEAD", 404, "")
    assert (await jobs.submit(order(JobKind.SNAPSHOT))).state is JobState.REJECTED


async def test_a_restore_is_seen_when_complete_and_says_until_when_it_stays(jobs: Process, server: Server) -> None:
    server.answers = [STARTED]
    server.status = restore("TRANSFERRING_TO_DURACLOUD")
    job = await jobs.submit(order(JobKind.RESTORE))
    assert (job.state, job.target) == (JobState.ACCEPTED, RESTORE)
    await jobs.follow(MINUTE)
    expires = datetime(2026, 2, 15, tzinfo=UTC)
    server.status = restore("RESTORATION_COMPLETE", round(expires.timestamp() * 1000))
    await jobs.follow(2 * MINUTE)
    assert (jobs.job(job).state, jobs.job(job).until) == (JobState.CONFIRMED, expires)
    assert server.asked[-1] == (restores.SHOW.name, {"restoreId": RESTORE})


async def test_a_restore_that_failed_waits_for_the_operators(jobs: Process, server: Server) -> None:
    server.answers = [STARTED]
    server.status = restore("ERROR")
    job = await jobs.submit(order(JobKind.RESTORE))
    await jobs.follow(3 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE


@UNANSWERED
async def test_a_restore_without_an_answer_is_looked_up_by_its_snapshot(
    jobs: Process, server: Server, error: DuraStoreError
) -> None:
    server.answers = [error]
    job = await jobs.submit(order(JobKind.RESTORE))
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY
    server.status = restore("RETRIEVING_FROM_STORAGE")
    await jobs.follow(2 * MINUTE)
    assert (jobs.job(job).state, jobs.job(job).target) == (JobState.IN_PROGRESS, RESTORE)
    assert len(server.writes) == 1


async def test_an_older_restore_of_the_snapshot_is_not_taken_for_ours(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", None, "")]
    server.status = restore("RESTORATION_EXPIRED")
    job = await jobs.submit(order(JobKind.RESTORE, was=RESTORE))
    await jobs.follow(5 * MINUTE)
    assert jobs.job(job).state is JobState.NO_REPLY


async def test_a_refused_restore_names_the_empty_space_that_it_leaves_behind(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", 500, "Unexpected response code: 500", finished=True)]
    job = await jobs.submit(order(JobKind.RESTORE))
    assert job.state is JobState.REJECTED
    assert "The empty space dance-archive-2026-01-01-00-00-00 is left behind" in job.words


async def test_a_second_restore_is_refused_with_the_space_and_the_restore_that_are_there(
    jobs: Process, server: Server
) -> None:
    server.answers = [Rejected("POST", 500, "has been made previously")]
    server.shown = {"restore-id": RESTORE}
    server.status = restore("TRANSFERRING_TO_DURACLOUD")
    job = await jobs.submit(order(JobKind.RESTORE, was=RESTORE))
    assert job.words.endswith(f"dance-archive-2026-01-01-00-00-00 belongs to {RESTORE}.")


async def test_a_500_after_which_the_snapshot_has_a_new_restore_was_no_refusal(jobs: Process, server: Server) -> None:
    server.answers = [NoReply("POST", 500, "Read timed out", finished=True)]
    server.status = restore("RETRIEVING_FROM_STORAGE")
    job = await jobs.submit(order(JobKind.RESTORE))
    assert (job.state, job.target) == (JobState.ACCEPTED, RESTORE)
    assert "Read timed out" in job.words
    assert len(server.writes) == 1


async def test_watching_sends_nothing_looks_once_however_often_asked_and_is_allowed_under_read_only(
    start: Start, server: Server
) -> None:
    jobs = start()
    jobs.read_only = True
    server.status = snapshot("SNAPSHOT_COMPLETE")
    watched = order(JobKind.SNAPSHOT, target=SNAPSHOT, watch=True)
    first, second = await jobs.submit(watched), await jobs.submit(watched)
    assert first.state is JobState.IN_PROGRESS
    assert second.id == first.id
    heir = start()
    assert (await heir.submit(watched)).id == first.id
    jobs.die()
    await heir.follow(MINUTE)
    assert heir.job(first).state is JobState.CONFIRMED
    assert (await heir.submit(watched)).id != first.id
    assert not server.writes


async def test_what_is_sent_for_a_snapshot_and_a_restore(jobs: Process, server: Server) -> None:
    await jobs.submit(order(JobKind.SNAPSHOT))
    await jobs.submit(order(JobKind.RESTORE))
    assert server.writes == [
        (snapshots.CREATE.name, {"spaceId": SPACE, "description": "batch 42", "userEmail": "ana@library.example"}),
        (restores.START.name, {"snapshotId": SNAPSHOT, "userEmail": "ana@library.example"}),
    ]
