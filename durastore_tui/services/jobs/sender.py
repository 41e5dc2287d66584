"""Sends the parts of a run: each is in the journal as sent before its request leaves."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from durastore_tui.core.errors import BadInput, DuraStoreError, Missing, Unauthorized, Unreachable
from durastore_tui.core.jobs import Part
from durastore_tui.services.jobs import requests, run
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.answers import Answer
from durastore_tui.services.jobs.board import Board
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.journal import Overtaken
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.server import Line

Ask = Callable[[Line, Entry, Request], Awaitable[Answer]]


class RunSender:
    """Sends one run. `is_stopped` says whether the run was halted or this program is ending."""

    def __init__(
        self,
        entry: Entry,
        line: Line,
        board: Board,
        ask: Ask,
        moment: Callable[[], Moment],
        is_stopped: Callable[[], bool],
    ) -> None:
        self._entry = entry
        self._owner = entry.owner or ""
        self._line = line
        self._board = board
        self._ask = ask
        self._moment = moment
        self._is_stopped = is_stopped
        self._waiting = iter(run.waiting(entry.job))
        self._why = ""

    async def send(self) -> Entry:
        """Send the unsent parts, a few at a time. When something stops it, the rest is paused."""
        senders = [self._send_in_turn() for _ in range(KINDS[self._entry.job.kind].parts_at_once)]
        ends = await asyncio.gather(*senders, return_exceptions=True)
        for end in ends:
            if isinstance(end, BaseException):
                raise end
        self._note(run.paused(self._entry, self._moment(), self._why))
        return self._entry

    async def _send_in_turn(self) -> None:
        while part := self._next():
            if await self._is_ready(part) and not self._ends():
                if not self._claim(part):
                    return
                answer = await self._ask(self._line, self._entry, requests.first(self._entry.order, part.target))
                self._note(run.answered(self._entry, part.target, answer, self._moment()))
                self._why = self._why or run.stop(answer)

    def _ends(self) -> bool:
        return bool(self._why) or self._is_stopped()

    def _next(self) -> Part | None:
        if self._ends():
            return None
        return next(self._waiting, None)

    async def _is_ready(self, part: Part) -> bool:
        """Whether the part may be sent: DuraCloud accepts a retrieval of an item that is not there (protocol §7.8)."""
        order = self._entry.order
        if not KINDS[order.kind].needs_item or order.unchecked:
            return True
        try:
            await self._line.server.find(order.store, order.space, part.target)
        except Missing as error:
            self._hold_back(part, f"The item does not exist, so nothing was sent: {error.words or error}", BadInput)
        except (DuraStoreError, BadInput) as error:
            self._hold_back(part, f"Nothing was sent: {error}", type(error))
            if isinstance(error, Unauthorized | Unreachable):
                self._why = self._why or "DuraCloud cannot be reached or rejects the login, so the rest was not sent."
        else:
            return True
        return False

    def _hold_back(self, part: Part, sentence: str, error: type[Exception]) -> None:
        self._note(run.held_back(self._entry, part, sentence, error.__name__, self._moment()))

    def _claim(self, part: Part) -> bool:
        """Journals the part as sent; False where that cannot be, for what is not in the journal is not sent."""
        try:
            self._entry = self._board.move(self._entry, run.sending(self._entry, part, self._owner, self._moment()))
        except BadInput as error:
            self._why = error.sentence
            return False
        return True

    def _note(self, after: Entry) -> None:
        """Journals what came, unless the job was forgotten meanwhile."""
        with suppress(Overtaken):
            self._entry = self._board.keep(self._entry, after)
