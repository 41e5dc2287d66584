"""How often a job is checked (design §5), and when it is overdue, then unknown. All in seconds."""

import math

from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.families import FAMILIES

MINUTE = 60.0
DAY = 24 * 60 * MINUTE
STEPS = ((MINUTE, 5.0), (5 * MINUTE, 15.0), (30 * MINUTE, 30.0))
DAY_LONG_STEPS = ((5.0, 5.0), (30 * MINUTE, MINUTE))
SLOW = 5 * MINUTE
JITTER = 0.2
TRIES = (5.0, 10.0, 20.0)
EACH_TRY = 30.0
STREAMING_LATE = 15 * MINUTE
STREAMING_UNKNOWN = 30 * MINUTE
SWITCH_MOST = 45 * MINUTE
"""As long after the confirmation a switch sends its enable by itself; later the person has to continue it."""
DAY_LONG = (JobKind.RETRIEVAL, JobKind.SNAPSHOT, JobKind.RESTORE)
LOOKED_AT_ONCE = (JobKind.DISABLE, JobKind.DELETE, JobKind.TASK)
WITHOUT_CHECK = (JobKind.POLICY,)
"""Kinds of which nothing on the wire can tell more than the reply did."""
CHECKED = (JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.OVERDUE, JobState.UNKNOWN, JobState.NO_REPLY)


def wait(entry: Entry, age: float) -> float | None:
    """Seconds from one check to the next, `age` seconds into the present wait; None when none is made any more."""
    if entry.owner or not is_checked(entry.job):
        return None
    if not entry.job.parts and entry.job.state is JobState.UNKNOWN and (entry.phase is not Phase.EFFECT or age > DAY):
        return None
    if tries_next(entry):
        return TRIES[entry.job.attempts] if entry.job.attempts < len(TRIES) else EACH_TRY
    if entry.job.state is JobState.ACCEPTED and (entry.job.kind in LOOKED_AT_ONCE or _only_the_space_tells(entry)):
        return 0.0  # what it was like just before the effect is evidence, too
    steps = DAY_LONG_STEPS if entry.job.kind in DAY_LONG else STEPS
    return next((seconds for until, seconds in steps if age < until), SLOW)


def is_checked(job: Job) -> bool:
    """Whether a check can tell more about it, or about one of its parts."""
    if job.kind in WITHOUT_CHECK:
        return False
    return bool(parts_to_check(job)) if job.parts else job.state in CHECKED


def parts_to_check(job: Job) -> tuple[Part, ...]:
    """The parts of a run of which a check can tell more, the ones first that were checked longest ago."""
    if job.kind in WITHOUT_CHECK:
        return ()
    unfinished = (part for part in job.parts if part.state in CHECKED)
    return tuple(sorted(unfinished, key=lambda part: part.at or job.since))


def limits(entry: Entry) -> tuple[float, float]:
    """Seconds after which it is overdue, and unknown."""
    if entry.job.kind is JobKind.RETRIEVAL and entry.job.most:
        return entry.job.most, 2 * entry.job.most
    if entry.job.kind in (JobKind.SNAPSHOT, JobKind.RESTORE) and entry.job.state is not JobState.NO_REPLY:
        return math.inf, math.inf  # people are at work: their status alone says that it is stuck
    if entry.phase is not Phase.EFFECT and entry.job.state is not JobState.NO_REPLY:
        return STREAMING_LATE, math.inf  # a switch is paused instead
    return STREAMING_LATE, STREAMING_UNKNOWN


def tries_next(entry: Entry) -> bool:
    """Whether the next request is a switch's try to enable the other type, rather than a check."""
    waits = entry.job.state in (JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.OVERDUE)
    return entry.phase is Phase.DELETION and waits


def _only_the_space_tells(entry: Entry) -> bool:
    return entry.order.family is not None and not FAMILIES[entry.order.family].answers
