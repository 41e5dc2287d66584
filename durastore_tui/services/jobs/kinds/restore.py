"""Restoring a snapshot into a new space: its status tells (protocol §7.20)."""

from durastore_tui.core.jobs import JobState
from durastore_tui.core.tasks import restores
from durastore_tui.services.jobs.kinds.kind import DAY_LONG_STEPS, Kind, limits_of_people
from durastore_tui.services.jobs.preserving import STUCK, look_at_restore
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.second_look import settle_restore

RESTORE = Kind(
    first=lambda order, _: Request(restores.START, {"snapshotId": str(order.target), **dict(order.values)}),
    words={
        JobState.SENT: "Asked DuraCloud to restore a snapshot. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud registered the restore. Preservation staff retrieve the content: hours to days.",
        JobState.IN_PROGRESS: "The restore is in progress.",
        JobState.CONFIRMED: "The restore is complete.",
        JobState.OVERDUE: "The restore failed. Contact the operators.",
        JobState.UNKNOWN: "DuraCloud does not show whether a restore started.",
        JobState.REJECTED: "No restore was made.",
        JobState.NO_REPLY: "No reply: a restore may have begun. A check is running; nothing is sent again.",
    },
    check=look_at_restore,
    names_target=True,
    settle=settle_restore,
    steps=DAY_LONG_STEPS,
    limits=limits_of_people,
    advice={JobState.OVERDUE: STUCK},
    checked_before_exit=frozenset({JobState.NO_REPLY}),
)
