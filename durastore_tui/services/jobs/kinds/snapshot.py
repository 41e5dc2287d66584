"""Creating or restarting a snapshot: its status tells (protocol §7.9, §7.15)."""

from durastore_tui.core.jobs import JobState
from durastore_tui.core.tasks import snapshots
from durastore_tui.services.jobs.kinds.kind import DAY_LONG_STEPS, Kind, limits_of_people
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.preserving import STUCK, look_at_snapshot
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.second_look import settle_snapshot


def _create_or_restart(order: Order, _: str | None) -> Request:
    if order.target is None:
        return Request(snapshots.CREATE, {"spaceId": order.space, **dict(order.values)})
    return Request(snapshots.RESTART, {"snapshotId": order.target})


SNAPSHOT = Kind(
    first=_create_or_restart,
    words={
        JobState.SENT: "Asked DuraCloud for a snapshot. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud registered the snapshot. Copying takes hours to days.",
        JobState.IN_PROGRESS: "The snapshot is in progress.",
        JobState.CONFIRMED: "The snapshot is complete.",
        JobState.OVERDUE: "The snapshot failed or appears stuck. Contact the operators.",
        JobState.UNKNOWN: "The properties of the space cannot show whether there is a snapshot.",
        JobState.REJECTED: "No snapshot was made.",
        JobState.NO_REPLY: "No reply: a snapshot may have begun. A check is running; nothing is sent again.",
    },
    check=look_at_snapshot,
    names_target=True,
    settle=settle_snapshot,
    changes_snapshots=True,
    steps=DAY_LONG_STEPS,
    limits=limits_of_people,
    advice={JobState.OVERDUE: STUCK},
    checked_before_exit=frozenset({JobState.NO_REPLY}),
)
