"""Changes that take time: their states, and the one table of how these follow each other (design §5)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

EVIDENCE_KEPT = 16


class JobState(StrEnum):
    """How far a change has come (design §5). The values stand in JSON and in the journal."""

    SENT = "sent"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    NO_REPLY = "no_reply"
    PAUSED = "paused"
    CONFIRMED = "confirmed"
    UNVERIFIED = "unverified"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    ABANDONED = "abandoned"

    @property
    def ended(self) -> bool:
        """Whether the state is final."""
        return self in ENDED

    @property
    def word(self) -> str:
        """The state as people read it: a blank for the underscore."""
        return self.value.replace("_", " ")


class JobKind(StrEnum):
    """What was asked for."""

    ENABLE = "enable"
    DISABLE = "disable"
    DELETE = "delete"
    SWITCH = "switch"
    POLICY = "policy"
    RETRIEVAL = "retrieval"
    SNAPSHOT = "snapshot"
    RESTORE = "restore"
    TASK = "task"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a change of a kind is about, as far as orders, claims and lists depend on it.

    `excludes` names the thing of which no other change may be unfinished, None where nothing is excluded, and
    `until_reply` says that this ends with the reply. `parts` names the field of the order that lists the parts of a
    run, and these parts in words. `changes_type` is for a change that the same streaming type makes senseless.
    """

    excludes: str | None = None
    until_reply: bool = False
    parts: str | None = None
    changes_type: bool = False

    @property
    def parameter(self) -> str:
        """The parameter of the task that names a part."""
        return "contentId" if self.parts == "items" else "spaceId"


SCOPES: Mapping[JobKind, Scope] = {
    **dict.fromkeys((JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE), Scope("distribution")),
    JobKind.SWITCH: Scope("distribution", changes_type=True),
    JobKind.POLICY: Scope("policy", until_reply=True, parts="spaces"),
    JobKind.RETRIEVAL: Scope("retrieval", parts="items"),
    **dict.fromkeys((JobKind.SNAPSHOT, JobKind.RESTORE, JobKind.TASK), Scope()),
}


ENDED = frozenset({JobState.CONFIRMED, JobState.UNVERIFIED, JobState.REJECTED, JobState.SUPERSEDED, JobState.ABANDONED})
"""The final states; every other state is unfinished."""

NEXT: Mapping[JobState, frozenset[JobState]] = {
    # a retrieval that was already in progress goes on without having been accepted from here; a policy that was
    # accepted ends at once, because nothing can read it back
    JobState.SENT: frozenset(
        {JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.REJECTED, JobState.NO_REPLY, JobState.UNVERIFIED},
    ),
    JobState.ACCEPTED: frozenset(
        {JobState.IN_PROGRESS, JobState.CONFIRMED, JobState.UNVERIFIED, JobState.PAUSED, JobState.SUPERSEDED},
    ),
    # a switch sends its second write while the first one is in progress: the answer to it can be any
    JobState.IN_PROGRESS: frozenset(
        {
            JobState.CONFIRMED,
            JobState.UNVERIFIED,
            JobState.OVERDUE,
            JobState.ACCEPTED,
            JobState.REJECTED,
            JobState.NO_REPLY,
            JobState.PAUSED,
            JobState.SUPERSEDED,
        },
    ),
    # a snapshot that was stuck may move again
    JobState.OVERDUE: frozenset(
        {
            JobState.CONFIRMED,
            JobState.UNVERIFIED,
            JobState.UNKNOWN,
            JobState.ACCEPTED,
            JobState.IN_PROGRESS,
            JobState.REJECTED,
            JobState.NO_REPLY,
            JobState.PAUSED,
            JobState.SUPERSEDED,
        },
    ),
    JobState.UNKNOWN: frozenset({JobState.CONFIRMED, JobState.PAUSED, JobState.SUPERSEDED}),
    JobState.NO_REPLY: frozenset(
        {
            JobState.ACCEPTED,
            JobState.IN_PROGRESS,
            JobState.CONFIRMED,
            JobState.UNKNOWN,
            JobState.PAUSED,
            JobState.SUPERSEDED,
        },
    ),
    # a switch whose enable was not sent: the person continues or abandons it
    JobState.PAUSED: frozenset({JobState.IN_PROGRESS, JobState.ABANDONED, JobState.SUPERSEDED}),
    **dict.fromkeys(ENDED, frozenset[JobState]()),
}


