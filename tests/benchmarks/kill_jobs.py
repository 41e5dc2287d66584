"""Kills programs at random moments while they send and follow jobs, and counts what the server executed.

.venv/bin/python -m tests.benchmarks.kill_jobs [KILLS] [SEED]

Each kind of job gets KILLS (50) programs on one journal, one after the other: each sends an order of its own, tracks
those of its predecessors, and is killed. Now and then the line is cut before or after the server acted, or the answer
never comes. A last program, which nobody kills, tracks everything to its end. Then each write that the server executed
must be known to a job that does not deny it, no job may claim what was not executed, and nothing may have been executed
twice. What an interrupted run did not send must be unsent, until the last program continues it as a person would.
"""

import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from durastore_tui.api import spaces, tasks
from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.transport import Transport
from durastore_tui.core.clock import WallClock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.jobs import Job, JobKind, JobState, answered
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import common, hls
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import writes
from tests.fast_clock import FastClock
from tests.sandbox_server import SandboxServer, sandbox_server

SERVER_SPEED = 3000
CLIENT_SPEED = 100
AROUND_THE_WRITE = 0.05
WHILE_FOLLOWING = 0.8
FAULTS = (None, None, "cut-before", "cut-after", "hang")
SPACES_A_RUN = 3
ITEMS_A_RUN = 6
S3, GLACIER = "60", "52"
KINDS = (JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE, JobKind.SWITCH, JobKind.POLICY, JobKind.RETRIEVAL)

SUCCEEDED = (JobState.UNVERIFIED, JobState.ACCEPTED)

Write = tuple[str, str]


@dataclass(frozen=True)
class Stage:
    """The server of a run, and the journal that its programs share."""

    server: SandboxServer
    journal: Path
    executed: Path
    began: float

    def endpoint(self, profile: str) -> Endpoint:
        """The world of that name."""
        return Endpoint(self.server.worlds[profile], "root", Secret("rpw"), self.server.ca_file)

    def jobs(self) -> Jobs:
        """A program's jobs."""
        jobs = Jobs(self.endpoint, self.journal, FastClock(CLIENT_SPEED, self.began), continues=True)
        jobs.start()
        return jobs

    def writes(self) -> Counter[Write]:
        """What the server executed, and how often."""
        lines = self.executed.read_text().splitlines() if self.executed.exists() else []
        return Counter((task, body) for task, body in map(json.loads, lines))


def orders(stage: Stage, kind: JobKind, count: int) -> list[Order]:
    """So many orders, each about something of its own, and everything made ready for them."""
    if kind is JobKind.RETRIEVAL:
        items = asyncio.run(_items(stage, count * ITEMS_A_RUN))
        runs = [items[at : at + ITEMS_A_RUN] for at in range(0, len(items), ITEMS_A_RUN)]
        return [Order(kind, "lakeshore", GLACIER, "masters-audio", items=run) for run in runs]
    start = 1 + KINDS.index(kind) * SPACES_A_RUN * 50
    names = [f"scale-{number:04}" for number in range(start, start + count * SPACES_A_RUN)]
    if kind is JobKind.POLICY:
        policy = (("storageClass", "STANDARD_IA"), ("daysToTransition", 30))
        runs = [tuple(names[at : at + SPACES_A_RUN]) for at in range(0, len(names), SPACES_A_RUN)]
        return [Order(kind, "scale", S3, run[0], spaces=run, values=policy) for run in runs]
    wanted = {JobKind.ENABLE: "OPEN", JobKind.SWITCH: "SECURE"}.get(kind)
    made = [Order(kind, "scale", S3, name, family="HLS", streaming_type=wanted) for name in names[:count]]
    if kind is JobKind.ENABLE:
        return made
    hosts = asyncio.run(_streaming(stage, [order.space for order in made]))
    return [replace(order, host=host, was="OPEN") for order, host in zip(made, hosts, strict=True)]


async def _items(stage: Stage, count: int) -> tuple[str, ...]:
    transport = Transport(stage.endpoint("lakeshore"), RequestLog(), WallClock())
    listing = await spaces.listing(transport, GLACIER, "masters-audio", prefix="preservation/OH-1", limit=count)
    await transport.aclose()
    return listing.ids


async def _streaming(stage: Stage, names: list[str]) -> list[str]:
    transport = Transport(stage.endpoint("scale"), RequestLog(), WallClock())
    replies = [await tasks.run(transport, S3, hls.ENABLE, {"spaceId": name}) for name in names]
    await transport.aclose()
    stage.server.advance(3600)
    stage.executed.unlink()
    return [reply.value.streaming_host or "" for reply in replies if isinstance(reply.value, common.Enabled)]


def program(stage: Stage, order: Order) -> int:
    """Forks a process that sends the order and follows; gives its id once its jobs have started."""
    reads, tells = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_program(stage, order, tells)
    os.close(tells)
    os.read(reads, 1)
    os.close(reads)
    return child


def _be_the_program(stage: Stage, order: Order, tells: int) -> NoReturn:
    async def work(jobs: Jobs) -> None:
        await jobs.submit(order)
        await asyncio.Event().wait()

    try:
        jobs = stage.jobs()
        os.write(tells, b"!")
        asyncio.run(work(jobs))
    finally:
        os._exit(1)


