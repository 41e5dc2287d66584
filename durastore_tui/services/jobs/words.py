"""What each state of each kind of job means, in sentences that claim no more than is known."""

from collections.abc import Mapping

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.families import FAMILIES

STATES: Mapping[JobKind, Mapping[JobState, str]] = {
    JobKind.ENABLE: {
        JobState.SENT: "Asked DuraCloud to enable streaming. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud does not report when streaming is live; the host is checked.",
        JobState.IN_PROGRESS: "Accepted. CloudFront is still deploying; the streaming host does not answer yet.",
        JobState.CONFIRMED: "Streaming is live: the streaming host answers.",
        JobState.UNVERIFIED: "Accepted by DuraCloud. This machine could not check the streaming host.",
        JobState.OVERDUE: "The streaming host does not answer after 15 minutes. Checks continue.",
        JobState.UNKNOWN: "The streaming host does not answer after 30 minutes. DuraCloud reports nothing about it.",
        JobState.REJECTED: "DuraCloud did not enable streaming.",
        JobState.NO_REPLY: "No reply: streaming may have been enabled. The space is checked; nothing is sent again.",
    },
    JobKind.DISABLE: {
        JobState.SENT: "Asked DuraCloud to disable streaming. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted.",
        JobState.IN_PROGRESS: "Accepted, but the space still shows a streaming host.",
        JobState.CONFIRMED: "The space shows no streaming host. CloudFront may serve cached files for 24 h.",
        JobState.OVERDUE: "The space still shows a streaming host after 15 minutes.",
        JobState.UNKNOWN: "The properties of the space cannot show whether it was disabled.",
        JobState.REJECTED: "DuraCloud did not disable streaming.",
        JobState.NO_REPLY: "No reply: streaming may have been disabled. The space is checked; nothing is sent again.",
    },
    JobKind.DELETE: {
        JobState.SENT: "Asked DuraCloud to delete the distribution. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud continues by itself and does not report when it is done.",
        JobState.IN_PROGRESS: "Accepted. DuraCloud is deleting the distribution and reports nothing meanwhile.",
        JobState.CONFIRMED: "The old streaming host answered before and does not answer any more.",
        JobState.OVERDUE: "No sign after 15 minutes that the distribution is deleted. DuraCloud needs up to 30.",
        JobState.UNKNOWN: "DuraCloud's maximum of 30 minutes is over. It does not report whether the deletion worked.",
        JobState.REJECTED: "DuraCloud did not delete the distribution.",
        JobState.NO_REPLY: "No reply: the deletion may have begun. The space is checked; nothing is sent again.",
    },
    JobKind.SWITCH: {
        JobState.SENT: "Asked DuraCloud to delete the old distribution. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted.",
        JobState.IN_PROGRESS: "The old distribution is being deleted. The other type is tried until it is accepted.",
        JobState.CONFIRMED: "Streaming is live: the new streaming host answers.",
        JobState.OVERDUE: "The switch is not done after 15 minutes. It continues.",
        JobState.UNKNOWN: "The switch is not done after 30 minutes. Nothing more is sent.",
        JobState.REJECTED: "The switch stopped.",
        JobState.NO_REPLY: "No reply: it may have happened. The space is checked before anything else is sent.",
        JobState.PAUSED: "The old distribution was deleted. The other type is not enabled until you continue.",
        JobState.ABANDONED: "The old distribution was deleted. The other type was not enabled.",
    },
    JobKind.POLICY: {
        JobState.SENT: "Sending the policy to one space after the other.",
        JobState.UNVERIFIED: "DuraCloud reports success. Nothing can read the policy back.",
        JobState.REJECTED: "Not every policy was set.",
        JobState.NO_REPLY: "No reply for some spaces: their policy may be the new one, the old one, or gone.",
    },
    JobKind.RETRIEVAL: {
        JobState.SENT: "Asked for a readable copy. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted, as DuraCloud does for every name. A copy typically takes 3 to 5 hours.",
        JobState.IN_PROGRESS: "Still in Glacier: reading the item is answered by a conflict.",
        JobState.CONFIRMED: "The item can be read.",
        JobState.OVERDUE: "Still in Glacier after 5 hours, the documented maximum. Checks continue.",
        JobState.UNKNOWN: "Still in Glacier after 10 hours. Nothing shows whether a retrieval is in progress.",
        JobState.REJECTED: "DuraCloud did not accept the request.",
        JobState.NO_REPLY: "No reply: the retrieval may be in progress. The item is checked; nothing is sent again.",
    },
    JobKind.SNAPSHOT: {
        JobState.SENT: "Asked DuraCloud for a snapshot. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud registered the snapshot. Copying takes hours to days.",
        JobState.IN_PROGRESS: "The snapshot is in progress.",
        JobState.CONFIRMED: "The snapshot is complete.",
        JobState.OVERDUE: "The snapshot is stuck and may need the operators.",
        JobState.UNKNOWN: "The properties of the space cannot show whether there is a snapshot.",
        JobState.REJECTED: "No snapshot was made.",
        JobState.NO_REPLY: "No reply: a snapshot may have begun. The space is checked; nothing is sent again.",
    },
    JobKind.RESTORE: {
        JobState.SENT: "Asked DuraCloud to restore a snapshot. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud registered the restore. Staff retrieve the content in hours to days.",
        JobState.IN_PROGRESS: "The restore is in progress.",
        JobState.CONFIRMED: "The restore is complete.",
        JobState.OVERDUE: "The restore failed and needs the operators.",
        JobState.UNKNOWN: "Nothing shows whether there is a restore.",
        JobState.REJECTED: "No restore was made.",
        JobState.NO_REPLY: "No reply: a restore may have begun. It is checked; nothing is sent again.",
    },
    JobKind.TASK: {
        JobState.SENT: "Sent {task}. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud reports that {task} succeeded.",
        JobState.IN_PROGRESS: "DuraCloud reports that {task} succeeded. The check could not be made yet.",
        JobState.OVERDUE: "DuraCloud reports that {task} succeeded. No check could be made for 15 minutes.",
        JobState.UNKNOWN: "Nothing shows whether {task} took effect.",
        JobState.CONFIRMED: "{task} took effect.",
        JobState.UNVERIFIED: "DuraCloud reports that {task} succeeded.",
        JobState.REJECTED: "DuraCloud did not run {task}.",
        JobState.NO_REPLY: "No reply: {task} may have run. It is not sent again.",
    },
}
ANY_KIND: Mapping[JobState, str] = {
    JobState.PAUSED: "Paused: the program that sent this ended. Nothing more is sent until you continue.",
    JobState.UNVERIFIED: "DuraCloud reports success. No check can show more.",
    JobState.SUPERSEDED: "Superseded by a later change.",
    JobState.ABANDONED: "Abandoned: what was not sent stays unsent.",
}

BLIND = "Accepted. The streaming host cannot be checked from this machine; it usually is live within 15 minutes."
SHOWN = "The space shows the streaming host."


def of_state(kind: JobKind, state: JobState, task: str | None = None) -> str:
    """The sentence for a state of a kind; `task` names a one-shot task."""
    return (STATES[kind].get(state) or ANY_KIND[state]).replace("{task}", str(task))


def of(job: Job, state: JobState, detail: str = "", *, blind: bool = False) -> str:
    """The sentence for a state, with what was found out just now; `blind` says that this machine cannot check."""
    of_edge = state is JobState.CONFIRMED and job.kind in (JobKind.ENABLE, JobKind.SWITCH)
    enabled = job.kind is JobKind.SWITCH and job.host is not None  # from here on it is an enable
    silent = job.family is not None and not FAMILIES[job.family].answers
    sentence = SHOWN if of_edge and silent else of_state(JobKind.ENABLE if enabled else job.kind, state, job.task)
    if blind and not state.ended:
        sentence = BLIND
    return f"{sentence} {detail}" if detail else sentence
