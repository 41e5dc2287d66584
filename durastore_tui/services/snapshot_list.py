"""The snapshots of one store: all at once, their details a few at a time, and what is wrong with one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import cast

from durastore_tui.api.stores import Store
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Resource
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Event, Snapshot, Summary, Totals
from durastore_tui.services.jobs.preserving import HALTED, STUCK_AFTER
from durastore_tui.services.kinds_of_reads import (
    HISTORIES,
    RESTORE_SPACES,
    RESTORES,
    SNAPSHOT_LISTS,
    SNAPSHOT_TOTALS,
    SNAPSHOTS,
)
from durastore_tui.services.reports import Reports
from durastore_tui.services.restore_space import RestoreSpace, restore_space
from durastore_tui.services.session import Session
from durastore_tui.services.snapshots import history, last_restore
from durastore_tui.services.spaces import Spaces

Each = Callable[[str, Resource[Snapshot]], None]
AT_ONCE = 4
MAY_STICK = frozenset({*HALTED, *STUCK_AFTER})
"""The statuses that a snapshot can be stuck in."""


class Snapshots:
    """Reads through a session whose store has snapshots, and keeps what it read, with its time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.spaces = Spaces(session)
        self.reports = Reports(session)
        self._cache = session.cache

    async def list(self) -> tuple[Summary, ...]:
        """Every snapshot that this login may see, newest first (protocol §7.11), read now; raises the error tree."""
        return await self._cache.read(SNAPSHOT_LISTS, self._store, self._ask_rows)

    @property
    def listed(self) -> Resource[tuple[Summary, ...]]:
        """The rows as they are held."""
        return self._cache.cached(SNAPSHOT_LISTS, self._store)

    async def refresh_list(self) -> Resource[tuple[Summary, ...]]:
        """How we stand with the rows after asking now; raises Unauthorized."""
        return await self._cache.refresh(SNAPSHOT_LISTS, self._store, self._ask_rows)

    def held(self, snapshot: str) -> Resource[Snapshot]:
        """What is known of one without asking."""
        return self._cache.cached(SNAPSHOTS, (self._store, snapshot))

    async def details(self, ids: Iterable[str], each: Each = lambda *_: None, at_once: int = AT_ONCE) -> None:
        """Asks in the order given and tells each result as it comes (protocol §7.10); raises Unauthorized."""
        await self._cache.refresh_all(
            SNAPSHOTS, self._keys(ids), self._ask_detail, at_once, lambda key, read: each(key[1], read)
        )

    async def detail(self, snapshot: str) -> Snapshot:
        """One snapshot, read now; raises Missing and the rest of the error tree."""
        return await self._cache.read(SNAPSHOTS, (self._store, snapshot), self._ask_detail)

    async def totals(self, status: str) -> Totals:
        """Of all in one status: how many, bytes, files (protocol §7.12, ADMIN); raises the error tree."""
        return cast(Totals, (await self.session.run(snapshots.TOTALS, {"status": status})).value)

    def cached_totals(self, status: str) -> Resource[Totals]:
        """The same as it is cached."""
        return self._cache.cached(SNAPSHOT_TOTALS, (self._store, status))

    async def refresh_totals(self, status: str) -> None:
        """Reads the same into the cache; raises Unauthorized."""
        await self._cache.refresh(SNAPSHOT_TOTALS, (self._store, status), lambda key: self.totals(key[1]))

    def held_restore(self, snapshot: str) -> Resource[Restore | None]:
        """What is known of the snapshot's last restore without asking; None where there is none."""
        return self._cache.cached(RESTORES, (self._store, snapshot))

    async def restore_of(self, snapshot: str) -> Restore | None:
        """The restore of the snapshot that changed last, or None (protocol §7.21); raises the error tree."""
        return await self._cache.read(RESTORES, (self._store, snapshot), self._ask_restore)

    async def refresh_restore(self, snapshot: str) -> Resource[Restore | None]:
        """How we stand with the snapshot's last restore after asking now; raises Unauthorized."""
        return await self._cache.refresh(RESTORES, (self._store, snapshot), self._ask_restore)

    async def restores(self, ids: Iterable[str], at_once: int = AT_ONCE) -> None:
        """Reads the last restore of each in the order given into the cache; raises Unauthorized."""
        await self._cache.refresh_all(RESTORES, self._keys(ids), self._ask_restore, at_once)

    def restore_space(self, snapshot: str) -> Resource[RestoreSpace | None]:
        """The space that a restore of the snapshot makes, as it is cached; None for an ID of another form."""
        return self._cache.cached(RESTORE_SPACES, (self._store, snapshot))

    async def refresh_restore_space(self, snapshot: str) -> None:
        """Reads whether that space exists into the cache; raises Unauthorized."""
        key = (self._store, snapshot)
        await self._cache.refresh(RESTORE_SPACES, key, lambda key: restore_space(self.session, key[1]))

    def history(self, snapshot: str) -> Resource[tuple[Event, ...]]:
        """Every event of a snapshot, newest first, as it is cached."""
        return self._cache.cached(HISTORIES, (self._store, snapshot))

    async def refresh_history(self, snapshot: str) -> None:
        """Reads every event of a snapshot into the cache (protocol §7.14); raises Unauthorized."""
        await self._cache.refresh(HISTORIES, (self._store, snapshot), lambda key: history(self.session, key[1]))

    @property
    def _store(self) -> str:
        return self.session.store.id

    def _keys(self, ids: Iterable[str]) -> Iterator[tuple[str, str]]:
        return ((self._store, snapshot) for snapshot in ids)

    async def _ask_rows(self, _: str) -> tuple[Summary, ...]:
        found = cast(snapshots.Snapshots, (await self.session.run(snapshots.LIST, {})).value)
        named = (row for row in found.snapshots if row.snapshot_id)
        return tuple(sorted(named, key=_stamp, reverse=True))

    async def _ask_detail(self, key: tuple[str, str]) -> Snapshot:
        return cast(Snapshot, (await self.session.run(snapshots.SHOW, {"snapshotId": key[1]})).value)

    async def _ask_restore(self, key: tuple[str, str]) -> Restore | None:
        return await last_restore(self.session, key[1])


