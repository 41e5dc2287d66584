"""Where this machine cannot check the streaming host: an enable ends unverified, a delete never does (design §5)."""

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.jobs import JobKind, JobState
from tests.services.jobs.world import HOST, Edge, Process, Server, enabled, order

MINUTE = 60


@pytest.fixture
def edge(edge: Edge) -> Edge:
    edge.blocked = True
    return edge


async def test_an_enable_says_that_it_cannot_be_checked_and_ends_unverified_after_the_maximum_time(
    jobs: Process, server: Server
) -> None:
    server.answers = [enabled()]
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await jobs.follow(14 * MINUTE)
    waiting = jobs.job(job)
    assert waiting.state is JobState.IN_PROGRESS
    assert "cannot check the streaming host" in waiting.words
    assert "does not answer yet" not in waiting.words
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.UNVERIFIED
    assert len(server.writes) == 1


async def test_a_switch_ends_like_its_enable(jobs: Process, server: Server) -> None:
    server.answers = [TaskReply("deleted"), enabled()]
    job = await jobs.submit(order(JobKind.SWITCH, streaming_type="SECURE", host=HOST, was="OPEN"))
    await jobs.follow(17 * MINUTE)
    assert jobs.job(job).state is JobState.UNVERIFIED


async def test_a_host_that_this_machine_reached_before_is_overdue_instead(
    jobs: Process, server: Server, edge: Edge
) -> None:
    server.answers = [enabled()]
    edge.blocked = False
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    await jobs.follow(14 * MINUTE)
    edge.blocked = True
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE


async def test_a_delete_is_overdue_then_unknown(jobs: Process, edge: Edge) -> None:
    edge.blocked, edge.answers = False, True
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    await jobs.round()
    edge.blocked = True
    await jobs.follow(14 * MINUTE)
    assert jobs.job(job).state is JobState.IN_PROGRESS
    await jobs.follow(2 * MINUTE)
    assert jobs.job(job).state is JobState.OVERDUE
    await jobs.follow(15 * MINUTE)
    assert jobs.job(job).state is JobState.UNKNOWN
