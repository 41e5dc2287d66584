"""Changes of a distribution: enable, disable, delete, and the switch of its type (protocol §7.3-§7.5)."""

from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.jobs.distribution_checks import check_delete, check_disable, check_enable, check_switch
from durastore_tui.services.jobs.entry import Phase
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request, enable

LIVE_WORDS = {
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
    words=LIVE_WORDS,
    check=check_enable,
    of_family=lambda family: family.enable,
    live=True,
    gives_way=lambda job: True,
    doing="enabling",
)


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


def _gives_way(job: Job) -> bool:
    return job.streaming_type == "OPEN" or job.host is not None


SWITCH = Kind(
    first=delete,
    then=enable,
    words={
        JobState.SENT: "Asked DuraCloud to delete the old distribution. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted.",
        JobState.IN_PROGRESS: "DuraCloud is deleting the old distribution. The other type is tried until then.",
        JobState.CONFIRMED: "Streaming is live: the new streaming host answers.",
        JobState.OVERDUE: "The switch is not complete after 15 minutes. It continues.",
        JobState.UNKNOWN: "DuraCloud does not show whether the last request took effect. Nothing more is sent.",
        JobState.REJECTED: "The switch stopped: a step was rejected.",
        JobState.NO_REPLY: "No reply: the last request may have taken effect. A check comes before the next request.",
        JobState.PAUSED: "The other type is enabled only if you continue. The old one may already be deleted.",
        JobState.ABANDONED: "The other type was not enabled. The old one may already be deleted.",
    },
    words_enabled=LIVE_WORDS,
    check=check_switch,
    of_family=lambda family: family.delete,
    begins=Phase.DELETION,
    live=True,
    gives_way=_gives_way,
    needs_host=True,
    breaks_urls=True,
    doing="switching",
    advice={
        JobState.UNKNOWN: "Nothing more is sent by itself. {forget} stops tracking. Then {switch} or {enable} starts"
        " again.",
    },
    forget_risk=REVIVES,
)
