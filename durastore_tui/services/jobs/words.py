"""What each state of each kind of job means, in sentences that claim no more than is known."""

from collections.abc import Mapping

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.families import FAMILIES

STATES: Mapping[JobKind, Mapping[JobState, str]] = {
    JobKind.ENABLE: {
        JobState.SENT: "Asked the server to enable streaming; its answer is awaited.",
        JobState.ACCEPTED: "The server accepted it. It never says when the edge is ready, so the edge will be asked.",
        JobState.IN_PROGRESS: "Accepted. The streaming host does not answer yet.",
        JobState.CONFIRMED: "The streaming host answers.",
        JobState.OVERDUE: "The streaming host does not answer after 15 minutes. It may still come up; checks go on.",
        JobState.UNKNOWN: "No answer of the streaming host after 30 minutes. The server tells nothing about it.",
        JobState.REJECTED: "The server did not enable streaming.",
        JobState.NO_REPLY: "No answer came, so it may have been enabled. The space is looked at; nothing is re-sent.",
    },
    JobKind.DISABLE: {
        JobState.SENT: "Asked the server to disable streaming; its answer is awaited.",
        JobState.ACCEPTED: "The server accepted it.",
        JobState.IN_PROGRESS: "Accepted, but the space still shows a streaming host.",
        JobState.CONFIRMED: "The space shows no streaming host any more. CloudFront may serve cached files for 24 h.",
        JobState.OVERDUE: "The space still shows a streaming host after 15 minutes.",
        JobState.UNKNOWN: "The space shows nothing from which this could be told.",
        JobState.REJECTED: "The server did not disable streaming.",
        JobState.NO_REPLY: "No answer came, so it may have been disabled. The space is looked at; nothing is re-sent.",
    },
    JobKind.DELETE: {
        JobState.SENT: "Asked the server to delete the distribution; its answer is awaited.",
        JobState.ACCEPTED: "The server accepted it and goes on by itself. It will not say when it is done.",
        JobState.IN_PROGRESS: "Accepted. The deletion goes on at the server, which reports nothing.",
        JobState.CONFIRMED: "The old streaming host answered before and is silent now.",
        JobState.OVERDUE: "No sign after 15 minutes that the distribution is gone. DuraCloud waits up to 30 minutes.",
        JobState.UNKNOWN: "30 minutes are over, the longest that the server waits. It tells nobody whether it worked.",
        JobState.REJECTED: "The server did not delete the distribution.",
        JobState.NO_REPLY: "No reply: the deletion may have begun. The space is checked; nothing is sent again.",
    },
    JobKind.SWITCH: {
        JobState.SENT: "Asked the server to delete the old distribution; its answer is awaited.",
        JobState.ACCEPTED: "The server accepted it.",
        JobState.IN_PROGRESS: "The old distribution is being deleted. The new type is tried until DuraCloud takes it.",
        JobState.CONFIRMED: "The new streaming host answers.",
        JobState.OVERDUE: "15 minutes, and the switch is not through. It goes on.",
        JobState.UNKNOWN: "30 minutes, and the switch is not through. Nothing more is sent by itself.",
        JobState.REJECTED: "The switch stopped.",
        JobState.NO_REPLY: "No reply: it may have happened. The space is checked before anything else is sent.",
    },
    JobKind.POLICY: {
        JobState.SENT: "Asked the server to set the policy, one space after the other.",
        JobState.ACCEPTED: "The server says that it is set. Nothing can read it back.",
        JobState.REJECTED: "Not every policy was set.",
        JobState.NO_REPLY: "No answer came for some spaces: their policy may be the new one, the old one, or gone.",
    },
    JobKind.RETRIEVAL: {
        JobState.SENT: "Asked for a readable copy; the server's answer is awaited.",
        JobState.ACCEPTED: "The server says yes, as it does to every name. A copy usually takes 3 to 5 hours.",
        JobState.IN_PROGRESS: "The item is still frozen: reading it is answered by a conflict.",
        JobState.CONFIRMED: "The item can be read.",
        JobState.OVERDUE: "Still frozen after 5 hours, the longest that is documented. It is asked further.",
        JobState.UNKNOWN: "Still frozen after 10 hours. Whether a thaw is under way can't be told.",
        JobState.REJECTED: "The server did not take the request.",
        JobState.NO_REPLY: "No answer came, so the thaw may be under way. The item is looked at; nothing is re-sent.",
    },
    JobKind.SNAPSHOT: {
        JobState.SENT: "Asked the server for a snapshot; its answer is awaited.",
        JobState.ACCEPTED: "The server registered the snapshot. Copying takes hours or days.",
        JobState.IN_PROGRESS: "The snapshot is under way.",
        JobState.CONFIRMED: "The snapshot is complete.",
        JobState.OVERDUE: "The snapshot is stuck, and may need somebody to help it.",
        JobState.UNKNOWN: "Whether there is a snapshot can't be told from what the space shows.",
        JobState.REJECTED: "No snapshot came of it.",
        JobState.NO_REPLY: "No answer came, so a snapshot may have begun. The space is looked at; nothing is re-sent.",
    },
    JobKind.RESTORE: {
        JobState.SENT: "Asked the server to restore a snapshot; its answer is awaited.",
        JobState.ACCEPTED: "The server registered the restore. People fetch the content, in hours or days.",
        JobState.IN_PROGRESS: "The restore is under way.",
        JobState.CONFIRMED: "The restore is complete.",
        JobState.OVERDUE: "The restore failed, and needs the operators.",
        JobState.UNKNOWN: "Whether there is a restore can't be told.",
        JobState.REJECTED: "No restore came of it.",
        JobState.NO_REPLY: "No answer came, so a restore may have begun. It is looked for; nothing is re-sent.",
    },
}

SHOWN = "The space shows the streaming host."


def of(job: Job, state: JobState, detail: str = "") -> str:
    """The sentence for a state, with what was found out just now."""
    of_edge = state is JobState.CONFIRMED and job.kind in (JobKind.ENABLE, JobKind.SWITCH)
    enabled = job.kind is JobKind.SWITCH and job.host is not None  # from here on it is an enable
    silent = job.family is not None and not FAMILIES[job.family].answers
    sentence = SHOWN if of_edge and silent else STATES[JobKind.ENABLE if enabled else job.kind][state]
    return f"{sentence} {detail}" if detail else sentence
