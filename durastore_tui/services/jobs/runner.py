"""Sends orders and tracks jobs, on one event loop. The holder of a profile's lock tracks; every process may send."""

import asyncio
import random
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Evidence, Job, JobState, moved
from durastore_tui.services.jobs import pace, requests, run, words
from durastore_tui.services.jobs.admission import Admission
from durastore_tui.services.jobs.ages import Ages, Moment
from durastore_tui.services.jobs.answers import BROKE, ENDED, Answer, ask
from durastore_tui.services.jobs.board import Board
from durastore_tui.services.jobs.checker import Checker, said_of, settled
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.journal import Overtaken
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.lines import Lines
from durastore_tui.services.jobs.locks import Locks
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.outcome import outcome
from durastore_tui.services.jobs.request import Request, enable
from durastore_tui.services.jobs.sender import RunSender
from durastore_tui.services.jobs.server import Line
from durastore_tui.services.jobs.transition import not_looked_at

UNWRITTEN_LOOK_AGAIN = 30.0
CONTINUED = "continued"
"""Step of evidence: a program went on with a switch that another one began."""
LATE_SWITCH = "Its maximum time of 45 minutes has passed, so it does not continue by itself."


class Runner:
    """A round starts what is due; nothing here waits for the time to pass. `chance` (0 to 1) spreads the checks.

    `continues` says whether this program goes on with the switches that an ended program of the same login left.
    """

    def __init__(
        self,
        board: Board,
        lines: Lines,
        locks: Locks,
        clock: Clock,
        may_send: Callable[[str], bool] = lambda profile: True,
        chance: Callable[[], float] = random.random,
        *,
        continues: bool = False,
    ) -> None:
        self._board = board
        self._lines = lines
        self._locks = locks
        self._clock = clock
        self._may_send = may_send
        self._chance = chance
        self._continues = continues
        self._ages = Ages(clock)
        self._me = f"runner {uuid4().hex}"
        self._busy: dict[str, asyncio.Task[Any]] = {}
        self._looking: set[asyncio.Task[Any]] = set()
        self._due: dict[str, tuple[int, float | None]] = {}
        self._met: set[str] = set()
        self._checker = Checker(lines, self._ages)
        self._admission = Admission(board, lines, locks, clock, self._ages, self._me, self._busy.get)
        self._stopping = False
        self._halted: set[str] = set()
        self.replies: dict[str, str] = {}
        self._own: set[str] = set()
        locks.hold(self._me)

    async def submit(self, order: Order) -> Job:
        """As Jobs.submit."""
        self._board.check()
        line = self._line(order.profile, sends=not order.watch)
        self._hold_own_lock()
        for request in requests.writes(order):
            request.check()
        if KINDS[order.kind].needs_item and not (order.unchecked or order.parts):
            await line.server.find(order.store, order.space, str(order.target))
        if order.watch:
            return self._admission.followed(order).job
        entry = await self._admission.admitted(order)
        self._own.add(entry.job.id)
        self._met.add(entry.job.id)
        sending = self._run(entry, line) if order.parts else self._send(entry, line)
        job: Job = await asyncio.shield(self._start(entry, sending))
        return job

    async def continue_run(self, job_id: str) -> Job:
        """As Jobs.continue_run."""
        if task := self._busy.get(job_id):  # a check of what was sent before
            await asyncio.wait({task})
        self._board.refresh()
        entry = _known(self._board, job_id)
        self._board.check()
        line = self._line(entry.job.profile)
        if why := self.why_not_continue(entry):
            raise BadInput("job", why)
        self._hold_own_lock()
        with _overtaken(job_id):
            entry = self._board.move(entry, run.resumed(entry, self._me, self._moment(entry)))
        self._own.add(job_id)
        self._halted.discard(job_id)
        sending = self._run(entry, line) if entry.job.parts else self._try(entry, line)
        job: Job = await asyncio.shield(self._start(entry, sending))
        return job

    def why_not_continue(self, entry: Entry) -> str | None:
        """Why this program cannot send what the job did not send, or None: only its own login continues a run."""
        job, user = entry.job, self._lines.user_of(entry.job.profile)
        if job.state is not JobState.PAUSED:
            return f"Only a paused job can be continued. The state of job {job.id} is: {job.state.word}."
        if not user:
            return f"Job {job.id} belongs to {job.profile}. Connect to that profile first."
        if not entry.user:
            why = "did not record which user sent it. Abandon the job and send a new change."
            return f"The earlier version that sent job {job.id} {why}"
        if user != entry.user:
            return f"Job {job.id} was sent by {entry.user}; {user} cannot continue it."
        return None if self._may_send(job.profile) else f"{job.profile} is read-only here."

    def _line(self, profile: str, *, sends: bool = True) -> Line:
        line = self._lines.of(profile)
        if line is None:
            raise BadInput("profile", f"there is no working login to {profile}")
        if sends and not self._may_send(profile):
            raise BadInput("profile", f"{profile} is read-only here.")
        return line

    def _hold_own_lock(self) -> None:
        """Without it other programs would take a write of this one for interrupted."""
        if not self._locks.hold(self._me):
            raise BadInput("journal", "The lock files beside the journal cannot be used. Nothing was sent.")

    def round(self) -> None:
        """Read what other processes wrote, mark runs of ended processes as interrupted, and start what is due."""
        self._board.refresh()
        for entry in self._board.entries():
            if entry.job.open and entry.job.id not in self._busy and not self._is_set_aside(entry):
                try:
                    self._follow(entry)
                except Exception as error:  # one job that breaks must not end the tracking of the others
                    self._set_aside(entry, error)

    async def look(self, job_id: str) -> None:
        """As Jobs.look."""
        self._board.refresh()
        entry = self._board.entry(job_id)
        if not pace.tries_next(entry):
            self._due[job_id] = (entry.version, self._clock.monotonic())
        self.round()
        if task := self._busy.get(job_id):
            await asyncio.wait({task})

    async def idle(self) -> None:
        """Returns once everything that was started has ended."""
        while self._busy:
            await asyncio.wait(tuple(self._busy.values()))

    def busy(self, job_id: str) -> bool:
        """As Jobs.sends."""
        return job_id in self._busy

    def halt(self, job_id: str) -> None:
        """As Jobs.halt."""
        self._halted.add(job_id)

    async def stop(self) -> None:
        """Breaks off checks, lets what was sent be answered, pauses the rest of runs, and closes the connections."""
        self._stopping = True
        for task in tuple(self._looking):
            task.cancel()
        await self.idle()
        await self._lines.close()
        self._board.refresh()
        self._locks.release_all()

    def _follow(self, entry: Entry) -> None:
        if entry.owner:
            self._settle(entry)
        elif self._is_late_switch(entry):
            self._pause_switch(entry)
        elif line := self._lines.of(entry.job.profile):
            self._take_up(entry, line)
        else:
            self._locks.release(f"look at {entry.job.profile}")

    def _settle(self, entry: Entry) -> None:
        """What was on its way when its sender ended got no reply; what was never sent is paused."""
        if entry.owner == self._me:
            self._move(entry, run.interrupted(entry, BROKE, self._moment(entry)))  # nothing of ours is at work on it
        elif entry.owner and not self._locks.is_alive(entry.owner):
            self._move(entry, run.interrupted(entry, ENDED, self._moment(entry)))

    def _is_late_switch(self, entry: Entry) -> bool:
        waits = entry.job.state in (*pace.CHECKED, JobState.UNKNOWN) and entry.job.state is not JobState.NO_REPLY
        is_old = self._ages.of(entry.job.id, entry.agreed) >= pace.SWITCH_MOST
        return entry.phase is Phase.DELETION and waits and is_old

    def _pause_switch(self, entry: Entry) -> None:
        moment = self._moment(entry)
        said = words.of(entry.job, JobState.PAUSED, LATE_SWITCH)
        self._move(entry, replace(entry, job=moved(entry.job, JobState.PAUSED, moment.now, said)))

    def _is_set_aside(self, entry: Entry) -> bool:
        version, when = self._due.get(entry.job.id, (-1, None))
        return version == entry.version and when is not None and when > self._clock.monotonic()

    def _set_aside(self, entry: Entry, error: BaseException) -> None:
        noted = self._move(entry, not_looked_at(entry, said_of(error), self._clock.now()))
        self._due[entry.job.id] = (noted.version, self._clock.monotonic() + UNWRITTEN_LOOK_AGAIN)

    def _take_up(self, entry: Entry, line: Line) -> None:
        tries = pace.tries_next(entry)
        if not (self._may_try(entry) if tries else self._locks.hold(f"look at {entry.job.profile}")):
            return
        if self._is_due(entry):
            self._due[entry.job.id] = (entry.version, self._clock.monotonic() + UNWRITTEN_LOOK_AGAIN)
            if tries:
                self._start(entry, self._try(entry, line))
            else:
                self._looking.add(task := self._start(entry, self._look(entry, line)))
                task.add_done_callback(self._looking.discard)

    def _may_try(self, entry: Entry) -> bool:
        """Whether this program goes on with the switch: it sent it, or continues those of its own login."""
        job = entry.job
        same_login = bool(entry.user) and self._lines.user_of(job.profile) == entry.user
        return self._may_send(job.profile) and (job.id in self._own or (self._continues and same_login))

    def _is_due(self, entry: Entry) -> bool:
        """Whether its next check is due; at once when this program meets the job for the first time."""
        now = self._clock.monotonic()
        version, when = self._due.get(entry.job.id, (-1, None))
        if version != entry.version:
            wait = pace.wait(entry, self._ages.of(entry.job.id, entry.phase_at))
            if entry.job.id not in self._met:
                self._met.add(entry.job.id)
                wait = 0.0 if pace.is_checked(entry.job) else None
            waited = max(0.0, (self._clock.now() - entry.job.updated).total_seconds())
            when = None if wait is None else now + wait * (1 + pace.JITTER * self._chance()) - waited
            self._due[entry.job.id] = (entry.version, when)
        return when is not None and when <= now

    def _start(self, entry: Entry, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._busy[entry.job.id] = task

        def ended(task: asyncio.Task[Any]) -> None:
            if self._busy.get(entry.job.id) is task:
                del self._busy[entry.job.id]
            error = None if task.cancelled() else task.exception()
            if error and not isinstance(error, Overtaken) and (broken := self._board.find(entry.job.id)):
                self._set_aside(broken, error)

        task.add_done_callback(ended)
        return task

    async def _send(self, entry: Entry, line: Line) -> Job:
        trying = entry.phase is Phase.TRY
        request = enable(entry.order) if trying else requests.first(entry.order)
        answer = await settled(await self._ask(line, entry, request), entry, line)
        return self._move(entry, outcome(entry, answer, self._moment(entry))).job

    async def _try(self, entry: Entry, line: Line) -> Job:
        now = self._clock.now()
        job = replace(entry.job, attempts=entry.job.attempts + 1)
        if job.state is JobState.ACCEPTED:
            job = moved(job, JobState.IN_PROGRESS, now, words.of(job, JobState.IN_PROGRESS))
        if entry.job.id not in self._own:
            self._own.add(entry.job.id)
            continued = Evidence(now, CONTINUED, "after the program that sent it ended")
            said = words.of(job, job.state, "This program continues it.")
            job = replace(job, evidence=(*job.evidence, continued), words=said)
        trying = replace(entry, job=job, phase=Phase.TRY, owner=self._me, sent_at=now)
        return await self._send(self._board.move(entry, trying), line)

    async def _run(self, entry: Entry, line: Line) -> Job:
        sender = RunSender(
            entry, line, self._board, self._ask, lambda: self._moment(entry), lambda: self._is_stopped(entry.job.id)
        )
        return (await sender.send()).job

    def _is_stopped(self, job_id: str) -> bool:
        return self._stopping or job_id in self._halted

    async def _ask(self, line: Line, entry: Entry, request: Request) -> Answer:
        answer = await ask(line.server, entry.job.store, request)
        if len(answer.text) > len(answer.words):
            self.replies[entry.job.id] = answer.text
        if answer.login:
            self._lines.bar(line)
        return answer

    async def _look(self, entry: Entry, line: Line) -> None:
        self._move(entry, await self._checker.check(entry, line))

    def _move(self, before: Entry, after: Entry) -> Entry:
        """Journal the change unless another process removed or changed the job. If the disk is full, the change stays
        in memory until it can be written."""
        try:
            return self._board.keep(before, after)
        except Overtaken:
            self._board.refresh()
        return after

    def _moment(self, entry: Entry) -> Moment:
        return self._ages.moment(entry.job.id)


def _known(board: Board, job_id: str) -> Entry:
    if entry := board.find(job_id):
        return entry
    raise BadInput("job", f"There is no job {job_id}.")


@contextmanager
def _overtaken(job_id: str) -> Iterator[None]:
    """Another program that changed the job first is a reason for the person, not a defect."""
    try:
        yield
    except Overtaken:
        raise BadInput("job", f"Job {job_id} was just changed by another program. Nothing was sent.") from None
