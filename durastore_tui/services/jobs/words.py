"""The sentence that describes a job in each state. It claims no more than is known."""

from collections.abc import Mapping

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.families import FAMILIES

STATES: Mapping[JobKind, Mapping[JobState, str]] = {
    JobKind.ENABLE: {
        JobState.SENT: "Asked DuraCloud to enable streaming. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud does not report when streaming is live. The host is checked.",
        JobState.IN_PROGRESS: "Accepted. CloudFront is still deploying; the streaming host does not answer yet.",
        JobState.CONFIRMED: "Streaming is live: the streaming host answers.",
        JobState.UNVERIFIED: "Accepted by DuraCloud. This machine could not check the streaming host.",
        JobState.OVERDUE: "The streaming host does not answer after 15 minutes. Checks continue.",
        JobState.UNKNOWN: "The streaming host does not answer after 30 minutes. DuraCloud does not report why.",
        JobState.REJECTED: "DuraCloud did not enable streaming.",
        JobState.NO_REPLY: "No reply: streaming may have been enabled. A check is running; nothing is sent again.",
    },
    JobKind.DISABLE: {
        JobState.SENT: "Asked DuraCloud to disable streaming. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted.",
        JobState.IN_PROGRESS: "Accepted, but the space still shows a streaming host.",
        JobState.CONFIRMED: "The space shows no streaming host. CloudFront may serve cached files for 24 h.",
        JobState.OVERDUE: "The space still shows a streaming host after 15 minutes.",
        JobState.UNKNOWN: "The properties of the space cannot show whether streaming was disabled.",
        JobState.REJECTED: "DuraCloud did not disable streaming.",
        JobState.NO_REPLY: "No reply: streaming may have been disabled. A check is running; nothing is sent again.",
    },
    JobKind.DELETE: {
        JobState.SENT: "Asked DuraCloud to delete the distribution. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud deletes the distribution and does not report when it is done.",
        JobState.IN_PROGRESS: "Accepted. DuraCloud is deleting the distribution and reports no progress.",
        JobState.CONFIRMED: "The old streaming host answered before and no longer answers.",
        JobState.OVERDUE: "No sign of the deletion after 15 minutes. DuraCloud can take up to 30 minutes.",
        JobState.UNKNOWN: "No sign of the deletion after 30 minutes. DuraCloud does not report whether it succeeded.",
        JobState.REJECTED: "DuraCloud did not delete the distribution.",
        JobState.NO_REPLY: "No reply: the deletion may have begun. A check is running; nothing is sent again.",
    },
    JobKind.SWITCH: {
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
    JobKind.POLICY: {
        JobState.SENT: "Setting the policy, one space at a time.",
        JobState.UNVERIFIED: "DuraCloud reports success. It cannot report the policy in force.",
        JobState.REJECTED: "Not every policy was set.",
        JobState.NO_REPLY: "No reply for some spaces: their policy may be the new one, the old one, or gone.",
    },
    JobKind.RETRIEVAL: {
        JobState.SENT: "Asked DuraCloud to retrieve from Glacier. Waiting for the reply.",
        JobState.ACCEPTED: "Accepted. DuraCloud does not check the item ID. A retrieval takes 3 to 5 hours.",
        JobState.IN_PROGRESS: "Still in Glacier. The item cannot be read yet.",
        JobState.CONFIRMED: "The item can be read.",
        JobState.OVERDUE: "Still in Glacier after 5 hours, the documented maximum. Checks continue.",
        JobState.UNKNOWN: "Still in Glacier after 10 hours. Nothing shows whether a retrieval is in progress.",
        JobState.REJECTED: "DuraCloud did not accept the request.",
        JobState.NO_REPLY: "No reply: the retrieval may be in progress. A check is running; nothing is sent again.",
    },
    JobKind.SNAPSHOT: {
        JobState.SENT: "Asked DuraCloud for a snapshot. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud registered the snapshot. Copying takes hours to days.",
        JobState.IN_PROGRESS: "The snapshot is in progress.",
        JobState.CONFIRMED: "The snapshot is complete.",
        JobState.OVERDUE: "The snapshot failed or appears stuck. Contact the operators.",
        JobState.UNKNOWN: "The properties of the space cannot show whether there is a snapshot.",
        JobState.REJECTED: "No snapshot was made.",
        JobState.NO_REPLY: "No reply: a snapshot may have begun. A check is running; nothing is sent again.",
    },
    JobKind.RESTORE: {
        JobState.SENT: "Asked DuraCloud to restore a snapshot. Waiting for the reply.",
        JobState.ACCEPTED: "DuraCloud registered the restore. Preservation staff retrieve the content: hours to days.",
        JobState.IN_PROGRESS: "The restore is in progress.",
        JobState.CONFIRMED: "The restore is complete.",
        JobState.OVERDUE: "The restore failed. Contact the operators.",
        JobState.UNKNOWN: "DuraCloud does not show whether a restore started.",
        JobState.REJECTED: "No restore was made.",
        JobState.NO_REPLY: "No reply: a restore may have begun. A check is running; nothing is sent again.",
    },
    JobKind.TASK: {
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
}
ANY_KIND: Mapping[JobState, str] = {
    JobState.PAUSED: "Paused: not everything was sent. Nothing more is sent until you continue.",
    JobState.UNVERIFIED: "DuraCloud reports success. No check can show more.",
    JobState.SUPERSEDED: "Superseded by a later change.",
    JobState.ABANDONED: "Abandoned: the unsent parts are not sent.",
}

BLIND = "Accepted. This machine cannot check the streaming host, which is usually live within 15 minutes."
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
