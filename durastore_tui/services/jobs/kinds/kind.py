"""What a kind of job declares. Nothing else tells the kinds apart."""

import math
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from durastore_tui.core.jobs import Job, JobState
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.answers import Answer
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.families import Family
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.server import Line

MINUTE = 60.0
STEPS = ((MINUTE, 5.0), (5 * MINUTE, 15.0), (30 * MINUTE, 30.0))
"""Seconds from one check to the next, by the seconds up to which this holds."""
DAY_LONG_STEPS = ((5.0, 5.0), (30 * MINUTE, MINUTE))
STREAMING_LIMITS = (15 * MINUTE, 30 * MINUTE)

Check = Callable[[Entry, Line, Moment], Coroutine[Any, Any, Finding]]
Settle = Callable[[Answer, Entry, Line], Awaitable[Answer]]


def limits_of_people(job: Job) -> tuple[float, float]:
    """No limits while people are at work, whose status alone says that it is stuck."""
    return STREAMING_LIMITS if job.state is JobState.NO_REPLY else (math.inf, math.inf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of job: what it sends, how and how often it is checked, and what is said about it.

    What it excludes is in `core.jobs.SCOPES`, because orders depend on it too.
    """

    first: Callable[[Order, str | None], Request]
    """Its first write; of a run, the one for a part."""
    words: Mapping[JobState, str]
    """The sentence for each of its own states."""
    check: Check | None = None
    """Asks what there is to know next. Without it nothing on the wire can tell more than the reply did."""

    then: Callable[[Order], Request] | None = None
    """The second write of a change in two steps, which is tried until the first one took effect."""
    words_enabled: Mapping[JobState, str] | None = None
    """The sentences from the time on at which the second write was accepted."""
    of_family: Callable[[Family], Task] | None = None
    """The first task of a change of a distribution."""
    begins: Phase = Phase.EFFECT
    """What is waited for first."""
    parts_at_once: int = 1
    """How many parts of a run are sent at the same time."""
    needs_item: bool = False
    """Whether the item must be there: DuraCloud does not check it."""
    leaves_out_excluded: bool = False
    """Whether a run leaves out the parts that another job excludes."""
    remembers_host: bool = False
    """Whether its host is the one that the space showed before."""
    names_target: bool = False
    """Whether the reply names the target of the job, rather than a host."""
    settle: Settle | None = None
    """What a look at the server makes of an answer that hides what happened."""
    conflict: str | None = None
    """What a 409 means where it rejects nothing: another write was faster."""
    ends_with_reply: bool = False
    """Whether the reply is the last that is ever known of it."""

    steps: tuple[tuple[float, float], ...] = STEPS
    checked_at_once: bool = False
    """Whether the first check follows the reply at once: what it was like before the effect is evidence, too."""
    limits: Callable[[Job], tuple[float, float]] = lambda job: STREAMING_LIMITS
    """Seconds after which it is overdue, and unknown."""

    live: bool = False
    """Whether it ends when the streaming host answers."""
    supersedes: bool = False
    """Whether it supersedes unfinished changes that give way."""
    gives_way: Callable[[Job], bool] = lambda job: False
    needs_host: bool = False
    """Whether there is nothing to change in a space that shows no host."""
    breaks_urls: bool = False
    """Whether URLs of the old host stop working."""
    changes_snapshots: bool = False
    """Whether the list of snapshots shows how far it is."""

    doing: str = ""
    """What the space shows meanwhile: "enabling"."""
    part_names: Mapping[JobState, str] = field(default_factory=dict)
    """What the states of parts are called when they are counted, where that differs from the state."""
    many: str = ""
    """Jobs that end alike and are counted in one notification: "retrievals"."""
    advice: Mapping[JobState, str] = field(default_factory=dict)
    """What to do in a state, where that is not the same for all kinds. Keys of actions stand in braces."""
    forget_risk: str = ""
    """What else may go wrong once it is not tracked any more."""
    shows_reply: bool = False
    """Whether the reply is all that is known for now, and therefore shown."""
    checked_before_exit: frozenset[JobState] = frozenset()
    """The states in which a command checks once more before it ends, because one check can show the effect."""

    @property
    def only_enables(self) -> bool:
        """Whether it enables streaming, and deletes nothing before."""
        return self.live and self.then is None
