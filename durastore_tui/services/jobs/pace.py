"""How often a job is checked (design §5), and when it is overdue, then unknown. All in seconds."""

import math

from durastore_tui.core.jobs import Job, JobState, Part
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.kind import MINUTE, STREAMING_LIMITS
from durastore_tui.services.jobs.kinds.registry import KINDS

DAY = 24 * 60 * MINUTE
SLOW = 5 * MINUTE
JITTER = 0.2
TRIES = (5.0, 10.0, 20.0)
EACH_TRY = 30.0
SWITCH_MOST = 45 * MINUTE
"""As long after the confirmation a switch sends its enable by itself; later the person has to continue it."""
CHECKED = (JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.OVERDUE, JobState.UNKNOWN, JobState.NO_REPLY)


def wait(entry: Entry, age: float) -> float | None:
    """Seconds from one check to the next, `age` seconds into the present wait; None when none is made any more."""
    if entry.owner or not is_checked(entry.job):
        return None
    if not entry.job.parts and entry.job.state is JobState.UNKNOWN and (entry.phase is not Phase.EFFECT or age > DAY):
        return None
    if tries_next(entry):
        return TRIES[entry.job.attempts] if entry.job.attempts < len(TRIES) else EACH_TRY
    if entry.job.state is JobState.ACCEPTED and (KINDS[entry.job.kind].checked_at_once or _only_the_space_tells(entry)):
        return 0.0  # what it was like just before the effect is evidence, too
    return next((seconds for until, seconds in KINDS[entry.job.kind].steps if age < until), SLOW)


def is_checked(job: Job) -> bool:
    """Whether a check can tell more about it, or about one of its parts."""
    if KINDS[job.kind].check is None:
        return False
    return bool(parts_to_check(job)) if job.parts else job.state in CHECKED


def parts_to_check(job: Job) -> tuple[Part, ...]:
    """The parts of a run of which a check can tell more, the ones first that were checked longest ago."""
    if KINDS[job.kind].check is None:
        return ()
    unfinished = (part for part in job.parts if part.state in CHECKED)
    return tuple(sorted(unfinished, key=lambda part: part.at or job.since))


def limits(entry: Entry) -> tuple[float, float]:
    """Seconds after which it is overdue, and unknown."""
    if entry.phase is Phase.EFFECT or entry.job.state is JobState.NO_REPLY:
        return KINDS[entry.job.kind].limits(entry.job)
    return STREAMING_LIMITS[0], math.inf  # a switch is paused instead


def tries_next(entry: Entry) -> bool:
    """Whether the next request is a switch's try to enable the other type, rather than a check."""
    waits = entry.job.state in (JobState.ACCEPTED, JobState.IN_PROGRESS, JobState.OVERDUE)
    return entry.phase is Phase.DELETION and waits


def _only_the_space_tells(entry: Entry) -> bool:
    return entry.order.family is not None and not FAMILIES[entry.order.family].answers
