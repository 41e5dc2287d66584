"""The sentence that describes a job in each state. It claims no more than is known."""

from collections.abc import Mapping

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.unreadable import UnreadableJob

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
    return _sentence(KINDS[kind].words, state, task)


def of(job: Job, state: JobState, detail: str = "", *, blind: bool = False) -> str:
    """The sentence for a state, with what was found out just now; `blind` says that this machine cannot check."""
    kind = KINDS[job.kind]
    silent = job.family is not None and not FAMILIES[job.family].answers
    sentence = _sentence(kind.words_enabled if kind.words_enabled and job.host else kind.words, state, job.task)
    if kind.live and silent and state is JobState.CONFIRMED:
        sentence = SHOWN
    if blind and not state.ended:
        sentence = BLIND
    return f"{sentence} {detail}" if detail else sentence


def _sentence(words: Mapping[JobState, str], state: JobState, task: str | None) -> str:
    return (words.get(state) or ANY_KIND[state]).replace("{task}", str(task))


NOT_STOPPED = "DuraCloud may still carry out the change. This program no longer checks it or shows its result."
UNREADABLE = "This version cannot read the job, so it may be unfinished. It no longer blocks other changes."


def risk_of_forgetting(job: Job | UnreadableJob) -> str:
    """What may go wrong once the job is not tracked any more; empty for a job that has ended."""
    if isinstance(job, UnreadableJob):
        return UNREADABLE
    if not job.open:
        return ""
    risks = [NOT_STOPPED, *filter(None, [KINDS[job.kind].forget_risk])]
    if job.excludes:
        risks.append(f"Other changes of {job.subject} are no longer blocked, and can conflict with this one.")
    if job.unsent:
        risks.append(f"{job.unsent:,} unsent {'part is' if job.unsent == 1 else 'parts are'} dropped.")
    return " ".join(risks)
