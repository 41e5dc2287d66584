"""How tables of snapshots and restores are written down, and how a row becomes a record (demo-world §6.4, §6.6)."""

from collections.abc import Iterable
from dataclasses import dataclass

from durastore_tui.sandbox.bridge import history
from durastore_tui.sandbox.bridge.contents import added_names
from durastore_tui.sandbox.bridge.course import DAY, RESTORE_PHASES, SNAPSHOT_PHASES, begins
from durastore_tui.sandbox.bridge.history import History
from durastore_tui.sandbox.bridge.ids import SnapshotId, stamp
from durastore_tui.sandbox.bridge.records import Restore, Snapshot
from durastore_tui.sandbox.bridge.settling import RESTORE_DAYS
from durastore_tui.sandbox.world import World

TRANSFERRING = begins(SNAPSHOT_PHASES, "TRANSFERRING_FROM_DURACLOUD")
TRANSFER = begins(SNAPSHOT_PHASES, "REPLICATING_TO_STORAGE") - TRANSFERRING
COMPLETE = begins(SNAPSHOT_PHASES, "SNAPSHOT_COMPLETE")


@dataclass(frozen=True)
class Kept:
    """A row of a table of snapshots. `age` is in seconds, `bytes` what it has once it is staged.

    `ahead` is the process time that lies behind it; with `stays` it never leaves the status that it is in. Without an
    `event_count` it has the three events of every preserved one, or, before that, none that are computed.
    """

    space: str
    age: float
    items: int
    bytes: int
    description: str | None = None
    status: str = "SNAPSHOT_COMPLETE"
    ahead: float = COMPLETE
    stays: bool = False
    pattern: str = "plain"
    member: str | None = ""
    alternates: tuple[str, ...] | None = ()
    events: str = "life"
    event_count: int | None = None
    email: str = "ana.ruiz@lakeshore.example"


@dataclass(frozen=True)
class Restored:
    """A row of a table of restores; ages and times to live in seconds. `of` is the snapshot."""

    of: Snapshot
    age: float
    status: str
    entered_age: float
    expires_in: float | None = None
    space_gone: bool = False


def snapshot_of(world: World, store: str, row: Kept) -> Snapshot:
    date = float(int(world.born - row.age))
    return Snapshot(
        id=str(SnapshotId(world.profile.account, store, row.space, date)),
        date=date,
        space=row.space,
        description=row.description,
        email=row.email,
        member=world.profile.member if row.member == "" else row.member,
        alternates=row.alternates,
        status=row.status,
        since=world.born,
        ahead=row.ahead,
        halts_at=row.ahead if row.stays else None,
        halts_as=row.status if row.stays else None,
        items=row.items,
        bytes=row.bytes,
        pattern=row.pattern,
        generated=max(row.items - added_names(row.pattern), 0),
        events=row.events,
        event_count=(3 if row.ahead == COMPLETE else 0) if row.event_count is None else row.event_count,
    )


def restore_of(world: World, store: str, row: Restored) -> Restore:
    started, entered = world.born - row.age, world.born - row.entered_age
    over = row.expires_in is not None
    expires = world.born + row.expires_in if row.expires_in is not None else None
    finished = row.status in ("ERROR", "RESTORATION_EXPIRED")
    ahead = begins(RESTORE_PHASES, "RESTORATION_COMPLETE" if over or finished else row.status)
    return Restore(
        id=f"{world.profile.host.split('.')[0]}_{store}_{row.of.space}_{stamp(started)}",
        snapshot=row.of.id,
        space=SnapshotId(world.profile.account, store, row.of.space, row.of.date).restore_space,
        status=row.status,
        started=started,
        entered=entered,
        ended=expires - RESTORE_DAYS * DAY if expires is not None else None,
        expires=expires,
        since=world.born,
        ahead=ahead,
        halts_at=None,
        halts_as=None,
    )


def tell(world: World, store: str, snapshot: Snapshot, events: Iterable[tuple[float, str]]) -> None:
    """Adds events by age in seconds."""
    told = History(world.db, world.clock, world.name, store)
    for age, text in events:
        told.add(snapshot.id, text, world.born - age)


def tell_begun(world: World, store: str, snapshot: Snapshot) -> None:
    """What the bridge wrote of a snapshot that is not preserved yet."""
    told = History(world.db, world.clock, world.name, store)
    told.add(snapshot.id, history.snapshot_initiated(snapshot.id, snapshot.email), snapshot.date + 1.5)
    if snapshot.ahead >= TRANSFERRING + TRANSFER and snapshot.status != "CANCELLED":
        told.add(snapshot.id, history.snapshot_staged(snapshot.id), snapshot.date + TRANSFER)
    if snapshot.status == "CLEANING_UP":
        told.add(snapshot.id, history.snapshot_completed(snapshot.id, snapshot.alternates), snapshot.date + DAY)