class IllegalMove(ValueError):
    """A move that is not in the table, or a `confirmed` without evidence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One check of the outside world: when (UTC), at what, and what it said.

    Steps: `name`, `tcp`, `tls`, `http`, `host` (the streaming host); `space`, `item`, `status` (the API); `look` (a
    check that failed); `answer` (to our own write).
    """

    at: datetime
    step: str
    result: str


@dataclass(frozen=True, slots=True)
class Part:
    """One write of a run: its exact target and its state, None while it waits in a run that is being sent.

    `at` is when it last changed and `since` when its write was answered (UTC); `reply` holds the server's own words.
    `refusal` names the error of core.errors that its write met, as in `Job`; `status` is what came with it.
    """

    target: str
    state: JobState | None = None
    words: str = ""
    at: datetime | None = None
    refusal: str | None = None
    status: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    reply: str = ""

    @property
    def unsent(self) -> bool:
        """Whether its write was never sent and still can be."""
        return self.state in (None, JobState.PAUSED)


@dataclass(frozen=True, slots=True)
class Job:
    """One change under way or over. `space` and `target` (item, snapshot or None) are exact ids.

    `usual` and `most` are seconds; `until` (UTC) is when the effect ends by itself, about; a run has `parts`.
    `refusal` names the error of core.errors that the last write met, and `status` is what came with it. `task` names
    the task of a `TASK`.
    """

    id: str
    profile: str
    store: str
    kind: JobKind
    family: str | None
    space: str
    target: str | None
    state: JobState
    since: datetime
    updated: datetime
    words: str
    evidence: tuple[Evidence, ...] = ()
    streaming_type: str | None = None
    host: str | None = None
    usual: float | None = None
    most: float | None = None
    attempts: int = 0
    until: datetime | None = None
    parts: tuple[Part, ...] = ()
    refusal: str | None = None
    status: int | None = None
    task: str | None = None

    @property
    def action(self) -> str:
        """What was sent, in a word: the name of a one-shot task, else the kind."""
        return self.task or self.kind.value

    @property
    def subject(self) -> str:
        """What it is about: an item, a snapshot or a space, exactly; the task where it names none."""
        return self.target or self.space or self.action

    @property
    def open(self) -> bool:
        """Whether it is unfinished: it is tracked, or waits for the person."""
        return not self.state.ended

    @property
    def excludes(self) -> bool:
        """Whether it keeps other changes of the same thing from being sent (design §5)."""
        return excludes(self.kind, self.state)

    @property
    def scope(self) -> Scope:
        """What a change of its kind is about."""
        return SCOPES[self.kind]

    @property
    def unsent(self) -> int:
        """Number of confirmed but unsent writes: parts of a run, or the enable of a paused switch."""
        if self.parts:
            return sum(part.unsent for part in self.parts) if self.open else 0
        return int(self.state is JobState.PAUSED)

    def answer(self, otherwise: str = "") -> str:
        """The server's last answer to our own write, as it came; `otherwise` where none did."""
        return next((look.result for look in reversed(self.evidence) if look.step == "answer"), otherwise)


def excludes(kind: JobKind, state: JobState) -> bool:
    """Whether a job of this kind and state keeps other changes of the same thing from being sent (design §5)."""
    scope = SCOPES[kind]
    return scope.excludes is not None and (state is JobState.SENT if scope.until_reply else not state.ended)


def of_kind(jobs: Iterable[Job], *kinds: JobKind) -> Iterator[Job]:
    """The jobs of these kinds, in their order."""
    return (job for job in jobs if job.kind in kinds)


