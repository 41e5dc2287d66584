"""What breaks on our own side while jobs are followed: it stays with the one job that it happened to."""

import asyncio

import pytest

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import Conflict
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.checker import CHECK_SECONDS
from tests.held_clock import HeldClock
from tests.services.jobs.conftest import Start
from tests.services.jobs.world import HOST, SPACE, Process, Server, order

DISABLE = order(JobKind.DISABLE, host=HOST, was="OPEN")


async def test_a_job_that_breaks_says_so_and_the_others_are_followed_to_their_end(jobs: Process) -> None:
    good = await jobs.submit(DISABLE)
    bad = await jobs.submit(order(JobKind.DISABLE, profile="cedarfork", host=HOST, was="OPEN"))
    jobs.broken = "cedarfork"
    await jobs.follow(2)
    assert jobs.job(good).state is JobState.CONFIRMED
    assert jobs.job(bad).state is bad.state
    assert jobs.job(bad).evidence[-1].step == "look"
    assert "check failed: a defect in this program (RuntimeError)" in jobs.job(bad).words


async def test_a_job_that_breaks_is_not_written_down_each_second_and_is_looked_at_once_it_can_be(jobs: Process) -> None:
    jobs.broken = "lakeshore"
    with pytest.raises(RuntimeError):
        await jobs.submit(DISABLE)
    jobs.broken = ""
    job = await jobs.submit(DISABLE)
    jobs.broken = "lakeshore"
    await jobs.follow(29)
    assert [look.step for look in jobs.job(job).evidence].count("look") == 1
    jobs.broken = ""
    await jobs.follow(10)
    assert jobs.job(job).state is JobState.CONFIRMED


async def test_a_write_whose_answer_breaks_on_our_side_is_lost_and_looked_for(jobs: Process, server: Server) -> None:
    server.answers = [Conflict("POST", 409, "already underway")]
    server.breaks = RuntimeError("a bug of ours")
    with pytest.raises(RuntimeError):
        await jobs.submit(order(JobKind.SNAPSHOT))
    server.breaks = None
    (entry,) = jobs.board.entries()
    await jobs.follow(31)
    assert jobs.job(entry.job).state is JobState.NO_REPLY
    assert "a defect in this program" in str(jobs.job(entry.job).evidence)
    assert len(server.writes) == 1


async def test_a_row_that_nobody_can_read_hides_no_other(jobs: Process, start: Start) -> None:
    bad, good = await jobs.submit(DISABLE), await jobs.submit(order(JobKind.DISABLE, space="maps", host=HOST))
    other = start()
    rows = other.rows
    rows.execute("UPDATE jobs SET version = 9, entry = '{\"job\": {}}' WHERE id = ?", (bad.id,))
    await jobs.follow(2)
    assert jobs.job(good).state is JobState.CONFIRMED
    assert [entry.job.space for entry in start().board.entries()] == ["maps"]


async def test_a_listener_that_breaks_does_not_break_the_job_it_hears_of(jobs: Process, server: Server) -> None:
    heard: list[str] = []

    def broken(job: Job) -> None:
        raise RuntimeError("a bug of ours")

    jobs.board.subscribe(broken)
    jobs.board.subscribe(lambda job: heard.append(job.space))
    job = await jobs.submit(DISABLE)
    assert (job.state, server.writes[0][1]["spaceId"]) == (JobState.ACCEPTED, SPACE)
    assert heard == [SPACE, SPACE]


class Silent(Server):
    """Never says what one space shows."""

    async def space(self, store: str, space: str) -> SpaceProperties:
        if space == SPACE:
            await asyncio.Event().wait()
        return await super().space(store, space)


class TestSilence:
    @pytest.fixture
    def server(self) -> Silent:
        return Silent()

    async def test_a_check_without_an_answer_ends_at_its_limit_and_delays_no_other(
        self, jobs: Process, clock: HeldClock
    ) -> None:
        silent = await jobs.submit(DISABLE)
        other = await jobs.submit(order(JobKind.DISABLE, space="maps", host=HOST, was="OPEN"))
        began = clock.monotonic()
        await jobs.round()
        assert clock.monotonic() - began == CHECK_SECONDS
        assert jobs.job(other).state is JobState.CONFIRMED
        checked = jobs.job(silent)
        assert (checked.state, checked.evidence[-1].step) == (JobState.IN_PROGRESS, "look")
        assert checked.words.endswith("The check failed: no answer within 75 s")
