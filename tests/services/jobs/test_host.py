"""The runner on its own thread: whatever the caller's loop does, jobs go on."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import BadInput, NoReply, Unauthorized
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.server import Line
from tests.fast_clock import FastClock
from tests.services.jobs.world import ENDPOINT, HOST, Edge, Server, enabled, order

A_HANG = 30.0


class Held(Server):
    """Answers a write once it is let, from any thread."""

    def __init__(self) -> None:
        super().__init__()
        self.let = threading.Event()
        self.taken = threading.Event()

    async def write(self, *asked: object) -> TaskReply:
        reply = await super().write(*asked)  # type: ignore[arg-type]
        self.taken.set()
        await asyncio.to_thread(self.let.wait, A_HANG)
        return reply


@pytest.fixture
def clock() -> FastClock:
    return FastClock(speed=1000, began=time.time())


@pytest.fixture
def server() -> Held:
    return Held()


@pytest.fixture
def jobs(tmp_path: Path, clock: FastClock, server: Held, edge: Edge) -> Iterator[Jobs]:
    jobs = Jobs(lambda _: ENDPOINT, tmp_path / "jobs.sqlite3", clock, connect=lambda *_: Line(server, edge))
    jobs.start()
    yield jobs
    server.let.set()
    jobs.stop(within=A_HANG)


async def test_jobs_go_on_and_tell_of_it_while_the_callers_loop_is_stuck(jobs: Jobs, server: Held, edge: Edge) -> None:
    server.answers = [enabled()]
    server.let.set()
    edge.answers = True
    seen = threading.Event()
    threads: set[str] = set()

    def changed(job: Job) -> None:
        threads.add(threading.current_thread().name)
        if job.state is JobState.CONFIRMED:
            seen.set()

    jobs.subscribe(changed)
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert seen.wait(A_HANG), "the job stood still while this loop was blocked"
    assert threads == {"jobs"}
    assert (await jobs.ended(job.id)).state is JobState.CONFIRMED


async def test_the_end_of_a_subscription_ends_it(jobs: Jobs, server: Held) -> None:
    server.let.set()
    told: list[Job] = []
    jobs.subscribe(told.append)()
    await jobs.submit(order(JobKind.POLICY))
    assert not told


async def test_a_caller_that_leaves_in_the_middle_of_a_write_does_not_take_it_along(jobs: Jobs, server: Held) -> None:
    asking = asyncio.ensure_future(jobs.submit(order(JobKind.POLICY)))
    await asyncio.to_thread(server.taken.wait, A_HANG)
    asking.cancel()
    await asyncio.wait([asking])
    server.let.set()
    assert (await jobs.ended(jobs.all()[0].id)).state is JobState.UNVERIFIED


async def test_stop_waits_for_an_answer_only_so_long_and_leaves_the_rest_to_the_journal(
    jobs: Jobs, server: Held, tmp_path: Path, clock: FastClock
) -> None:
    asking = asyncio.ensure_future(jobs.submit(order(JobKind.POLICY)))
    await asyncio.to_thread(server.taken.wait, A_HANG)
    jobs.stop(within=0.0)
    asking.cancel()
    later = Jobs(lambda _: None, tmp_path / "jobs.sqlite3", clock)
    assert later.all()[0].state is JobState.SENT
    with pytest.raises(BadInput, match="on its way"):
        later.forget(later.all()[0].id)
    later.stop()


async def test_waiting_for_a_lost_job_ends_once_it_was_looked_for_in_vain(jobs: Jobs, server: Held) -> None:
    server.let.set()
    server.answers = [NoReply("POST", None, "")]
    job = await jobs.submit(order(JobKind.DELETE))
    assert (await jobs.ended(job.id)).state is JobState.NO_REPLY


async def test_the_journal_can_be_read_and_weeded_without_following(
    jobs: Jobs, server: Held, tmp_path: Path, clock: FastClock
) -> None:
    server.let.set()
    job = await jobs.submit(order(JobKind.DELETE, host=HOST, was="OPEN"))
    reader = Jobs(lambda _: None, tmp_path / "jobs.sqlite3", clock)
    assert [each.id for each in reader.all()] == [job.id]
    asked = reader.order(job.id)
    assert asked is not None and asked.host == HOST
    reader.forget(job.id)
    assert reader.get(job.id) is None
    reader.stop()


async def test_waiting_ends_with_the_401_that_ended_the_following(jobs: Jobs, server: Held) -> None:
    server.let.set()
    server.fails = Unauthorized("HEAD", 401, "")
    job = await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))
    with pytest.raises(Unauthorized):
        await jobs.ended(job.id)


async def test_a_look_on_demand_is_made_at_once(jobs: Jobs, server: Held, edge: Edge) -> None:
    server.answers = [enabled()]
    server.let.set()
    edge.answers = True
    job = await jobs.submit(order(JobKind.ENABLE, streaming_type="OPEN"))
    assert (await jobs.look(job.id)).state is JobState.CONFIRMED


async def test_a_run_can_be_halted_from_where_it_is_sent(jobs: Jobs, server: Held) -> None:
    sending = asyncio.ensure_future(jobs.submit(order(JobKind.POLICY, spaces=("maps", "theses"))))
    await asyncio.to_thread(server.taken.wait, A_HANG)
    (under_way,) = jobs.all()
    assert jobs.sends(under_way.id)
    jobs.halt(under_way.id)
    server.let.set()
    halted = await sending
    assert [part.state for part in halted.parts] == [JobState.UNVERIFIED, JobState.PAUSED]
    assert not jobs.sends(under_way.id)


async def test_the_following_goes_on_after_a_round_that_broke_and_says_so_meanwhile(
    jobs: Jobs, server: Held, clock: FastClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.let.set()
    job = await jobs.submit(order(JobKind.DISABLE, host=HOST, was="OPEN"))

    def breaks() -> None:
        raise ZeroDivisionError("a bug of ours")

    with monkeypatch.context() as bug:
        bug.setattr(jobs._runner, "round", breaks)
        while jobs.trouble is None:
            await clock.sleep(1)
        assert jobs.trouble == "ZeroDivisionError: a bug of ours"
    assert (await jobs.ended(job.id)).state is JobState.CONFIRMED
    while jobs.trouble:
        await clock.sleep(1)


def test_who_ends_in_order_leaves_no_lock_of_its_own_behind(tmp_path: Path, clock: FastClock) -> None:
    for _ in range(3):
        jobs = Jobs(lambda _: ENDPOINT, tmp_path / "jobs.sqlite3", clock)
        jobs.start()
        jobs.stop(within=A_HANG)
    assert not [lock.name for lock in tmp_path.rglob("*.lock") if lock.name.startswith("runner")]
