"""Waiting for jobs before a person's eyes: a live line a job at a terminal, else one plain line a change."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.cli.call import Call
from durastore_tui.cli.live_lines import LiveLines
from durastore_tui.cli.rows import moment
from durastore_tui.core.errors import UnknownName
from durastore_tui.core.far import far
from durastore_tui.core.jobs import Job

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs

SECONDS, SECONDS_AFAR = 1.0, 5.0
"""Between two looks at the jobs; a line that is far away gets fewer bytes."""


async def watched(
    call: Call, jobs: Jobs, ids: Sequence[str], tell: Callable[[Job], None] = lambda job: None, *, plain: bool = False
) -> list[Job]:
    """Every job once there is nothing more to wait for, in the order of `ids`; `tell` gets each as it ends.

    Raises UnknownName for one that is forgotten meanwhile, and Unauthorized when the login is not good any more.
    """
    waits = {asyncio.create_task(ended(jobs, job_id)): job_id for job_id in ids}
    try:
        await _shown_until_over(call, jobs, waits, tell, _shown(call, jobs, ids, plain))
    except asyncio.CancelledError:
        _goes_on(call, [job_id for wait, job_id in waits.items() if wait.cancelled() or not wait.done()])
        raise
    finally:
        for wait in waits:
            wait.cancel()
    return [wait.result() for wait in waits]


async def _shown_until_over(
    call: Call,
    jobs: Jobs,
    waits: Mapping[asyncio.Task[Job], str],
    tell: Callable[[Job], None],
    shown: News | LiveLines,
) -> None:
    waiting = set(waits)
    try:
        while waiting:
            shown.draw([job for job in map(jobs.get, waits.values()) if job], call.clock.now())
            tick = asyncio.create_task(call.clock.sleep(seconds_between(call.environ)))
            await asyncio.wait({*waiting, tick}, return_when=asyncio.FIRST_COMPLETED)
            tick.cancel()
            for wait in [wait for wait in waiting if wait.done()]:
                waiting.remove(wait)
                tell(wait.result())
        shown.draw([wait.result() for wait in waits], call.clock.now())
    finally:
        shown.end()


async def ended(jobs: Jobs, job_id: str) -> Job:
    """Wait until the job ends, is overdue or paused. Raises UnknownName if it is removed from the journal."""
    try:
        return await jobs.ended(job_id)
    except KeyError:
        raise UnknownName("job", f"Job {job_id} was removed from the journal in the meantime.") from None


class News:
    """One line a change, with the time, for a log or for who listens: nothing on the screen is changed again."""

    def __init__(self, call: Call, jobs: Jobs, ids: Sequence[str]) -> None:
        self._call = call
        self._changed: deque[Job] = deque()  # filled by the thread of the runner
        self._told: dict[str, Job] = {}
        self._ids = frozenset(ids)
        self._unsubscribe = jobs.subscribe(self._changed.append)

    def draw(self, jobs: Sequence[Job], now: datetime) -> None:
        """Tells what changed, in its order, and at first how things stand."""
        while self._changed:
            self._tell(self._changed.popleft())
        for job in jobs:
            self._tell(job)

    def end(self) -> None:
        """Hears of no more changes."""
        self._unsubscribe()

    def _tell(self, job: Job) -> None:
        before = self._told.get(job.id)
        if job.id not in self._ids or (before and (before.state, before.words) == (job.state, job.words)):
            return
        if before and before.updated > job.updated:
            return
        self._told[job.id] = job
        went = (
            f"{before.state.word} to {job.state.word}" if before and before.state is not job.state else job.state.word
        )
        self._call.note(f"{moment(job.updated)} {job.id} {job.action} {job.subject}: {went}. {job.words}")


def _shown(call: Call, jobs: Jobs, ids: Sequence[str], plain: bool) -> News | LiveLines:
    if plain or not call.err.isatty() or call.environ.get("TERM", "dumb") == "dumb":
        return News(call, jobs, ids)
    return LiveLines(call.err, coloured="NO_COLOR" not in call.environ)


def seconds_between(environ: Mapping[str, str]) -> float:
    """Of two looks at the jobs that are drawn."""
    return SECONDS_AFAR if far(environ) else SECONDS


def _goes_on(call: Call, ids: Sequence[str]) -> None:
    """Interrupting the wait interrupts nothing that was sent."""
    if len(ids) == 1:
        call.note(f"Job {ids[0]} stays in the journal; {call.named(f'jobs watch {ids[0]}')} tracks it again.")
    else:
        call.note(f"{len(ids)} jobs stay in the journal; {call.named('jobs watch')} tracks them again.")
