"""Jobs on the stand-in server and its edge, over real sockets; the writes are counted where they are executed."""

import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from durastore_tui.core.clock import WallClock
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.tasks.snapshots import LIST, Snapshots
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first
from durastore_tui.services.jobs.server import connect
from tests.benchmarks.kill_jobs import KINDS, SERVER_SPEED, Stage, orders
from tests.sandbox_server import sandbox_server

REFUSED = ("forbidden", "unauthorized")
STOPS_A_RUN = ("forbidden", "unauthorized")
NOT_DONE = ("null-500", "cut-before", "html-502", "html-503", "redirect")
DONE = ("cut-after", "cut-body", "invalid-utf8")
FAULTS = (*REFUSED, *NOT_DONE, *DONE)
FOUND_OUT = "cut-after, and followed"
CASES = (None, *FAULTS, FOUND_OUT)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("jobs")
    executed = folder / "executed"
    program = (sys.executable, "-m", "tests.benchmarks.counting_stand_in", str(executed), str(SERVER_SPEED))
    with sandbox_server(program=program) as server:
        yield Stage(server, folder / "jobs.sqlite3", executed, time.time())


@pytest.fixture(scope="module")
def asked(stage: Stage) -> dict[tuple[JobKind, str | None], Order]:
    """An order of each kind for each case."""
    return {
        (kind, fault): _of_one_item(order)
        for kind in KINDS
        for fault, order in zip(CASES, orders(stage, kind, len(CASES)), strict=True)
    }


def _of_one_item(order: Order) -> Order:
    """A retrieval of one item is a job without parts, so that a fault meets it."""
    return replace(order, items=(), target=order.items[0]) if order.items else order


@pytest.fixture
async def jobs(stage: Stage, tmp_path: Path) -> AsyncIterator[Jobs]:
    """With a journal of its own: a switch of another test would go on and meet this one's fault."""
    jobs = replace(stage, journal=tmp_path / "jobs.sqlite3").jobs()
    yield jobs
    jobs.stop()


def executed(stage: Stage, order: Order) -> int:
    """How often the server did what the order asks first."""
    request = first(order)
    return stage.writes()[request.task.name, request.task.request_body(request.values).decode()]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_ends_by_what_can_be_seen_of_it_and_is_executed_once(
    stage: Stage, jobs: Jobs, asked: dict[tuple[JobKind, str | None], Order], kind: JobKind
) -> None:
    order = asked[kind, None]
    job = await jobs.submit(order)
    ended = await jobs.ended(job.id)
    assert ended.state is (JobState.UNVERIFIED if kind is JobKind.POLICY else JobState.CONFIRMED), ended
    assert executed(stage, order) == 1


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", KINDS)
async def test_each_fault_of_each_write_is_told_truly_and_sent_once(
    stage: Stage, jobs: Jobs, asked: dict[tuple[JobKind, str | None], Order], kind: JobKind, fault: str
) -> None:
    order = asked[kind, fault]
    stage.server.fault(fault, task=first(order).task.name, requests=1)
    job = await jobs.submit(order)
    rejected = JobState.PAUSED if kind is JobKind.POLICY and fault in STOPS_A_RUN else JobState.REJECTED
    assert (job.parts[0] if job.parts else job).state is (JobState.REJECTED if fault in REFUSED else JobState.NO_REPLY)
    assert job.state is (rejected if fault in REFUSED else JobState.NO_REPLY), job
    assert executed(stage, order) == (fault in DONE)


@pytest.mark.parametrize("kind", [JobKind.ENABLE, JobKind.DISABLE, JobKind.SWITCH])
async def test_what_was_cut_after_the_server_acted_is_found_out_by_looking(
    stage: Stage, jobs: Jobs, asked: dict[tuple[JobKind, str | None], Order], kind: JobKind
) -> None:
    order = asked[kind, FOUND_OUT]
    stage.server.fault("cut-after", task=first(order).task.name, requests=1)
    job = await jobs.submit(order)
    assert (await jobs.ended(job.id)).state is JobState.CONFIRMED
    assert executed(stage, order) == 1


DAYS = 86_400


async def test_a_snapshot_whose_answer_is_cut_off_is_found_and_followed_to_its_end(stage: Stage, jobs: Jobs) -> None:
    values = (("description", "batch 11"), ("userEmail", "ana@library.example"))
    order = Order(JobKind.SNAPSHOT, "lakeshore", "53", "oh-batch-2026-11", values=values)
    stage.server.fault("cut-after", task=first(order).task.name, requests=1)
    job = await jobs.submit(order)
    assert job.state is JobState.NO_REPLY
    assert executed(stage, order) == 1
    assert (await jobs.look(job.id)).target
    stage.server.advance(5 * DAYS)
    ended = await jobs.ended(job.id)
    assert ended.state is JobState.CONFIRMED, ended
    assert ended.target and ended.target.startswith("lakeshore_53_oh-batch-2026-11_")


async def test_a_restore_is_followed_to_its_end_and_says_until_when_it_stays(stage: Stage, jobs: Jobs) -> None:
    restored = await snapshot_of(stage, "lakeshore_53_musee-copies_")
    values = (("userEmail", "ana@library.example"),)
    job = await jobs.submit(Order(JobKind.RESTORE, "lakeshore", "53", "musee-copies", target=restored, values=values))
    assert job.state is JobState.ACCEPTED, job
    stage.server.advance(2 * DAYS)
    ended = await jobs.ended(job.id)
    assert ended.state is JobState.CONFIRMED, ended
    assert ended.until


async def snapshot_of(stage: Stage, beginning: str) -> str:
    """The id of the first snapshot that begins so."""
    server = connect(stage.endpoint("lakeshore"), WallClock()).server
    listed = cast(Snapshots, await server.ask("53", LIST, {}))
    await server.close()
    return next(each.snapshot_id for each in listed.snapshots if (each.snapshot_id or "").startswith(beginning)) or ""
