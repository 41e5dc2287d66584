"""One-shot tasks: operator tasks, restore requests and tasks that this program does not know."""

from durastore_tui.core.jobs import JobState
from durastore_tui.core.tasks import find, undeclared
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.task_checks import check_task


def _run(order: Order, _: str | None) -> Request:
    name = str(order.task)
    return Request(find(name) or undeclared(name), dict(order.values))


TASK = Kind(
    first=_run,
    words={
        JobState.SENT: "Sent {task}. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud reports that {task} succeeded.",
        JobState.IN_PROGRESS: "DuraCloud reports that {task} succeeded. The check could not be made yet.",
        JobState.OVERDUE: "DuraCloud reports that {task} succeeded. No check could be made for 15 minutes.",
        JobState.UNKNOWN: "DuraCloud does not show whether {task} took effect.",
        JobState.CONFIRMED: "{task} took effect.",
        JobState.UNVERIFIED: "DuraCloud reports that {task} succeeded.",
        JobState.REJECTED: "DuraCloud did not run {task}.",
        JobState.NO_REPLY: "No reply: {task} may have run. It is not sent again.",
    },
    check=check_task,
    checked_at_once=True,
    shows_reply=True,
    checked_before_exit=frozenset({JobState.ACCEPTED, JobState.NO_REPLY}),
)
