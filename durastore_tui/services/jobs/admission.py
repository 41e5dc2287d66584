"""Adds new jobs to the journal: checks exclusions, supersedes older jobs, and builds the first entry."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobState, Part
from durastore_tui.services.jobs import exclusion, requests, run, words
from durastore_tui.services.jobs.ages import Ages
from durastore_tui.services.jobs.answers import ENDED
from durastore_tui.services.jobs.board import Board
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.journal import Overtaken
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.lines import Lines
from durastore_tui.services.jobs.locks import Locks
from durastore_tui.services.jobs.order import Excluded, Order
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable

GLANCE_SECONDS = 0.2


class Admission:
    """Adds jobs for the runner `owner`. `sending` returns the task that sends a job in this process, or None."""

    def __init__(
        self,
        board: Board,
        lines: Lines,
        locks: Locks,
        clock: Clock,
        ages: Ages,
        owner: str,
        sending: Callable[[str], asyncio.Task[object] | None],
    ) -> None:
        self._board = board
        self._lines = lines
        self._locks = locks
        self._clock = clock
        self._ages = ages
        self._me = owner
        self._sending = sending

    def followed(self, order: Order) -> Entry:
        """The job that only tracks what the order names: the one there is, or a new one."""
        return self._followed_already(order) or self._board.add(self.new(order))

    async def admitted(self, order: Order) -> Entry:
        """The order's job in the journal; an enable that it supersedes ends in the same step. Raises Excluded."""
        while True:
            entry = self._without_excluded(self.new(order))
            try:
                return self._board.add(entry)
            except Excluded as refused:
                if not exclusion.gives_way(refused.job, order.kind):
                    raise
                older = await self._once_answered(refused.job.id)
            if older and older.job.open:
                after = exclusion.superseded(older, entry.job, self._ages.moment(older.job.id))
                with suppress(Overtaken):
                    return self._board.add(entry, (older, after))
            self._board.refresh()

    async def _once_answered(self, job_id: str) -> Entry | None:
        """The entry once no living program waits for an answer to its request."""
        while (entry := self._board.find(job_id)) and entry.owner:
            if task := self._sending(job_id):
                await asyncio.wait({task})
            elif entry.owner == self._me or not self._locks.is_alive(entry.owner):
                return run.interrupted(entry, ENDED, self._ages.moment(job_id))
            else:
                await self._clock.sleep(GLANCE_SECONDS)
                await asyncio.sleep(0)
            self._board.refresh()
        return entry

    def _without_excluded(self, entry: Entry) -> Entry:
        """Of a run over items, the ones that another job excludes are rejected here, and the others are sent."""
        if not KINDS[entry.job.kind].leaves_out_excluded:
            return entry
        self._board.refresh()
        held = {key: other for other in self._board.rows() for key in other.claims}
        for part in entry.job.parts:
            key = entry.order.key_of(part.target) or ""
            if other := held.get(key):
                excluded = Excluded(other.holder(key)) if isinstance(other, Entry) else ExcludedByUnreadable(other)
                moment = self._ages.moment(entry.job.id)
                entry = run.held_back(entry, part, f"Nothing was sent: {excluded.sentence}", BadInput.__name__, moment)
        return entry

    def _followed_already(self, order: Order) -> Entry | None:
        """The unfinished job that checks the same thing: a second one would only check twice."""
        self._board.refresh()
        wanted = (order.profile, order.store, order.kind, order.target)
        for entry in self._board.entries():
            job = entry.job
            if job.open and (job.profile, job.store, job.kind, job.target) == wanted:
                return entry
        return None

    def new(self, order: Order) -> Entry:
        """The job of an order, as it begins."""
        now = self._clock.now()
        settling = [each.task.settling for each in requests.writes(order) if each.task.settling]
        if order.parts:
            settling = settling[:1]
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
            host=order.host if KINDS[order.kind].remembers_host else None,
            usual=usual or sum(each.usual for each in settling) or None,
            most=sum(each.most for each in settling) or None,
            parts=tuple(map(Part, order.parts)),
            task=order.task,
        )
        owner = None if order.watch else self._me
        user = self._lines.user_of(order.profile)
        return Entry(job, order, KINDS[order.kind].begins, phase_at=now, sent_at=now, owner=owner, user=user)
