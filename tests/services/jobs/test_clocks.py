"""A clock that is set forward or back: checks go on, and nothing becomes overdue before its time."""

import pytest

from durastore_tui.core.jobs import JobKind, JobState
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import HOST, Edge, Process, Server, enabled, order

MINUTE, DAY = 60, 86_400


@pytest.mark.parametrize("jump", [-DAY, DAY, -30 * DAY, 30 * DAY])
async def test_checks_go_on_and_ages_are_right_whatever_the_clock_is_set_to(
    jobs: Process, server: Server, edge: Edge, jump: float
) -> None:
    server.answers = [enabled()]
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await jobs.follow(MINUTE)
    asked = len(edge.asked)
    jobs.clock.set_wrong(jump)
    await jobs.follow(10 * MINUTE)
    assert len(edge.asked) > asked + 20
    assert jobs.job(job).state is JobState.IN_PROGRESS
    await jobs.follow(5 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE


async def test_a_process_that_starts_after_the_clock_was_set_back_checks_at_once_and_takes_no_age_from_it(
    start: Start, server: Server, edge: Edge
) -> None:
    server.answers = [enabled()]
    first = start()
    job = await first.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    first.die()
    first.clock.set_wrong(-DAY)
    heir = start()
    await heir.round()
    assert len(edge.asked) == 1
    await heir.follow(14 * MINUTE)
    assert heir.job(job).state is JobState.IN_PROGRESS


async def test_every_unfinished_job_is_due_when_a_process_starts(start: Start, server: Server, edge: Edge) -> None:
    server.answers = [enabled()]
    first = start()
    await first.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    first.clock.advance(29 * MINUTE)
    await first.round()
    first.die()
    await start().round()
    assert len(edge.asked) == 2


async def test_a_host_that_falls_silent_is_noticed_after_the_clock_was_set_back(jobs: Process, edge: Edge) -> None:
    edge.answers = True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.answers = False
    jobs.clock.set_wrong(-DAY)
    await jobs.follow(MINUTE)
    assert jobs.job(job).state is JobState.CONFIRMED
