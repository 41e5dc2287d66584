"""Sends orders and follows jobs, on one event loop. Whoever holds a profile's lock follows; everybody may send."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import BadInput, DuraStoreError, Unauthorized
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState, Part, moved
from durastore_tui.services.jobs import pace, requests, run, words
from durastore_tui.services.jobs.answers import BROKE, ENDED, WORDS_MOST, Answer, ask
from durastore_tui.services.jobs.board import Board
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.finding import Finding, applied, not_looked_at
from durastore_tui.services.jobs.journal import Overtaken
from durastore_tui.services.jobs.lines import Lines
from durastore_tui.services.jobs.locks import Locks
from durastore_tui.services.jobs.looks import look
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.outcome import outcome
from durastore_tui.services.jobs.second_look import truly
from durastore_tui.services.jobs.server import Line

AT_ONCE = 4
UNWRITTEN_LOOK_AGAIN = timedelta(seconds=30)
HOST_IS_KNOWN = (JobKind.DISABLE, JobKind.DELETE)


class Runner:
    """A round starts what is due; nothing here waits for the time to pass. `chance` (0 to 1) spreads the asking."""

    def __init__(
        self,
        board: Board,
        lines: Lines,
        locks: Locks,
        clock: Clock,
        may_send: Callable[[str], bool] = lambda profile: True,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._board = board
        self._lines = lines
        self._locks = locks
        self._clock = clock
        self._may_send = may_send
        self._chance = chance
        self._me = f"runner {uuid4().hex}"
        self._busy: dict[str, asyncio.Task[Any]] = {}
        self._looking: set[asyncio.Task[Any]] = set()
        self._due: dict[str, tuple[int, datetime | None]] = {}
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._stopping = False
        self._halted: set[str] = set()
        self.replies: dict[str, str] = {}
        locks.hold(self._me)

    async def submit(self, order: Order) -> Job:
        """As Jobs.submit."""
        self._board.check()
        line = self._lines.of(order.profile)
        if line is None:
            raise BadInput("profile", f"there is no good login to {order.profile}")
        if not (order.watch or self._may_send(order.profile)):
            raise BadInput("profile", f"{order.profile} is read-only here.")
        if not self._locks.hold(self._me):
            raise BadInput("journal", "The locks beside the journal cannot be used. Nothing was sent.")
        for request in requests.writes(order):
            request.check()
        if order.kind is JobKind.RETRIEVAL and not order.unchecked:
            await line.server.find(order.store, order.space, str(order.target))
        if order.watch:
            return (self._followed_already(order) or self._board.add(self._new(order))).job
        entry = self._board.add(self._new(order))
        sending = self._run(entry, line) if order.parts else self._send(entry, line)
        job: Job = await asyncio.shield(self._start(entry, sending))
        return job

    def _followed_already(self, order: Order) -> Entry | None:
        """The open job that looks at the same thing: a second one would only look twice."""
        self._board.refresh()
        wanted = (order.profile, order.store, order.kind, order.target)
        for entry in self._board.entries():
            job = entry.job
            if job.open and (job.profile, job.store, job.kind, job.target) == wanted:
                return entry
        return None

    def round(self) -> None:
        """Takes in what others wrote, settles what the dead left behind, and starts what is due."""
        self._board.refresh()
        for entry in self._board.entries():
            if entry.job.open and entry.job.id not in self._busy and not self._is_set_aside(entry):
                try:
                    self._follow(entry)
                except Exception as error:  # one job that breaks must not end the following of the others
                    self._set_aside(entry, error)

    async def look(self, job_id: str) -> None:
        """As Jobs.look."""
        self._board.refresh()
        entry = self._board.entry(job_id)
        if not pace.tries_next(entry):
            self._due[job_id] = (entry.version, self._clock.now())
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
        """Breaks off what only looks, lets what was sent be answered, and hangs up."""
        self._stopping = True
        for task in tuple(self._looking):
            task.cancel()
        await self.idle()
        await self._lines.close()
        self._board.refresh()
        self._locks.release_all()

    def _follow(self, entry: Entry) -> None:
        line = self._lines.of(entry.job.profile)
        if line is None:
            self._locks.release(f"look at {entry.job.profile}")
            self._locks.release(f"send to {entry.job.profile}")
        elif self._is_ours(entry):
            self._take_up(entry, line)

    def _is_set_aside(self, entry: Entry) -> bool:
        version, when = self._due.get(entry.job.id, (-1, None))
        return version == entry.version and when is not None and when > self._clock.now()

    def _set_aside(self, entry: Entry, error: BaseException) -> None:
        now = self._clock.now()
        noted = self._move(entry, not_looked_at(entry, _said(error), now))
        self._due[entry.job.id] = (noted.version, now + UNWRITTEN_LOOK_AGAIN)

    def _is_ours(self, entry: Entry) -> bool:
        """Whether we are the one who takes the next step: looks and writes each have their lock, so that somebody
        who may only look stands in nobody's way."""
        if not (entry.order.parts or pace.tries_next(entry)):
            return self._locks.hold(f"look at {entry.job.profile}")
        return self._may_send(entry.job.profile) and self._locks.hold(f"send to {entry.job.profile}")

    def _take_up(self, entry: Entry, line: Line) -> None:
        if entry.owner:
            if entry.owner == self._me:
                self._inherit(entry, line, BROKE)  # nothing of ours is at work on it
            elif not self._locks.is_alive(entry.owner):
                self._inherit(entry, line, ENDED)
        elif self._is_due(entry):
            self._due[entry.job.id] = (entry.version, self._clock.now() + UNWRITTEN_LOOK_AGAIN)
            if pace.tries_next(entry):
                self._start(entry, self._try(entry, line))
            else:
                self._looking.add(task := self._start(entry, self._look(entry, line)))
                task.add_done_callback(self._looking.discard)

    def _inherit(self, entry: Entry, line: Line, answer: Answer) -> None:
        """Whoever sent it is gone: what was on its way got no answer, what was never sent is sent by us."""
        now = self._clock.now()
        if not entry.order.parts:
            self._move(entry, outcome(entry, answer, now))
            return
        with suppress(Overtaken):
            ours = self._board.move(entry, replace(run.abandoned(entry, answer, now), owner=self._me))
            self._start(ours, self._run(ours, line))

    def _is_due(self, entry: Entry) -> bool:
        version, when = self._due.get(entry.job.id, (-1, None))
        if version != entry.version:
            when = pace.due(entry, self._chance)
            self._due[entry.job.id] = (entry.version, when)
        return when is not None and when <= self._clock.now()

    def _start(self, entry: Entry, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._busy[entry.job.id] = task

        def ended(task: asyncio.Task[Any]) -> None:
            del self._busy[entry.job.id]
            error = None if task.cancelled() else task.exception()
            if error and not isinstance(error, Overtaken) and (broken := self._board.find(entry.job.id)):
                self._set_aside(broken, error)

        task.add_done_callback(ended)
        return task

    async def _send(self, entry: Entry, line: Line) -> Job:
        trying = entry.phase is Phase.TRY
        request = requests.enable(entry.order) if trying else requests.first(entry.order)
        answer = await truly(await self._ask(line, entry, request), entry, line)
        return self._move(entry, outcome(entry, answer, self._clock.now())).job

    async def _try(self, entry: Entry, line: Line) -> None:
        now = self._clock.now()
        job = replace(entry.job, attempts=entry.job.attempts + 1)
        if job.state is JobState.ACCEPTED:
            job = moved(job, JobState.IN_PROGRESS, now, words.of(job, JobState.IN_PROGRESS))
        trying = replace(entry, job=job, phase=Phase.TRY, owner=self._me, sent_at=now)
        await self._send(self._board.move(entry, trying), line)

    async def _run(self, entry: Entry, line: Line) -> Job:
        why = ""
        while not why and (part := run.waiting(entry.job)) and not (self._stopping or entry.job.id in self._halted):
            entry = self._board.move(entry, run.sending(entry, part, self._me, self._clock.now()))
            answer = await self._ask(line, entry, requests.first(entry.order, part.target))
            entry = self._move(entry, run.answered(entry, part.target, answer, self._clock.now()))
            why = run.stop(answer)
        if run.waiting(entry.job) and self._stopping and entry.job.id not in self._halted and not why:
            return entry.job  # for whoever comes next
        return self._move(entry, run.finished(entry, self._clock.now(), why)).job

    async def _ask(self, line: Line, entry: Entry, request: requests.Request) -> Answer:
        answer = await ask(line.server, entry.job.store, request)
        if len(answer.text) > len(answer.words):
            self.replies[entry.job.id] = answer.text
        if answer.login:
            self._lines.bar(line)
        return answer

    async def _look(self, entry: Entry, line: Line) -> None:
        now = self._clock.now()
        try:
            async with self._at_once:
                finding = await look(entry, line, now)
        except Exception as error:  # a look that breaks must not stop the others
            if isinstance(error, Unauthorized):
                self._lines.bar(line)
            said = _said(error)
            finding = Finding((Evidence(now, "look", said),), detail=f"It could not be looked at: {said}")
        self._move(entry, applied(entry, finding, self._clock.now()))

    def _move(self, before: Entry, after: Entry) -> Entry:
        """Writes it down, unless somebody forgot or moved the job meanwhile. What a full disk does not take is kept
        until it can be written."""
        try:
            return self._board.keep(before, after)
        except Overtaken:
            self._board.refresh()
        return after

    def _new(self, order: Order) -> Entry:
        now = self._clock.now()
        settling = [each.task.settling for each in requests.writes(order) if each.task.settling]
        usual = self._board.usual(order.profile, order.kind)
        state = JobState.IN_PROGRESS if order.watch else JobState.SENT
        job = Job(
            id=uuid4().hex[:10],
            profile=order.profile,
            store=order.store,
            kind=order.kind,
            family=order.family,
            space=order.space,
            target=order.target,
            state=state,
            since=now,
            updated=now,
            words=words.of_state(order.kind, state, order.task),
            streaming_type=order.streaming_type,
            host=order.host if order.kind in HOST_IS_KNOWN else None,
            usual=usual or sum(each.usual for each in settling) or None,
            most=sum(each.most for each in settling) or None,
            parts=tuple(Part(space) for space in order.parts),
            task=order.task,
        )
        phase = Phase.DELETION if order.kind is JobKind.SWITCH else Phase.EFFECT
        owner = None if order.watch else self._me
        user = self._lines.user_of(order.profile)
        return Entry(job, order, phase, phase_at=now, sent_at=now, owner=owner, user=user)


def _said(error: BaseException) -> str:
    known = isinstance(error, DuraStoreError | BadInput)
    return (str(error) if known else f"{type(error).__name__} on our side")[:WORDS_MOST]
