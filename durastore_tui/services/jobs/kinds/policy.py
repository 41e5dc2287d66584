"""Setting a storage policy, space by space: nothing can show more than the reply did (protocol §7.2)."""

from durastore_tui.core.jobs import JobState
from durastore_tui.core.tasks import policy
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request

AGAIN = "Each space has its own result. {policy_again} under Policies sets it again where it failed."


def _set(order: Order, space: str | None) -> Request:
    task = policy.ANYWAY if order.unchecked else policy.SET
    return Request(task, {"spaceId": space or order.space, **dict(order.values)})


POLICY = Kind(
    first=_set,
    words={
        JobState.SENT: "Setting the policy, one space at a time.",
        JobState.UNVERIFIED: "DuraCloud reports success. It cannot report the policy in force.",
        JobState.REJECTED: "Not every policy was set.",
        JobState.NO_REPLY: "No reply for some spaces: their policy may be the new one, the old one, or gone.",
    },
    ends_with_reply=True,
    part_names={JobState.UNVERIFIED: "set", JobState.NO_REPLY: "without a reply"},
    advice={JobState.REJECTED: AGAIN, JobState.NO_REPLY: AGAIN},
)
