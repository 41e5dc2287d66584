"""The old family's writes, and answers that never come, over real sockets; counted where they are executed."""

import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first
from tests.benchmarks.kill_jobs import SERVER_SPEED, Stage
from tests.sandbox_server import sandbox_server
from tests.services.jobs.test_stand_in import DONE, FAULTS, REFUSED, executed

STREAMS = {"HLS": "lecture-series", "RTMP": "football-films"}
SOON = 0.5
"""Seconds after which a request that hangs is given up; the others may take their time."""


def order(kind: JobKind, family: str) -> Order:
    """Enable where nothing streams, the others where something does."""
    if kind is JobKind.ENABLE:
        return Order(kind, "cedarfork", "3", "yearbooks", family, streaming_type="OPEN")
    return Order(kind, "cedarfork", "3", STREAMS[family], family, host="s1.example", was="SECURE")


class Impatient(Stage):
    """Gives up soon."""

    def endpoint(self, profile: str) -> Endpoint:
        return replace(super().endpoint(profile), timeout=SOON)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("old")
    program = (sys.executable, "-m", "tests.benchmarks.counting_stand_in", str(folder / "executed"), str(SERVER_SPEED))
    with sandbox_server(program=program) as server:
        yield Stage(server, folder / "jobs.sqlite3", folder / "executed", time.time())


@pytest.fixture
async def jobs(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Jobs]:
    """On worlds as they were made, with nothing counted yet."""
    stage.server.reset()
    stage.executed.unlink(missing_ok=True)
    kind = Impatient if getattr(request, "param", "") == "impatient" else Stage
    jobs = kind(stage.server, tmp_path / "jobs.sqlite3", stage.executed, stage.began).jobs()
    yield jobs
    jobs.stop()


WRITES = pytest.mark.parametrize("kind", [JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE])


@WRITES
@pytest.mark.parametrize("fault", FAULTS)
async def test_each_fault_of_each_old_write_is_told_truly_and_sent_once(
    stage: Stage, jobs: Jobs, kind: JobKind, fault: str
) -> None:
    asked = order(kind, "RTMP")
    stage.server.fault(fault, task=first(asked).task.name, requests=1)
    job = await jobs.submit(asked)
    assert job.state is (JobState.REJECTED if fault in REFUSED else JobState.NO_REPLY), job
    assert executed(stage, asked) == (fault in DONE)


@WRITES
@pytest.mark.parametrize("family", STREAMS)
@pytest.mark.parametrize("jobs", ["impatient"], indirect=True)
async def test_an_answer_that_never_comes_is_found_out_by_looking_and_never_asked_for_again(
    stage: Stage, jobs: Jobs, kind: JobKind, family: str
) -> None:
    asked = order(kind, family)
    stage.server.fault("hang", task=first(asked).task.name, requests=1)
    job = await jobs.submit(asked)
    assert (job.state, "No reply" in job.words) == (JobState.NO_REPLY, True)
    assert (await jobs.look(job.id)).state is not JobState.REJECTED
    assert executed(stage, asked) == 1


@pytest.mark.parametrize("kind", [JobKind.ENABLE, JobKind.DISABLE])
async def test_what_the_space_shows_is_all_that_can_be_seen_of_the_old_family(
    stage: Stage, jobs: Jobs, kind: JobKind
) -> None:
    job = await jobs.submit(order(kind, "RTMP"))
    ended = await jobs.ended(job.id)
    assert ended.state is JobState.CONFIRMED, ended
    assert ended.evidence[-1].step == "space"
