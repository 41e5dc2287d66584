"""A run over many spaces: one write after the other, each with its own result."""

from dataclasses import replace
from datetime import datetime

from durastore_tui.core.jobs import Evidence, Job, JobState, Part, moved
from durastore_tui.services.jobs import words
from durastore_tui.services.jobs.answers import Answer, Verdict
from durastore_tui.services.jobs.entry import Entry

RULES_ARE_GONE = "could not be applied"
"""In the words of a server whose AWS refused the new rule: the old ones were deleted before (protocol §7.2)."""
STATES = {Verdict.TAKEN: JobState.UNVERIFIED, Verdict.UNANSWERED: JobState.NO_REPLY}


def waiting(job: Job) -> Part | None:
    """The next one to send."""
    return next((part for part in job.parts if part.state is None), None)


def sending(entry: Entry, part: Part, owner: str, now: datetime) -> Entry:
    """Marks it as on its way."""
    return replace(_with(entry, replace(part, state=JobState.SENT, at=now), now), owner=owner, sent_at=now)


def answered(entry: Entry, target: str, answer: Answer, now: datetime) -> Entry:
    """Notes its result."""
    job = replace(entry.job, refusal=answer.error or entry.job.refusal, status=answer.status or entry.job.status)
    state = STATES.get(answer.verdict, JobState.REJECTED)
    part = Part(target, state, answer.words, now, answer.error, answer.status)
    return _with(replace(entry, job=job), part, now)


def abandoned(entry: Entry, answer: Answer, now: datetime) -> Entry:
    """What was on its way when its sender went away got no answer."""
    for part in entry.job.parts:
        if part.state is JobState.SENT:
            entry = answered(entry, part.target, answer, now)
    return entry


def stop(answer: Answer) -> str:
    """Why nothing more goes out after this answer; empty when the next one may."""
    if answer.login:
        return "The login is not accepted, so the rest was not sent."
    if answer.role:
        return "A 403 of the role holds for every space, so the rest was not sent."
    return "The server was out of reach, so the rest was not sent." if answer.verdict is Verdict.UNSENT else ""


def finished(entry: Entry, now: datetime, why: str = "") -> Entry:
    """The end of the run: no reply when a part has none, rejected when one was, else unverified; `why` is what
    stopped it."""
    states = [part.state for part in entry.job.parts]
    evidence = (Evidence(now, "answer", summary(entry.job)),)
    if JobState.NO_REPLY in states:
        end = JobState.NO_REPLY
    else:
        end = JobState.UNVERIFIED if all(state is JobState.UNVERIFIED for state in states) else JobState.REJECTED
    job = entry.job
    detail = summary(job)
    if why and waiting(job):
        detail += f" {why}"
    if any(RULES_ARE_GONE in part.words for part in job.parts):
        detail += " Where AWS refused the new policy, the old one is already gone."
    return replace(entry, job=moved(job, end, now, words.of(job, end, detail), evidence), owner=None)


def summary(job: Job) -> str:
    """How many of them came how far; of a single one, what was said."""
    if len(job.parts) == 1:
        return job.parts[0].words
    names = {
        JobState.UNVERIFIED: "set",
        JobState.REJECTED: "rejected",
        JobState.NO_REPLY: "without a reply",
        None: "not sent",
    }
    counts = {name: sum(part.state is state for part in job.parts) for state, name in names.items()}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count) + f", of {len(job.parts)}."


def _with(entry: Entry, part: Part, now: datetime) -> Entry:
    parts = tuple(part if each.target == part.target else each for each in entry.job.parts)
    job = replace(entry.job, parts=parts)
    job = moved(job, job.state, now, words.of(job, job.state, summary(job)))
    return replace(entry, job=job)
