"""Policies and thaws against a server that misbehaves: what is claimed, and how often it was asked to write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from durastore_tui.core.clock import WallClock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import policy
from durastore_tui.services import policies
from durastore_tui.services.changes import policy_changes
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Order
from tests.misbehaving import Answer, Misbehaving, answer, misbehaving, raw, stalled

A_READ_THAT_WORKS = answer("200 OK", b"", "x-dura-meta-content-size: 1")
TIMEOUT = 0.3
SAID = b"the server's own words"
REFUSED, LOST, SETTLING = JobState.REJECTED, JobState.NO_REPLY, JobState.IN_PROGRESS

FAULTS = {
    "refused": (answer("400 Bad Request", SAID), REFUSED, "own words"),
    "403": (answer("403 Forbidden", SAID), REFUSED, "own words"),
    "409": (answer("409 Conflict", SAID), REFUSED, "own words"),
    "500": (answer("500 Internal Server Error", SAID), LOST, "own words"),
    "500 before any effect": (
        answer("500 Internal Server Error", b"Task parameter values may not be empty"),
        REFUSED,
        "may not be empty",
    ),
    "cut without an answer": (raw(), LOST, "No reply"),
    "cut in the answer": (raw(b"HTTP/1.1 200 OK\r\nContent-"), LOST, "No reply"),
    "cut in the body": (answer("200 OK", b"Succ", length=100), LOST, "No reply"),
    "time-out": (stalled(), LOST, "No reply"),
    "malformed": (answer("200 OK", b"\xff\xfe\xfa"), LOST, "No reply"),
    "a gateway's 502": (answer("502 Bad Gateway", b"<html>"), LOST, "No reply"),
}
EACH_FAULT = pytest.mark.parametrize(("fault", "state", "words"), FAULTS.values(), ids=FAULTS)


@asynccontextmanager
async def jobs_at(server: Misbehaving, folder: Path) -> AsyncIterator[Jobs]:
    endpoint = Endpoint(server.url, "root", Secret("rpw"), timeout=TIMEOUT)
    jobs = Jobs({"lakeshore": endpoint}.get, folder / "jobs.sqlite3", WallClock())
    jobs.start()
    yield jobs
    jobs.stop()


def written(server: Misbehaving) -> list[bytes]:
    return [heard.body for heard in server.requests if heard.method == "POST"]


def run(*spaces: str) -> Order:
    order = policy_changes.draft(spaces, "STANDARD_IA", 45)
    return Order(order.kind, "lakeshore", "51", spaces[0], spaces=spaces, values=order.values)


@EACH_FAULT
async def test_a_policy_is_claimed_no_further_than_its_answer_and_sent_once(
    tmp_path: Path, fault: Answer, state: JobState, words: str
) -> None:
    async with misbehaving(fault) as server, jobs_at(server, tmp_path) as jobs:
        job = await jobs.submit(run("dance-archive"))
        assert (job.state, job.excludes) == (state, False)
        assert words in job.words
        assert len(written(server)) == 1


@EACH_FAULT
async def test_one_space_that_fails_leaves_the_others_their_own_results(
    tmp_path: Path, fault: Answer, state: JobState, words: str
) -> None:
    well = answer("200 OK", b"Successfully set storage policy on aaa, bbb and ccc")
    async with misbehaving(well, fault, well) as server, jobs_at(server, tmp_path) as jobs:
        job = await jobs.submit(run("aaa", "bbb", "ccc"))
        of_the_role = fault is FAULTS["403"][0]  # every further space would get it, too
        assert [part.state for part in job.parts] == [
            JobState.UNVERIFIED,
            state,
            JobState.PAUSED if of_the_role else JobState.UNVERIFIED,
        ]
        assert policies.failures(job) == (() if of_the_role else ("bbb",))  # a paused run is not over
        assert len(written(server)) == (2 if of_the_role else 3)


@EACH_FAULT
async def test_a_thaw_is_looked_for_then_claimed_no_further_than_its_answer_and_sent_once(
    tmp_path: Path, fault: Answer, state: JobState, words: str
) -> None:
    order = Order(JobKind.RETRIEVAL, "lakeshore", "52", "masters-audio", target="a.wav")
    async with misbehaving(A_READ_THAT_WORKS, fault) as server, jobs_at(server, tmp_path) as jobs:
        job = await jobs.submit(order)
        conflict = fault is FAULTS["409"][0]
        assert job.state is (SETTLING if conflict else state)
        assert ("A retrieval was already in progress" if conflict else words) in job.words
        assert [heard.method for heard in server.requests[:2]] == ["HEAD", "POST"]
        assert written(server) == [b"masters-audio/a.wav"]


async def test_a_policy_that_aws_refused_says_that_the_old_one_is_gone_and_its_answer_is_waited_for(
    tmp_path: Path,
) -> None:
    gone = answer("500 Internal Server Error", b"Lifecycle policy for bucket b.s could not be applied.")
    async with misbehaving(gone) as server, jobs_at(server, tmp_path) as jobs:
        job = await jobs.submit(run("dance-archive"))
        assert "the old one is already gone" in job.words
        assert len(written(server)) == 1
    assert policy.SET.answers_within > 60
