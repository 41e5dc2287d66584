"""Following what somebody else may have begun: orders that send nothing (design §5)."""

from __future__ import annotations

from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.changes.snapshot_changes import RESTORABLE
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.session import Session

EXPIRED = "RESTORATION_EXPIRED"


def of_snapshot(session: Session, snapshot: Snapshot) -> Order | None:
    """None for a complete one, of which nothing more will come."""
    if snapshot.status == RESTORABLE:
        return None
    return _order(session, JobKind.SNAPSHOT, snapshot.source_space_id, snapshot.snapshot_id)


def of_restore(session: Session, restore: Restore) -> Order | None:
    """None for one that expired; of one that is complete the job knows when it will, and says so in time."""
    if restore.status == EXPIRED:
        return None
    return _order(session, JobKind.RESTORE, restore.destination_space_id, restore.restore_id)


def _order(session: Session, kind: JobKind, space: str | None, target: str | None) -> Order:
    return Order(kind, session.profile.name, session.store.id, space or "", target=target, watch=True)
