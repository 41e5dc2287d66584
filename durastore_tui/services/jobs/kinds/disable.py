"""Disabling streaming: done when the space shows no streaming host (protocol §7.4)."""

from durastore_tui.core.jobs import JobState
from durastore_tui.services.jobs.distribution_checks import check_disable
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.request import Request

DISABLE = Kind(
    first=lambda order, _: Request(FAMILIES[str(order.family)].disable, {"spaceId": order.space}),
    words={
        JobState.SENT: "Asked DuraCloud to disable streaming. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted.",
        JobState.IN_PROGRESS: "Accepted, but the space still shows a streaming host.",
        JobState.CONFIRMED: "The space shows no streaming host. CloudFront may serve cached files for 24 h.",
        JobState.OVERDUE: "The space still shows a streaming host after 15 minutes.",
        JobState.UNKNOWN: "The properties of the space cannot show whether streaming was disabled.",
        JobState.REJECTED: "DuraCloud did not disable streaming.",
        JobState.NO_REPLY: "No reply: streaming may have been disabled. A check is running; nothing is sent again.",
    },
    check=check_disable,
    of_family=lambda family: family.disable,
    remembers_host=True,
    checked_at_once=True,
    supersedes=True,
    needs_host=True,
    doing="disabling",
)
