"""How much a store held last night, and how a space grew (protocol §10.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from durastore_tui.api import reports
from durastore_tui.api.reports import Sample
from durastore_tui.core.resource import Empty, Ready, Resource, value_of
from durastore_tui.services.session import Session
from durastore_tui.services.shelf import Shelf

NIGHTS = 3
GROWTH = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Night:
    """Every space that a night counted, by id; `day` is None when none of the last ones counted anything."""

    day: date | None = None
    spaces: Mapping[str, Sample] = field(default_factory=dict)


class Reports:
    """Of one store, kept once read; asked of administrators' logins alone, others get a 403."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._nights: Shelf[str, Night] = Shelf(self._ask_night, session.clock.now)
        self._days: Shelf[date, Night] = Shelf(self._ask_day, session.clock.now)
        self._history: Shelf[str, tuple[Sample, ...]] = Shelf(self._ask_history, session.clock.now)
        self._growth: Shelf[str, tuple[Sample, ...]] = Shelf(self._ask_growth, session.clock.now)

    @property
    def night(self) -> Resource[Night]:
        """Last night's figures as they are held, be it that somebody looked at that day."""
        held = self._nights.held(self._session.store.id)
        if isinstance(held, Empty):
            match self.day(self._yesterday):
                case Ready(night, _) as read if night.spaces:
                    return read
        return held

    def of(self, space: str) -> Sample | None:
        """Last night's figures of a space, when they are held."""
        night = value_of(self.night)
        return night.spaces.get(space) if night else None

    async def read_night(self) -> Resource[Night]:
        """Reads the newest night that counted: one request, more only where the last one did not. Raises
        Unauthorized."""
        return await self._nights.settle(self._session.store.id)

    @property
    def history(self) -> Resource[tuple[Sample, ...]]:
        """The whole store, day by day over two years, oldest first, as it is held; a day may be missing."""
        return self._history.held(self._session.store.id)

    async def read_history(self) -> Resource[tuple[Sample, ...]]:
        """Reads what the store held day by day: one request. Raises Unauthorized."""
        return await self._history.settle(self._session.store.id)

    def day(self, day: date) -> Resource[Night]:
        """What each space held on a day, as it is held."""
        return self._days.held(day)

    async def read_day(self, day: date) -> Resource[Night]:
        """Reads what each space held on a day; raises Unauthorized."""
        return await self._days.settle(day)

    def growth(self, space: str) -> Resource[tuple[Sample, ...]]:
        """Monthly averages over two years, oldest first, as they are held."""
        return self._growth.held(space)

    async def read_growth(self, space: str) -> Resource[tuple[Sample, ...]]:
        """Reads how the space grew; raises Unauthorized."""
        return await self._growth.settle(space)

    @property
    def _yesterday(self) -> date:
        return self._session.clock.now().date() - timedelta(days=1)

    async def _ask_night(self, _: str) -> Night:
        for before in range(NIGHTS):
            night = await self._days.read(self._yesterday - timedelta(days=before))
            if night.spaces:
                return night
        return Night()

    async def _ask_day(self, day: date) -> Night:
        found = await reports.store_on(self._session.transport, self._session.store.id, day)
        return Night(found[0].day if found else None, {sample.space: sample for sample in found if sample.space})

    async def _ask_history(self, store: str) -> tuple[Sample, ...]:
        begin = self._session.clock.now().date() - GROWTH
        return await reports.store_since(self._session.transport, store, begin, "day")

    async def _ask_growth(self, space: str) -> tuple[Sample, ...]:
        begin = self._session.clock.now().date() - GROWTH
        return await reports.space_since(self._session.transport, self._session.store.id, space, begin, "month")
