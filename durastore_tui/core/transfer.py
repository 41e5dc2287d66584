"""How far a snapshot's transfer is: the server tells the items so far, nobody those to come (protocol §7.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from durastore_tui.core.tasks.snapshots import Snapshot

UNDER_WAY = frozenset({"INITIALIZED", "TRANSFERRING_FROM_DURACLOUD", "FAILED_TO_TRANSFER_FROM_DURACLOUD"})


@dataclass(frozen=True, slots=True)
class Transfer:
    """Items so far, the source space's items when they are known, and both in words that say by whom."""

    done: int
    total: int | None
    words: str

    @property
    def share(self) -> float | None:
        """0 to 1; None when the total is not known. The snapshot counts a file of the server's own as well."""
        return min(1.0, self.done / self.total) if self.total else None


def transfer(
    snapshot: Snapshot, *, reported: int | None = None, day: date | None = None, shown: str | None = None
) -> Transfer | None:
    """None when nothing is transferred any more.

    `reported` are the source space's items in the report of `day`, `shown` is what its properties count (`1000+`).
    """
    if snapshot.status not in UNDER_WAY:
        return None
    done = snapshot.content_item_count or 0
    if reported is not None:
        dated = f" (report of {day})" if day else ""
        return Transfer(done, reported, f"{done:,} of {reported:,} items{dated}")
    if shown is None:
        return Transfer(done, None, f"{done:,} items so far; nobody says of how many")
    if shown.isdecimal():
        return Transfer(done, int(shown), f"{done:,} of {int(shown):,} items that the space holds")
    return Transfer(done, None, f"{done:,} of {shown} items: the space counts no further")
