"""What the other logins' servers say of their snapshots: each asked once, side by side; one that fails harms no
other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from durastore_tui.api.request_log import RequestLog
from durastore_tui.config.profile_file import Held
from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import BadInput, DuraStoreError, Rejected
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import (
    Empty,
    Failed,
    NotAllowed,
    Ready,
    Resource,
    asked,
    is_under_way,
    value_of,
    went_wrong,
)
from durastore_tui.services import overview
from durastore_tui.services.accounts import Account, at_hand, session_of
from durastore_tui.services.overview_reading import read_snapshots, restored_of
from durastore_tui.services.snapshot_list import Preservation
from durastore_tui.services.spaces import Spaces

AT_ONCE = 3


class Figures(NamedTuple):
    """How many snapshots are stuck, and how many restores expire within a week; None where that was not told."""

    stuck: int | None = None
    expiring: int | None = None


class Accounts:
    """The logins that are at hand, with what each was answered and when. `jobs` gives those of a profile, `log` keeps
    what is asked."""

    def __init__(self, clock: Clock, jobs: Callable[[str], Sequence[Job]], log: Callable[[], RequestLog]) -> None:
        self._clock = clock
        self._jobs = jobs
        self._log = log
        self._figures: dict[str, Resource[Figures]] = {}
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.found: tuple[Account, ...] | None = None
        self.without_password = 0

    def held(self, name: str) -> Resource[Figures]:
        """What is known of an account without asking."""
        return self._figures.get(name, Empty())

    async def find(self, held: Held, environ: Mapping[str, str]) -> None:
        """Looks which profiles of the file have a password without asking anybody."""
        every = await at_hand(held, environ)
        self.found = tuple(account for account in every if account.endpoint)
        self.without_password = len(every) - len(self.found)

    async def read(self, but: Collection[str], told: Callable[[], None], *, again: bool = False) -> None:
        """Asks those that were not asked yet, `but` some; `again` all of them. Raises nothing of what they answer."""
        wanted = [one for one in self.found or () if one.name not in but]
        wanted = [one for one in wanted if again or isinstance(self.held(one.name), Empty)]
        before = {one.name: self.held(one.name) for one in wanted}
        for account in wanted:
            self._figures[account.name] = asked(before[account.name], self._clock.now())
        told()
        try:
            await asyncio.gather(*(self._settle(account, told) for account in wanted))
        finally:  # what the reader left unanswered is as it was
            self._figures |= {name: state for name, state in before.items() if is_under_way(self.held(name))}

    async def _settle(self, account: Account, told: Callable[[], None]) -> None:
        async with self._gate:
            held = self.held(account.name)
            try:
                self._figures[account.name] = Ready(await self._ask(account), self._clock.now())
            except DuraStoreError as error:
                self._figures[account.name] = went_wrong(held, error, self._clock.now())
            except BadInput as wrong:
                refused = Rejected("connect", None, wrong.sentence)
                self._figures[account.name] = went_wrong(held, refused, self._clock.now())
            told()

    async def _ask(self, account: Account) -> Figures:
        jobs = self._jobs(account.name)
        async with session_of(account, self._clock, log=self._log()) as session:
            preservation = Preservation(session)
            await read_snapshots(preservation, None, jobs)
            if preservation.found:
                match preservation.found.listed:
                    case Failed(error, _) | NotAllowed(error, _):
                        raise error
            return figures_of(preservation, None, jobs, self._clock.now())


def figures_of(preservation: Preservation, spaces: Spaces | None, jobs: Sequence[Job], now: datetime) -> Figures:
    """Out of what is held of one login."""
    held = preservation.found
    rows = value_of(held.listed) if held else None
    if held is None or rows is None:
        return Figures()
    stuck = overview.stuck_among(rows, held, jobs, now)
    return Figures(len(stuck), len(overview.expiring(restored_of(held, spaces, jobs), held, now)))
