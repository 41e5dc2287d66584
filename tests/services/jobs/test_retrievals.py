"""Many items in one job: each is journaled before it is sent, checked by itself, and excluded by itself (design §5)."""

import asyncio
from pathlib import Path

import pytest

from durastore_tui.core.errors import Conflict, Forbidden, Unauthorized
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.order import Excluded
from tests.services.jobs.conftest import Start
from tests.services.jobs.test_dying import MINUTE, Stuck
from tests.services.jobs.test_journal_trouble import CHANGES, change_row
from tests.services.jobs.world import Process, order

ITEMS = tuple(f"item-{number}.wav" for number in range(6))
BULK = order(JobKind.RETRIEVAL, target=None, items=ITEMS)


@pytest.fixture
def server() -> Stuck:
    stuck = Stuck()
    stuck.items = set(ITEMS)
    stuck.let.set()
    return stuck


def states(job: Job) -> list[JobState | None]:
    return [part.state for part in job.parts]


async def test_each_item_is_sent_once_and_confirmed_by_its_own_check(jobs: Process, server: Stuck) -> None:
    server.empty = {ITEMS[5]}
    job = await jobs.submit(BULK)
    assert states(job) == [JobState.ACCEPTED] * 6
    assert sorted(str(values["contentId"]) for _, values in server.writes) == sorted(ITEMS)
    await jobs.follow(MINUTE)
    assert states(jobs.job(job)) == [*5 * [JobState.IN_PROGRESS], JobState.CONFIRMED]
    assert jobs.job(job).state is JobState.IN_PROGRESS
    assert "5 in progress, 1 confirmed, of 6." in jobs.job(job).words
    server.frozen = False
    await jobs.follow(5 * MINUTE)
    ended = jobs.job(job)
    assert (ended.state, set(states(ended))) == (JobState.CONFIRMED, {JobState.CONFIRMED})
    assert ended.parts[0].until


async def test_what_is_on_its_way_is_in_the_journal_as_sent_and_a_kill_leaves_the_rest_unsent(
    start: Start, server: Stuck
) -> None:
    server.let.clear()
    jobs = start()
    sending = asyncio.ensure_future(jobs.submit(BULK))
    while len(server.writes) < 4:
        await asyncio.wait({sending}, timeout=0)
    assert states(jobs.journal.all()[0].job) == [*4 * [JobState.SENT], None, None]
    jobs.die()
    sending.cancel()
    heir = start()
    await heir.follow(MINUTE)
    (left,) = (entry.job for entry in heir.board.entries())
    assert (left.state, left.unsent) == (JobState.PAUSED, 2)
    assert states(left) == [*4 * [JobState.NO_REPLY], *2 * [JobState.PAUSED]]
    assert len(server.writes) == 4
    server.frozen = False
    server.let.set()
    await heir.follow(MINUTE)
    checked = heir.job(left)
    assert states(checked) == [*4 * [JobState.CONFIRMED], *2 * [JobState.PAUSED]]
    done = await heir.runner.continue_run(left.id)
    assert (states(done)[4:], done.unsent) == ([JobState.ACCEPTED] * 2, 0)
    assert len(server.writes) == 6


async def test_a_run_can_be_continued_while_what_was_sent_is_checked(jobs: Process, server: Stuck) -> None:
    server.let.clear()
    sending = asyncio.ensure_future(jobs.submit(BULK))
    await server.taken.wait()
    jobs.runner.halt(jobs.board.entries()[0].job.id)
    server.let.set()
    job = await sending
    jobs.clock.advance(MINUTE)
    jobs.runner.round()
    assert jobs.runner.busy(job.id)
    assert (await jobs.runner.continue_run(job.id)).unsent == 0
    await jobs.runner.idle()
    await jobs.follow(MINUTE)
    assert set(states(jobs.job(job))) == {JobState.IN_PROGRESS}
    assert len(server.writes) == 6


async def test_an_abandoned_run_keeps_what_was_sent_and_lets_the_rest_go(start: Start, server: Stuck) -> None:
    server.let.clear()
    jobs = start()
    sending = asyncio.ensure_future(jobs.submit(BULK))
    await server.taken.wait()
    jobs.runner.halt(jobs.board.entries()[0].job.id)
    server.let.set()
    job = await sending
    assert job.state is JobState.PAUSED
    with pytest.raises(Excluded, match="jobs abandon"):
        await jobs.submit(order(JobKind.RETRIEVAL, target=ITEMS[5]))


async def test_items_that_are_missing_or_excluded_are_rejected_here_and_the_others_are_sent(
    jobs: Process, server: Stuck
) -> None:
    server.items.discard(ITEMS[0])
    first = await jobs.submit(order(JobKind.RETRIEVAL, target=ITEMS[1]))
    job = await jobs.submit(BULK)
    assert states(job) == [*2 * [JobState.REJECTED], *4 * [JobState.ACCEPTED]]
    assert "does not exist, so nothing was sent" in job.parts[0].words
    assert f"(job {first.id})" in job.parts[1].words
    assert {part.refusal for part in job.parts[:2]} == {"BadInput"}
    assert len(server.writes) == 5
    with pytest.raises(Excluded, match=job.id):
        await jobs.submit(order(JobKind.RETRIEVAL, target=ITEMS[2]))


async def test_a_409_means_that_it_is_in_progress_already(jobs: Process, server: Stuck) -> None:
    server.answers = [Conflict("POST", 409, "Restore is already in progress")]
    job = await jobs.submit(BULK)
    assert set(states(job)) == {JobState.IN_PROGRESS}
    assert job.parts[0].refusal == "Conflict"


@pytest.mark.parametrize("error", [Forbidden("POST", 403, ""), Unauthorized("POST", 401, "")], ids=["403", "401"])
async def test_a_role_or_a_login_that_is_refused_stops_the_run(
    jobs: Process, server: Stuck, error: Forbidden | Unauthorized
) -> None:
    server.answers = [error]
    job = await jobs.submit(BULK)
    assert job.state is JobState.PAUSED
    assert len(server.writes) <= 4
    assert {part.state for part in job.parts} == {JobState.REJECTED, JobState.PAUSED}


async def test_an_item_of_a_job_that_cannot_be_read_is_rejected_here_and_the_others_are_sent(
    start: Start, server: Stuck, tmp_path: Path
) -> None:
    older = await start().submit(order(JobKind.RETRIEVAL, target=ITEMS[1]))
    change_row(tmp_path / "jobs.sqlite3", CHANGES["a state"])
    server.writes.clear()
    job = await start().submit(BULK)
    assert states(job) == [JobState.ACCEPTED, JobState.REJECTED, *4 * [JobState.ACCEPTED]]
    assert f"Job {older.id} (from a newer version) blocks this change" in job.parts[1].words
    assert ITEMS[1] not in {str(values["contentId"]) for _, values in server.writes}


async def test_a_retrieval_is_overdue_after_its_maximum_and_unknown_after_twice_that(
    jobs: Process, server: Stuck
) -> None:
    job = await jobs.submit(order(JobKind.RETRIEVAL, target=ITEMS[0]))
    assert job.most == 5 * 60 * MINUTE
    states = []
    for hours in (4, 2, 3, 2):  # 4, 6, 9 and 11 hours after the request
        jobs.clock.advance(hours * 60 * MINUTE)
        await jobs.follow(10 * MINUTE // 5)
        states.append(jobs.job(job).state)
    assert states == [JobState.IN_PROGRESS, JobState.OVERDUE, JobState.OVERDUE, JobState.UNKNOWN]
