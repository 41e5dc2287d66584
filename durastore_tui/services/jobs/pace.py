"""How often a job asks (design §5), and how long it may stay silent before it is late, then unknown. All in seconds."""

import math
from collections.abc import Callable
from datetime import datetime, timedelta

from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.families import FAMILIES

MINUTE = 60.0
STEPS = ((MINUTE, 5.0), (5 * MINUTE, 15.0), (30 * MINUTE, 30.0))
DAY_LONG_STEPS = ((5.0, 5.0), (30 * MINUTE, MINUTE))
SLOW = 5 * MINUTE
TRIES = (5.0, 10.0, 20.0)
EACH_TRY = 30.0
JITTER = 0.2
GIVEN_UP = timedelta(days=1)
STREAMING_LATE = 15 * MINUTE
STREAMING_UNKNOWN = 30 * MINUTE
DAY_LONG = (JobKind.RETRIEVAL, JobKind.SNAPSHOT, JobKind.RESTORE)
LOOKED_AT_ONCE = (JobKind.DISABLE, JobKind.DELETE, JobKind.TASK)


def due(entry: Entry, random: Callable[[], float]) -> datetime | None:
    """When to ask next, later by up to a fifth; None when it will not be asked any more."""
    if entry.owner or not entry.job.open or entry.job.kind is JobKind.POLICY or entry.job.state is JobState.PAUSED:
        return None
    if entry.job.state is JobState.UNKNOWN and (
        entry.phase is not Phase.EFFECT or entry.job.updated - entry.phase_at > GIVEN_UP
    ):
        return None  # a switch that gave up sends nothing more by itself
    return entry.job.updated + timedelta(seconds=_interval(entry) * (1 + JITTER * random()))


def limits(entry: Entry) -> tuple[float, float]:
    """Seconds after which it is late, and unknown."""
    if entry.job.kind is JobKind.RETRIEVAL and entry.job.most:
        return entry.job.most, 2 * entry.job.most
    if entry.job.kind in (JobKind.SNAPSHOT, JobKind.RESTORE) and entry.job.state is not JobState.NO_REPLY:
        return math.inf, math.inf  # people are at work: their status alone says that it is stuck
    return STREAMING_LATE, STREAMING_UNKNOWN


def tries_next(entry: Entry) -> bool:
    """Whether the next request is a switch's try to enable the other type, rather than a look."""
    waits = entry.job.state in (JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.OVERDUE)
    return entry.phase is Phase.DELETION and waits


def _interval(entry: Entry) -> float:
    if tries_next(entry):
        return TRIES[entry.job.attempts] if entry.job.attempts < len(TRIES) else EACH_TRY
    if entry.job.state is JobState.ACCEPTED and (entry.job.kind in LOOKED_AT_ONCE or _only_the_space_tells(entry)):
        return 0.0  # what it was like just before the effect is evidence, too
    age = (entry.job.updated - entry.phase_at).total_seconds()
    steps = DAY_LONG_STEPS if entry.job.kind in DAY_LONG else STEPS
    return next((seconds for until, seconds in steps if age < until), SLOW)


def _only_the_space_tells(entry: Entry) -> bool:
    return entry.order.family is not None and not FAMILIES[entry.order.family].answers
