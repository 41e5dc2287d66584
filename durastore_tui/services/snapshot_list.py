"""The snapshots of one store: all at once, their details a few at a time, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import cast

from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Resource
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot, Summary, Totals
from durastore_tui.services.jobs.preserving import HALTED, STUCK_AFTER
from durastore_tui.services.reports import Reports
from durastore_tui.services.session import Session
from durastore_tui.services.shelf import Shelf
from durastore_tui.services.snapshots import last_restore
from durastore_tui.services.spaces import Spaces

Each = Callable[[str, Resource[Snapshot]], None]
EachRestore = Callable[[str, Resource[Restore | None]], None]
AT_ONCE = 4


class Snapshots:
    """Reads through a session whose store has snapshots, and keeps what it read, with its time."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.spaces = Spaces(session)
        self.reports = Reports(session)
        self._rows: Shelf[None, tuple[Summary, ...]] = Shelf(self._ask_rows, session.clock.now)
        self._details: Shelf[str, Snapshot] = Shelf(self._ask_detail, session.clock.now)
        self._restores: Shelf[str, Restore | None] = Shelf(self._ask_restore, session.clock.now)

    async def list(self) -> tuple[Summary, ...]:
        """Every snapshot that this login may see, newest first (protocol §7.11), read now; raises the error tree."""
        return await self._rows.read(None)

    @property
    def listed(self) -> Resource[tuple[Summary, ...]]:
        """The rows as they are held."""
        return self._rows.held(None)

    async def settle_list(self) -> Resource[tuple[Summary, ...]]:
        """How we stand with the rows after asking now; raises Unauthorized."""
        return await self._rows.settle(None)

    def held(self, snapshot: str) -> Resource[Snapshot]:
        """What is known of one without asking."""
        return self._details.held(snapshot)

    async def details(self, ids: Iterable[str], each: Each, at_once: int = AT_ONCE) -> None:
        """Asks in the order given and tells each result as it comes (protocol §7.10); raises Unauthorized."""
        await self._details.read_all(ids, each, at_once)

    async def detail(self, snapshot: str) -> Snapshot:
        """One snapshot, read now; raises Missing and the rest of the error tree."""
        return await self._details.read(snapshot)

    async def totals(self, status: str) -> Totals:
        """Of all in one status: how many, bytes, files (protocol §7.12, ADMIN); raises the error tree."""
        return cast(Totals, (await self.session.run(snapshots.TOTALS, {"status": status})).value)

    def held_restore(self, snapshot: str) -> Resource[Restore | None]:
        """What is known of the snapshot's last restore without asking; None where there is none."""
        return self._restores.held(snapshot)

    async def restore_of(self, snapshot: str) -> Restore | None:
        """The restore of the snapshot that changed last, or None (protocol §7.21); raises the error tree."""
        return await self._restores.read(snapshot)

    async def settle_restore(self, snapshot: str) -> Resource[Restore | None]:
        """How we stand with the snapshot's last restore after asking now; raises Unauthorized."""
        return await self._restores.settle(snapshot)

    async def restores(self, ids: Iterable[str], each: EachRestore, at_once: int = AT_ONCE) -> None:
        """Asks for the last restore of each in the order given and tells it as it comes; raises Unauthorized."""
        await self._restores.read_all(ids, each, at_once)

    async def _ask_rows(self, _: None) -> tuple[Summary, ...]:
        found = cast(snapshots.Snapshots, (await self.session.run(snapshots.LIST, {})).value)
        named = (row for row in found.snapshots if row.snapshot_id)
        return tuple(sorted(named, key=_stamp, reverse=True))

    async def _ask_detail(self, snapshot: str) -> Snapshot:
        return cast(Snapshot, (await self.session.run(snapshots.SHOW, {"snapshotId": snapshot})).value)

    async def _ask_restore(self, snapshot: str) -> Restore | None:
        return await last_restore(self.session, snapshot)


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
