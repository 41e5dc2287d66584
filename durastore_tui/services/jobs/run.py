"""A run over many spaces or items: one write a part, each with its own result, and what an interrupted run keeps."""

from collections.abc import Iterable
from dataclasses import replace

from durastore_tui.core.jobs import Evidence, Job, JobState, Part, job_of_part, moved, worst
from durastore_tui.services.jobs import words
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.answers import Answer, Verdict
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.outcome import outcome
from durastore_tui.services.jobs.parts import Parts

REPLY_STATES = {Verdict.TAKEN: JobState.UNVERIFIED, Verdict.UNANSWERED: JobState.NO_REPLY}
UNSENT_NAMES = {JobState.PAUSED: "not sent", JobState.ABANDONED: "abandoned (never sent)"}
COUNTED = (*(state for state in JobState if state not in UNSENT_NAMES), *UNSENT_NAMES)


def waiting(job: Job) -> tuple[Part, ...]:
    """The parts of a run that are still to be sent."""
    return tuple(part for part in job.parts if part.state is None)


def entry_of(entry: Entry, part: Part) -> Entry:
    """One part as an entry of its own, to be checked like a single job."""
    job = job_of_part(entry.job, part)
    order = replace(entry.order, target=part.target, items=())
    return Entry(job, order, Phase.EFFECT, phase_at=job.since, sent_at=job.since)


def with_part(entry: Entry, part: Part, moment: Moment) -> Entry:
    """The entry with this part in place of the one with its target."""
    return with_parts(entry, Parts.of(entry.job.parts).replaced(part), moment)


def with_parts(entry: Entry, parts: Iterable[Part], moment: Moment, why: str = "") -> Entry:
    """The entry with these parts, and the state and the words that follow from them; `why` says what stopped it."""
    parts = Parts.of(parts)
    job = replace(entry.job, parts=parts)
    state = worst(parts.states)
    detail = " ".join(filter(None, (summary(job), why if why and job.unsent else "")))
    if parts.lost_rules:
        detail += " Where AWS rejected the new policy, the old one is already gone."
    job = replace(job, state=state, updated=moment.now, words=words.of(job, state, detail))
    return replace(entry, job=job)


def sending(entry: Entry, part: Part, owner: str, moment: Moment) -> Entry:
    """Marks the part as on its way."""
    sent = replace(part, state=JobState.SENT, at=moment.now, since=moment.now)
    return replace(with_part(entry, sent, moment), owner=owner, sent_at=moment.now)


def answered(entry: Entry, target: str, answer: Answer, moment: Moment) -> Entry:
    """Notes what the answer to the part's write, or its absence, makes of it."""
    sent = Parts.of(entry.job.parts).find(target)
    part = _outcome(entry, sent, answer, moment)
    job = replace(
        entry.job,
        refusal=answer.error or entry.job.refusal,
        status=answer.status or entry.job.status,
        evidence=(Evidence(moment.now, "answer", answer.words),),
    )
    return with_part(replace(entry, job=job), part, moment)


def _outcome(entry: Entry, part: Part, answer: Answer, moment: Moment) -> Part:
    if not KINDS[entry.job.kind].ends_with_reply:
        return part_of(outcome(entry_of(entry, part), answer, moment), replace(part, reply=answer.words))
    state = REPLY_STATES.get(answer.verdict, JobState.REJECTED)
    return replace(
        part,
        state=state,
        words=answer.words,
        reply=answer.words,
        at=moment.now,
        refusal=answer.error,
        status=answer.status,
    )


def part_of(checked: Entry, part: Part) -> Part:
    """The part after its entry (see `entry_of`) was checked or answered."""
    job = checked.job
    return replace(
        part,
        state=job.state,
        words=job.words,
        at=job.updated,
        since=checked.phase_at,
        until=job.until,
        refusal=job.refusal,
        status=job.status,
    )


def held_back(entry: Entry, part: Part, sentence: str, refusal: str, moment: Moment) -> Entry:
    """Notes that the part was rejected here, before anything was sent."""
    rejected = replace(part, state=JobState.REJECTED, words=sentence, at=moment.now, refusal=refusal)
    return with_part(entry, rejected, moment)


def paused(entry: Entry, moment: Moment, why: str = "") -> Entry:
    """The run after its sender stopped: unsent parts are paused, and no process owns the run."""
    parts = (replace(part, state=JobState.PAUSED) if part.state is None else part for part in entry.job.parts)
    return with_parts(replace(entry, owner=None, phase_at=moment.now), parts, moment, why)


def interrupted(entry: Entry, answer: Answer, moment: Moment) -> Entry:
    """The entry after its sender ended: what was on its way got no reply, and what was not sent is paused."""
    if not entry.job.parts:
        return outcome(entry, answer, moment)
    for part in entry.job.parts:
        if part.state is JobState.SENT:
            entry = answered(entry, part.target, answer, moment)
    return paused(entry, moment)


def resumed(entry: Entry, owner: str, moment: Moment) -> Entry:
    """The paused entry once the person continues it: `owner` sends what was not sent."""
    agreed = replace(entry, owner=owner, agreed_at=moment.now)
    if entry.job.parts:
        parts = (replace(part, state=None) if part.state is JobState.PAUSED else part for part in entry.job.parts)
        return with_parts(agreed, parts, moment)
    goes_on = words.of(entry.job, JobState.IN_PROGRESS)
    return replace(agreed, job=moved(entry.job, JobState.IN_PROGRESS, moment.now, goes_on), owner=None)


def abandoned(entry: Entry, moment: Moment) -> Entry:
    """The paused entry once its unsent parts are dropped."""
    if entry.job.parts:
        parts = (replace(part, state=JobState.ABANDONED) if part.unsent else part for part in entry.job.parts)
        return with_parts(replace(entry, owner=None), parts, moment)
    said = words.of(entry.job, JobState.ABANDONED)
    return replace(entry, job=moved(entry.job, JobState.ABANDONED, moment.now, said), owner=None)


def stop(answer: Answer) -> str:
    """Why nothing more is sent after this answer; empty when the next one may be."""
    if answer.login:
        return "DuraCloud does not accept the login, so the rest was not sent."
    if answer.role:
        return "The role of this login does not allow this change, so the rest was not sent."
    return "DuraCloud could not be reached, so the rest was not sent." if answer.verdict is Verdict.UNSENT else ""


def summary(job: Job) -> str:
    """How many parts came how far; of a single one, its own words."""
    if len(job.parts) == 1 and job.parts[0].words:
        return job.parts[0].words
    counts = Parts.of(job.parts).counts
    said = (f"{counts[state]:,} {_name(job, state)}" for state in COUNTED if counts[state])
    return f"{', '.join(said)}, of {len(job.parts):,}."


def _name(job: Job, state: JobState) -> str:
    return KINDS[job.kind].part_names.get(state) or UNSENT_NAMES.get(state, state.word)
