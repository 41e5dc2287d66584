"""Before a snapshot is made, restarted or restored: what the server would refuse, and the order to send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from durastore_tui.api.reports import Sample
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.api.stores import Store
from durastore_tui.core.errors import Missing
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.resource import Ready, Stale
from durastore_tui.core.snapshots import SnapshotId, taken_apart
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.jobs import Order
from durastore_tui.services.jobs.preserving import FAILED, RESTORED
from durastore_tui.services.session import Session
from durastore_tui.services.snapshot_list import Snapshots

COMPLETE = "SNAPSHOT_COMPLETE"
BRIDGE_GONE = (
    "Hosted servers of today may have lost the bridge that makes snapshots. The server then answers with an error, "
    "after seven seconds or more."
)


@dataclass(frozen=True, slots=True)
class Preflight:
    """A space before its snapshot; `figures` are last night's, of `night`, where the login may read them."""

    space: str
    store: Store
    properties: SpaceProperties
    figures: Sample | None
    night: date | None

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the server would refuse."""
        found = []
        if carried := self.properties.snapshot_id:
            found.append(f"A snapshot of it is under way: {carried}. The server refuses a second one (409).")
        if self.properties.count == "0":
            found.append("It is empty, and of an empty space no snapshot is taken (409).")
        return tuple(found)


async def preflight(snapshots: Snapshots, space: str) -> Preflight:
    """Reads the space now, and last night's figures; raises the error tree for the space alone."""
    properties = await snapshots.spaces.properties_of(space)
    match await snapshots.reports.read_night():
        case Ready(night, _) | Stale(night, _):
            return Preflight(space, snapshots.session.store, properties, night.spaces.get(space), night.day)
    return Preflight(space, snapshots.session.store, properties, None, None)


def no_restart(snapshot: Snapshot) -> str | None:
    """Why the server would refuse to restart it; the server's own reason is lost on the wire (protocol §7.15)."""
    return None if snapshot.status == FAILED else f"It is {snapshot.status}; the server restarts only {FAILED}."


@dataclass(frozen=True, slots=True)
class Outlook:
    """A snapshot before its restore. `restore` is its last one; `properties` are those of the space that a restore
    would make, None while there is no such space."""

    snapshot: Snapshot
    parts: SnapshotId | None
    restore: Restore | None
    properties: SpaceProperties | None

    @property
    def space(self) -> str:
        """The space that a restore makes."""
        return self.parts.restore_space if self.parts else ""

    @property
    def cut(self) -> bool:
        """Whether its name is cut to 42 characters, so that two snapshots can want the same."""
        return self.parts is not None and not self.space.endswith(self.parts.taken.strftime("%Y-%m-%d-%H-%M-%S"))

    @property
    def orphan(self) -> bool:
        """Whether the space was left by an attempt that the bridge refused: it blocks the next one (protocol §7.20)."""
        here = self.restore is not None and self.restore.destination_space_id == self.space
        return self.properties is not None and not self.properties.restore_id and not here

    def doubts(self, *, start: bool) -> tuple[str, ...]:
        """Why the server would refuse to `start` it, or else to ask the operators for it."""
        found = []
        if self.parts is None:
            found.append("The server takes the id apart at its underscores, and fails on this one.")
        if self.snapshot.status != COMPLETE:
            found.append(f"It is {self.snapshot.status}; only {COMPLETE} can be restored.")
        if start and self.orphan:
            found.append(
                f"{self.space} is there without a restore: an attempt that was refused left it. Delete it first."
            )
        elif start and self.properties is not None:
            found.append(f"It was restored already, to {self.space}: while that space is there the server refuses.")
        return tuple(found)


async def outlook(snapshots: Snapshots, snapshot: str) -> Outlook:
    """Reads the snapshot, its last restore, and the space that a restore would make; raises the error tree."""
    shown, restore = await snapshots.detail(snapshot), await snapshots.restore_of(snapshot)
    parts = taken_apart(snapshot)
    try:
        properties = await snapshots.spaces.properties_of(parts.restore_space) if parts else None
    except Missing:
        properties = None
    return Outlook(shown, parts, restore, properties)


def creation(session: Session, before: Preflight, description: str, email: str) -> Order:
    """The order for a new snapshot."""
    values = (("description", description), ("userEmail", email))
    return Order(
        JobKind.SNAPSHOT,
        session.profile.name,
        session.store.id,
        before.space,
        values=values,
        was=before.properties.snapshot_id,
    )


def restart(session: Session, snapshot: Snapshot) -> Order:
    """The order that restarts one."""
    return _about(session, snapshot, watch=False)


def restoration(session: Session, before: Outlook, email: str) -> Order:
    """The order that starts a restore."""
    return Order(
        JobKind.RESTORE,
        session.profile.name,
        session.store.id,
        before.space,
        target=before.snapshot.snapshot_id,
        values=(("userEmail", email),),
        was=before.restore.restore_id if before.restore else None,
    )


def following(session: Session, snapshot: Snapshot) -> Order:
    """Sends nothing, and follows a snapshot that somebody else may have begun."""
    return _about(session, snapshot, watch=True)


def following_restore(session: Session, restore: Restore) -> Order:
    """Sends nothing, and follows a restore."""
    space = restore.destination_space_id or ""
    return Order(JobKind.RESTORE, session.profile.name, session.store.id, space, target=restore.restore_id, watch=True)


def under_way(snapshot: Snapshot) -> bool:
    """Whether there is something to follow."""
    return snapshot.status != COMPLETE


def restore_under_way(restore: Restore) -> bool:
    """Whether there is something to follow."""
    return restore.status not in RESTORED


def _about(session: Session, snapshot: Snapshot, *, watch: bool) -> Order:
    space = snapshot.source_space_id or ""
    target = snapshot.snapshot_id
    return Order(JobKind.SNAPSHOT, session.profile.name, session.store.id, space, target=target, watch=watch)
