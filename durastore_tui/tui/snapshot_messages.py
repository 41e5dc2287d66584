"""What workers tell the screens of snapshots: each ends in exactly one of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from durastore_tui.core.resource import Resource
from durastore_tui.tui.messages import message

if TYPE_CHECKING:
    from durastore_tui.core.tasks.restores import Restore
    from durastore_tui.core.tasks.snapshots import Event, Snapshot, Summary, Totals
    from durastore_tui.services.restore_space import RestoreSpace


@message
class SnapshotsListed(Message):
    """The snapshots, newest first, or why not."""

    rows: Resource[tuple[Summary, ...]]


@message
class SnapshotRead(Message):
    """One snapshot's details, or why not."""

    snapshot: str
    detail: Resource[Snapshot]


@message
class TotalsRead(Message):
    """What the server sums over the complete ones; None where this login may not ask."""

    totals: Totals | None


@message
class RestoreRead(Message):
    """A snapshot's last restore, and the space that a restore of it makes."""

    snapshot: str
    restore: Resource[Restore | None]
    space: Resource[RestoreSpace | None]


@message
class HistoryRead(Message):
    """Every event of a snapshot, newest first, or why not."""

    events: Resource[tuple[Event, ...]]
