"""The runner's own thread and event loop: a terminal that stops reading must not stop the jobs (design §5)."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.jobs import pace, run
from durastore_tui.services.jobs.ages import Ages
from durastore_tui.services.jobs.answers import ENDED
from durastore_tui.services.jobs.audit_log import Change
from durastore_tui.services.jobs.board import Board
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.journal import Journal, Overtaken, Row
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.lines import Connect, Lines
from durastore_tui.services.jobs.locks import Locks, locks_folder
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.runner import Runner
from durastore_tui.services.jobs.server import connect as connect_for_real
from durastore_tui.services.jobs.unreadable import UnreadableJob

ROUND_SECONDS = 1.0
GLANCE_SECONDS = 0.2
LOST_FOR_GOOD = 180.0
WAITED_FOR_IN_VAIN = (JobState.OVERDUE, JobState.UNKNOWN, JobState.PAUSED)


class Jobs:
    """Every job of this machine. `endpoint_of` says how to ask a profile's server, None when it can't be asked, and
    `may_send` whether it may be changed from here; both are called from any thread. `continues` says whether this
    program goes on with the switches that an ended program of the same login left."""

    _trouble: str | None = None

    def __init__(
        self,
        endpoint_of: Callable[[str], Endpoint | None],
        journal: Path,
        clock: Clock,
        *,
        may_send: Callable[[str], bool] = lambda profile: True,
        connect: Connect = connect_for_real,
        continues: bool = False,
    ) -> None:
        """Opens the journal, for reading at once. Where it cannot be used, `trouble` says why."""
        self._clock = clock
        self._journal = Journal(journal)
        self._board = Board(self._journal)
        self._locks = Locks(locks_folder(journal))
        self._lines = Lines(endpoint_of, connect, clock)
        self._may_send = may_send
        self._continues = continues
        self._ages = Ages(clock)
        self._settle_interrupted()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._follow()), name="jobs", daemon=True)
        self._ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop
        self._runner: Runner
        self._following: asyncio.Future[None]

    def start(self) -> None:
        """Begins to track, on a thread of its own."""
        self._runner = Runner(
            self._board, self._lines, self._locks, self._clock, self._may_send, continues=self._continues
        )
        self._thread.start()
        self._ready.wait()

    def stop(self, within: float = 3.0) -> None:
        """Lets a request that is on its way end, at most `within` seconds; the journal keeps the rest. What a run did
        not send is paused."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._following.cancel)
            self._thread.join(within)
        if not self._thread.is_alive():
            self._journal.close()

    async def submit(self, order: Order) -> Job:
        """Journals it, sends its one request, and says how that was answered; a run is sent to its end.

        Raises Excluded, BadInput, and for a thaw what its HEAD raised. A caller that is cancelled cancels nothing.
        """
        sending = asyncio.run_coroutine_threadsafe(self._runner.submit(order), self._loop)
        return await asyncio.wrap_future(sending)

    async def continue_run(self, job_id: str) -> Job:
        """Sends what a paused job did not send, which the person has just confirmed; returns as `submit` does.

        Raises BadInput with the reason when it is not paused, or was sent with another login, or the server may not be
        changed from here, and Excluded when another job stands in the way.
        """
        sending = asyncio.run_coroutine_threadsafe(self._runner.continue_run(job_id), self._loop)
        return await asyncio.wrap_future(sending)

    def why_not_continue(self, job_id: str) -> str | None:
        """Why `continue_run` would not continue this job, or None."""
        entry = self._board.find(job_id)
        return self._runner.why_not_continue(entry) if entry else f"There is no job {job_id}."

    def check_login(self, job_id: str, profile: str, user: str, verb: str) -> None:
        """Raises BadInput where the job was sent with another login than this one; `verb` is what that may not do.

        A job of an old release names no user.
        """
        entry = self._board.entry(job_id)
        if entry.job.profile != profile:
            raise BadInput("job", f"Job {job_id} belongs to {entry.job.profile}, not to {profile}.")
        if entry.user not in ("", user):
            raise BadInput("job", f"Job {job_id} was sent by {entry.user}; {user} cannot {verb} it.")

    def abandon(self, job_id: str, profile: str, user: str) -> Job:
        """Drops what a paused job did not send, and keeps the job as history.

        `profile` and `user` are the login that asks for it. Raises BadInput when the job is not paused, or was sent
        with another login. A job of an old release names no user: any login of its profile may abandon it.
        """
        entry = self._board.find(job_id)
        if entry is None:
            raise BadInput("job", f"There is no job {job_id}.")
        if entry.job.state is not JobState.PAUSED:
            state = f"The state of job {job_id} is: {entry.job.state.word}."
            raise BadInput("job", f"Only a paused job can be abandoned. {state}")
        self.check_login(job_id, profile, user, "abandon")
        try:
            return self._board.move(entry, run.abandoned(entry, self._ages.moment(job_id))).job
        except Overtaken:
            self._board.refresh()
            raise BadInput("job", f"Job {job_id} was just changed by another program.") from None

    async def look(self, job_id: str) -> Job:
        """The job after a look at it now, if this process follows it; sends nothing. Raises KeyError if gone."""
        looking = asyncio.run_coroutine_threadsafe(self._runner.look(job_id), self._loop)
        await asyncio.wrap_future(looking)
        return self._board.entry(job_id).job

    async def ended(self, job_id: str) -> Job:
        """The job once it ended, is overdue, unknown or paused, or has had no reply and was checked in vain.

        Raises KeyError if it is gone, and Unauthorized when the server does not accept the login any more.
        """
        while not self._is_over(entry := self._board.entry(job_id)):
            self._lines.check(entry.job.profile)
            await self._clock.sleep(GLANCE_SECONDS)
        return entry.job

    def all(self) -> tuple[Job, ...]:
        """Newest first, across profiles and processes."""
        return tuple(entry.job for entry in self._board.entries())

    def get(self, job_id: str) -> Job | None:
        """The job of that id."""
        entry = self._board.find(job_id)
        return entry.job if entry else None

    def order(self, job_id: str) -> Order | None:
        """What was asked for: a policy's class and days, the origins."""
        entry = self._board.find(job_id)
        return entry.order if entry else None

    def reply(self, job_id: str) -> str | None:
        """The whole answer to a write of this process; the journal keeps its beginning."""
        return self._runner.replies.get(job_id)

    def forget(self, job_id: str) -> None:
        """Stops tracking it and takes it out of the journal; raises BadInput while its request is on its way."""
        self._board.forget(job_id, self._check_idle)

    def clear(self) -> int:
        """Removes the jobs that have ended, and says how many. Raises JournalTrouble."""
        ended = [entry.job.id for entry in self._board.entries() if not entry.job.open and entry.owner is None]
        for job_id in ended:
            self.forget(job_id)
        return len(ended)

    def changes(self) -> tuple[Change, ...]:
        """Every change ever sent from this machine, oldest first, also those of jobs that were forgotten."""
        return self._journal.changes()

    def unreadable(self) -> tuple[UnreadableJob, ...]:
        """Jobs that this version cannot read, newest first."""
        return self._board.unreadable()

    def check_journal(self) -> None:
        """Raises JournalTrouble when no change can be journaled, so that none may be sent."""
        self._board.check()

    @property
    def journal_trouble(self) -> JournalTrouble | None:
        """Why no change can be journaled now, and what to do about it."""
        return self._board.trouble

    @property
    def trouble(self) -> str | None:
        """Why no job is followed just now, if something keeps this process from it."""
        return self._board.trouble.sentence if self._board.trouble else self._trouble

    def sends(self, job_id: str) -> bool:
        """Whether this process is at work on it now: then a run can be halted from here."""
        return self._runner.busy(job_id)

    def halt(self, job_id: str) -> None:
        """Ends a run that this process sends: after the request that is on its way, the rest stays unsent."""
        self._loop.call_soon_threadsafe(self._runner.halt, job_id)

    def subscribe(self, callback: Callable[[Job], None]) -> Callable[[], None]:
        """Calls back with each job that changed, on the runner's thread; returns what ends it."""
        return self._board.subscribe(callback)

    def _settle_interrupted(self) -> None:
        """Mark jobs whose sender ended in the middle of a write; nothing is read or sent."""
        for entry in self._board.entries():
            with suppress(Overtaken, BadInput, OSError):  # the journal can still be read
                if entry.owner and not self._locks.is_alive(entry.owner):
                    self._board.move(entry, run.interrupted(entry, ENDED, self._ages.moment(entry.job.id)))

    def _check_idle(self, row: Row) -> None:
        if row.owner and self._locks.is_alive(row.owner):
            raise BadInput("job", "Its request is on its way. Wait for the reply, then stop tracking it.")

    async def _follow(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._following = asyncio.ensure_future(self._rounds())
        self._ready.set()
        with suppress(asyncio.CancelledError):
            await self._following
        await self._runner.stop()

    async def _rounds(self) -> None:
        while True:
            try:
                self._runner.round()
                self._trouble = None
            except Exception as error:  # a full disk may be gone next time, and this thread must never die silently
                self._trouble = f"{type(error).__name__}: {error}"
            await self._clock.sleep(ROUND_SECONDS)

    def _is_over(self, entry: Entry) -> bool:
        if entry.job.state is JobState.NO_REPLY:
            in_vain = self._ages.of(entry.job.id, entry.phase_at) >= LOST_FOR_GOOD
            return in_vain or not pace.is_checked(entry.job)
        return not entry.job.open or entry.job.state in WAITED_FOR_IN_VAIN