def send_and_be_killed(stage: Stage, order: Order, chance: random.Random) -> None:
    """One program, one order, one kill."""
    if fault := chance.choice(FAULTS):
        stage.server.fault(fault, task=chance.choice(writes(order)).task.name, requests=1)
    victim = program(stage, order)
    time.sleep(chance.uniform(0, chance.choice((AROUND_THE_WRITE, WHILE_FOLLOWING))))
    os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)
    if fault:
        stage.server.fault(fault, on=False)


def follow_to_the_end(stage: Stage) -> tuple[list[str], tuple[Job, ...]]:
    """What was sent of the unsent parts without being asked for, and what every job has become in the end."""
    jobs = stage.jobs()
    wrong: list[str] = []

    async def wait() -> None:
        await asyncio.gather(*(jobs.ended(job.id) for job in jobs.all()))
        wrong.extend(_sent_unasked(jobs, stage.writes()))
        for job in jobs.all():
            if job.unsent:
                await jobs.continue_run(job.id)
        await asyncio.gather(*(jobs.ended(job.id) for job in jobs.all()))

    asyncio.run(wait())
    jobs.stop()
    return wrong, jobs.all()


def _sent_unasked(jobs: Jobs, executed: Counter[Write]) -> Iterator[str]:
    """The unsent parts of paused runs that the server executed."""
    for job in jobs.all():
        order = jobs.order(job.id)
        for part, request in zip(job.parts, writes(order) if order else (), strict=False):
            if part.unsent and executed[request.task.name, request.task.request_body(request.values).decode()]:
                yield f"unasked: {part.target} is {part.state} and was executed"


def judge(order: Order, job: Job | None, executed: Counter[Write]) -> Iterator[str]:
    """What is wrong with the end of an order."""
    asked = [(each.task.name, each.task.request_body(each.values).decode()) for each in writes(order)]
    yield from (f"doubled: {body} {executed[task, body]} times" for task, body in asked if executed[task, body] > 1)
    done = [executed[write] > 0 for write in asked]
    if job is not None and job.parts:
        for part, was_done in zip(job.parts, done, strict=True):
            denied = part.state is JobState.REJECTED and was_done
            if part.unsent or denied or part.state is JobState.SENT or (part.state in SUCCEEDED) > was_done:
                yield f"lost: {part.target} is {part.state}, executed: {was_done}"
    elif job is None or job.state is JobState.REJECTED:
        yield from ["lost: executed, and no job says so"] * any(done)
    elif job.state is JobState.SENT:
        yield "lost: nobody looked"
    elif job.state in (JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.CONFIRMED, JobState.OVERDUE) and not all(done):
        yield f"claimed: {job.state}, executed: {done}"
    elif job.state in (JobState.NO_REPLY, JobState.UNKNOWN) and all(done) and _can_be_confirmed(job):
        yield f"lost: {job.words}"


def _can_be_confirmed(job: Job) -> bool:
    """Whether a check shows the effect. A host that never answered proves nothing by being silent (design.md §5)."""
    return job.kind is not JobKind.RETRIEVAL and (job.kind is not JobKind.DELETE or answered(job.evidence))


def _subject(space: str, parts: Sequence[str]) -> tuple[str, str | None]:
    """What tells one order of a kind from another: its space, and the first part of a run."""
    return space, parts[0] if parts else None


def run(kind: JobKind, kills: int, chance: random.Random) -> tuple[Counter[JobState | None], list[str]]:
    """All kills of a kind: how its jobs ended, and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        executed = Path(folder) / "executed"
        stand_in = (sys.executable, "-m", "tests.benchmarks.counting_stand_in", str(executed), str(SERVER_SPEED))
        with sandbox_server(program=stand_in) as server:
            stage = Stage(server, Path(folder) / "jobs.sqlite3", executed, time.time())
            asked = orders(stage, kind, kills)
            for order in asked:
                send_and_be_killed(stage, order, chance)
            unasked, jobs_then = follow_to_the_end(stage)
            ends = {_subject(job.space, [part.target for part in job.parts]): job for job in jobs_then}
            written = stage.writes()
    jobs = [ends.get(_subject(order.space, order.parts)) for order in asked]
    wrong = unasked + [line for order, job in zip(asked, jobs, strict=True) for line in judge(order, job, written)]
    return Counter(job.state if job else None for job in jobs), wrong


def main(words: Sequence[str]) -> int:
    """Prints a line a kind; 1 when anything was lost, doubled or claimed."""
    kills = int(words[0]) if words else 50
    seed = int(words[1]) if len(words) > 1 else time.time_ns()
    chance = random.Random(seed)  # noqa: S311 - to be repeated
    failed = 0
    for kind in KINDS:
        ends, wrong = run(kind, kills, chance)
        said = ", ".join(f"{count} {state or 'never sent'}" for state, count in ends.most_common())
        print(f"{kind:8} {kills} kills: {len(wrong)} lost or doubled; jobs ended {said}", flush=True)
        for line in wrong:
            print(f"         {line}")
        failed += len(wrong)
    print(f"seed {seed}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
