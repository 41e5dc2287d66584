"""Switching the type of streaming: delete, wait, enable; done when the new host answers (design §5)."""

from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.jobs.distribution_checks import check_switch
from durastore_tui.services.jobs.entry import Phase
from durastore_tui.services.jobs.kinds import enable
from durastore_tui.services.jobs.kinds.delete import REVIVES, delete
from durastore_tui.services.jobs.kinds.kind import Kind
from durastore_tui.services.jobs.request import enable as request_of_enable


def _gives_way(job: Job) -> bool:
    return job.streaming_type == "OPEN" or job.host is not None


SWITCH = Kind(
    first=delete,
    then=request_of_enable,
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
    words_enabled=enable.WORDS,
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
