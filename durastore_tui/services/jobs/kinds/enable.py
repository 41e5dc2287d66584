"""Enabling streaming: done when the streaming host answers (protocol §7.3)."""

from durastore_tui.core.jobs import JobState
from durastore_tui.services.jobs.distribution_checks import check_enable
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.request import enable

WORDS = {
    JobState.SENT: "Asked DuraCloud to enable streaming. Waiting for the reply.",
    JobState.ACCEPTED: "Accepted. DuraCloud does not report when streaming is live. The host is checked.",
    JobState.IN_PROGRESS: "Accepted. CloudFront is still deploying; the streaming host does not answer yet.",
    JobState.CONFIRMED: "Streaming is live: the streaming host answers.",
    JobState.UNVERIFIED: "Accepted by DuraCloud. This machine could not check the streaming host.",
    JobState.OVERDUE: "The streaming host does not answer after 15 minutes. Checks continue.",
    JobState.UNKNOWN: "The streaming host does not answer after 30 minutes. DuraCloud does not report why.",
    JobState.REJECTED: "DuraCloud did not enable streaming.",
    JobState.NO_REPLY: "No reply: streaming may have been enabled. A check is running; nothing is sent again.",
}

ENABLE = Kind(
    first=lambda order, _: enable(order),
    words=WORDS,
    check=check_enable,
    of_family=lambda family: family.enable,
    live=True,
    gives_way=lambda job: True,
    doing="enabling",
)