def moved(job: Job, state: JobState, at: datetime, words: str, evidence: tuple[Evidence, ...] = ()) -> Job:
    """The job in its next state, or still in its own one with newer words; raises IllegalMove."""
    if state is not job.state and state not in NEXT[job.state]:
        raise IllegalMove(f"a job that is {job.state} cannot become {state}")
    if state is JobState.CONFIRMED and job.state is not JobState.CONFIRMED and not evidence:
        raise IllegalMove("a job is confirmed by evidence only")
    return replace(job, state=state, updated=at, words=words, evidence=remembered(job.evidence, evidence))


def job_of_part(job: Job, part: Part) -> Job:
    """One part of a run as a job of its own: what is said and checked of a single target holds for a part, too."""
    since = part.since or part.at or job.since
    return replace(
        job,
        target=part.target,
        state=part.state or JobState.SENT,
        since=since,
        updated=part.at or since,
        words=part.words,
        evidence=(Evidence(since, "answer", part.reply),) if part.reply else (),
        until=part.until,
        parts=(),
        refusal=part.refusal,
        status=part.status,
    )


def job_about(job: Job, target: str) -> Job:
    """The part of a run that has this target, as a job of its own, or the job itself where no part has it."""
    return next((job_of_part(job, part) for part in job.parts if part.target == target), job)


WORST_FIRST = (
    JobState.PAUSED,
    JobState.UNKNOWN,
    JobState.OVERDUE,
    JobState.SENT,
    JobState.ACCEPTED,
    JobState.IN_PROGRESS,
    JobState.NO_REPLY,
    JobState.REJECTED,
    JobState.UNVERIFIED,
    JobState.CONFIRMED,
    JobState.SUPERSEDED,
    JobState.ABANDONED,
)


def worst(states: Collection[JobState]) -> JobState:
    """The state of a run whose parts have these states: the worst unfinished one, else no reply, else rejected, else
    the parts' end (design §5). Abandoned parts count only when there is no other."""
    return next(state for state in WORST_FIRST if state in states)


def by_age(state: JobState, age: float, late: float, unknown: float, *, blind: bool = False) -> JobState:
    """The one step that `age` seconds without news bring; both limits are in seconds since the write was accepted.

    `blind` says that this machine cannot check the effect: then the job ends unverified instead of overdue.
    """
    match state:
        case JobState.ACCEPTED:
            return JobState.IN_PROGRESS
        case JobState.IN_PROGRESS | JobState.OVERDUE if blind and age >= late:
            return JobState.UNVERIFIED
        case JobState.IN_PROGRESS if age >= late:
            return JobState.OVERDUE
        case JobState.OVERDUE | JobState.NO_REPLY if age >= unknown:
            return JobState.UNKNOWN
    return state


def status_changes(job: Job) -> tuple[tuple[datetime, str, str], ...]:
    """When a snapshot's or restore's status was first seen to be another one: time (UTC), the old word, the new one."""
    told = [look for look in job.evidence if look.step == "status"]
    return tuple((later.at, earlier.result, later.result) for earlier, later in pairwise(told))


def answered(evidence: tuple[Evidence, ...]) -> bool:
    """Whether the edge ever answered over HTTP."""
    return any(look.step == "http" and look.result.startswith("answered") for look in evidence)


def remembered(old: tuple[Evidence, ...], new: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """The last few looks, and with them the last one at which the edge answered: a delete is measured against it.

    Looks that failed go first, or a night without a network would wipe out the course of a snapshot.
    """
    looks = old + new
    failed = [place for place, look in enumerate(looks[:-1]) if look.step == "look"]
    dropped = set(failed[: max(0, len(looks) - EVIDENCE_KEPT)])
    kept = tuple(look for place, look in enumerate(looks) if place not in dropped)[-EVIDENCE_KEPT:]
    if answered(looks) and not answered(kept):
        kept = (next(look for look in reversed(looks) if answered((look,))), *kept[1:])
    return kept
