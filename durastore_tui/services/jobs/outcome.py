"""What the answer to a write, or its absence, makes of the job."""

from dataclasses import replace

from durastore_tui.core.jobs import Evidence, JobState, moved
from durastore_tui.services.jobs import words
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.answers import Answer, Verdict
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.transition import applied

NOTHING_TO_DELETE = "No streaming distribution exists"


def outcome(entry: Entry, answer: Answer, moment: Moment) -> Entry:
    """The entry after its write was answered; no request is on its way any more."""
    entry, now = replace(entry, owner=None), moment.now
    evidence = (Evidence(now, "answer", answer.words),)
    if entry.phase is Phase.TRY and _try_again(answer):
        waiting = replace(entry, phase=Phase.DELETION)
        return applied(waiting, Finding(evidence, detail=f"Try {entry.job.attempts}: {answer.words}"), moment)
    state, detail = _verdict(entry, answer)
    job = moved(entry.job, state, now, words.of(entry.job, state, detail), evidence)
    job = replace(job, refusal=answer.error, status=answer.status)
    if answer.verdict is not Verdict.TAKEN:
        return replace(entry, job=job, phase_at=now)
    phase = Phase.EFFECT if entry.phase is Phase.TRY else entry.phase
    if KINDS[job.kind].names_target:
        job = replace(job, target=answer.named or job.target)
    else:
        job = replace(job, host=answer.named or job.host)
    return replace(entry, job=job, phase=phase, phase_at=now)


def _try_again(answer: Answer) -> bool:
    """The 400 of a distribution that still stands is what a try is for; what was not sent or not let in did nothing."""
    return answer.verdict in (Verdict.CONFLICT, Verdict.UNSENT) or answer.login


def _verdict(entry: Entry, answer: Answer) -> tuple[JobState, str]:
    conflict = KINDS[entry.job.kind].conflict
    if entry.phase is Phase.DELETION and answer.status == 500 and answer.words.startswith(NOTHING_TO_DELETE):
        return JobState.IN_PROGRESS, "There was no distribution to delete."
    match answer.verdict:
        case Verdict.TAKEN:
            return JobState.ACCEPTED, f"(It answered: {answer.words})" if answer.error else ""
        case Verdict.UNANSWERED:
            return JobState.NO_REPLY, f"({answer.words})"
        case Verdict.UNSENT:
            return JobState.REJECTED, f"Nothing was sent: {answer.words}"
        case Verdict.CONFLICT if conflict:
            return JobState.IN_PROGRESS, f"{conflict}: {answer.words}"
    return JobState.REJECTED, f"{answer.words.rstrip('.')}. {answer.found}" if answer.found else answer.words
