"""Deleting a distribution: done when a host that answered before is silent in two checks (protocol §7.5)."""

from durastore_tui.core.jobs import JobState
from durastore_tui.services.jobs.distribution_checks import check_delete
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request

REVIVES = "Enabling the same type again while DuraCloud still deletes the distribution can break the new URLs."


def delete(order: Order, _: str | None = None) -> Request:
    """The write that deletes the distribution of the space."""
    return Request(FAMILIES[str(order.family)].delete, {"spaceId": order.space})


DELETE = Kind(
    first=delete,
    words={
        JobState.SENT: "Asked DuraCloud to delete the distribution. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud deletes the distribution and does not report when it is done.",
        JobState.IN_PROGRESS: "Accepted. DuraCloud is deleting the distribution and reports no progress.",
        JobState.CONFIRMED: "The old streaming host answered before and no longer answers.",
        JobState.OVERDUE: "No sign of the deletion after 15 minutes. DuraCloud can take up to 30 minutes.",
        JobState.UNKNOWN: "No sign of the deletion after 30 minutes. DuraCloud does not report whether it succeeded.",
        JobState.REJECTED: "DuraCloud did not delete the distribution.",
        JobState.NO_REPLY: "No reply: the deletion may have begun. A check is running; nothing is sent again.",
    },
    check=check_delete,
    of_family=lambda family: family.delete,
    remembers_host=True,
    checked_at_once=True,
    supersedes=True,
    breaks_urls=True,
    doing="deleting",
    forget_risk=REVIVES,
)