def _stamp(row: Summary) -> str:
    """The time in its id, which sorts as text does (protocol §8.2); taking ten thousand of them apart takes long."""
    return (*(row.snapshot_id or "").split("_", 4), "", "", "", "")[3]


@lru_cache(maxsize=20_000)
def taken_at(snapshot: str) -> datetime | None:
    """When it was taken, as its id says (protocol §8.2)."""
    parts = taken_apart(snapshot)
    return parts.taken if parts else None


def begun(snapshot: str, jobs: Iterable[Job], ahead: timedelta) -> datetime | None:
    """When it was taken, or restarted by one of the jobs, as far as that was answered; by the server's clock, which is
    `ahead` of ours."""
    about = (job for job in jobs if job.target == snapshot)
    sent = (job.since + ahead for job in about if any(look.step == "answer" for look in job.evidence))
    return max(sent, default=taken_at(snapshot))


def stuck(status: str | None, begun: datetime | None, now: datetime) -> str | None:
    """Why it will not go on by itself, or seems not to; the server itself never says so. `begun` is when it was taken,
    or restarted."""
    if reason := HALTED.get(status or ""):
        return reason
    limit = STUCK_AFTER.get(status or "")
    if limit is None or begun is None or now - begun < limit:
        return None
    hours = limit.total_seconds() / 3600
    within = f"{hours:.0f} hour" if hours == 1 else f"{hours / 24:.0f} days"
    return f"Begun {_long(begun, now)} ago and still {status}; that seldom lasts over {within}. Ask the operators."


def _long(since: datetime, now: datetime) -> str:
    hours = int((now - since).total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"


class Preservation:
    """Finds the store once; ids come from the server's own list alone (protocol §5)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._finding = asyncio.Lock()
        self.found: Snapshots | None = None

    async def find(self) -> tuple[Store, ...]:
        """Uses the current store if it has snapshots, else the only one that does. Gives the ones to choose from when
        there are several; nothing is found where there are none. Raises Unauthorized."""
        async with self._finding:  # two places may look for it at once
            if self.found:
                return ()
            having = await self._session.stores_with(snapshots.LIST)
            here = [store for store in having if store.id == self._session.store.id] or having
            if len(here) == 1:
                self.use(here[0])
                return ()
            return having

    def use(self, store: Store) -> Snapshots:
        """The snapshots of this store from now on."""
        self.found = Snapshots(self._session.at(store))
        return self.found
