"""How much a store held last night, and how a space grew (protocol §10.1)."""

from __future__ import annotations

from datetime import date, timedelta

from durastore_tui.api import reports
from durastore_tui.api.reports import Night, Sample
from durastore_tui.core.resource import Empty, Ready, Resource, value_of
from durastore_tui.services.kinds_of_reads import DAYS, NIGHTS, SPACE_GROWTH, STORE_GROWTH
from durastore_tui.services.session import Session

NIGHTS_BACK = 3
GROWTH = timedelta(days=730)


class Reports:
    """Of one store, kept once read; asked of administrators' logins alone, others get a 403."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cache = session.cache

    @property
    def night(self) -> Resource[Night]:
        """Last night's figures as they are held, be it that somebody looked at that day."""
        held = self._cache.cached(NIGHTS, self._store)
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
        return await self._cache.refresh(NIGHTS, self._store, self._ask_night)

    @property
    def history(self) -> Resource[tuple[Sample, ...]]:
        """The whole store, day by day over two years, oldest first, as it is held; a day may be missing."""
        return self._cache.cached(STORE_GROWTH, self._store)

    async def read_history(self) -> Resource[tuple[Sample, ...]]:
        """Reads what the store held day by day: one request. Raises Unauthorized."""
        return await self._cache.refresh(STORE_GROWTH, self._store, self._ask_history)

    def day(self, day: date) -> Resource[Night]:
        """What each space held on a day, as it is held."""
        return self._cache.cached(DAYS, (self._store, day))

    async def read_day(self, day: date) -> Resource[Night]:
        """Reads what each space held on a day; raises Unauthorized."""
        return await self._cache.refresh(DAYS, (self._store, day), self._ask_day)

    def growth(self, space: str) -> Resource[tuple[Sample, ...]]:
        """Monthly averages over two years, oldest first, as they are held."""
        return self._cache.cached(SPACE_GROWTH, (self._store, space))

    async def read_growth(self, space: str) -> Resource[tuple[Sample, ...]]:
        """Reads how the space grew; raises Unauthorized."""
        return await self._cache.refresh(SPACE_GROWTH, (self._store, space), self._ask_growth)

    @property
    def _yesterday(self) -> date:
        return self._session.clock.now().date() - timedelta(days=1)

    @property
    def _store(self) -> str:
        return self._session.store.id

    async def _ask_night(self, store: str) -> Night:
        for before in range(NIGHTS_BACK):
            night = await self._cache.read(DAYS, (store, self._yesterday - timedelta(days=before)), self._ask_day)
            if night.spaces:
                return night
        return Night()

    async def _ask_day(self, key: tuple[str, date]) -> Night:
        found = await reports.store_on(self._session.transport, *key)
        return Night(found[0].day if found else None, {sample.space: sample for sample in found if sample.space})

    async def _ask_history(self, store: str) -> tuple[Sample, ...]:
        begin = self._session.clock.now().date() - GROWTH
        return await reports.store_since(self._session.transport, store, begin, "day")

    async def _ask_growth(self, key: tuple[str, str]) -> tuple[Sample, ...]:
        begin = self._session.clock.now().date() - GROWTH
        return await reports.space_since(self._session.transport, *key, begin, "month")
