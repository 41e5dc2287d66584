"""Storage policies: what was last set from here (protocol §7.2). DuraCloud reports none back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from durastore_tui.core.jobs import Job, JobKind, JobState, Part, of_kind
from durastore_tui.core.tasks.model import StoreType
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.parts import RULES_ARE_GONE
from durastore_tui.services.session import Session

CLASS, DAYS = "storageClass", "daysToTransition"
NEW_SPACES: Mapping[str, tuple[str, int]] = {StoreType.S3: ("STANDARD_IA", 30), StoreType.GLACIER: ("GLACIER", 0)}
"""Class and days that a new space begins with, by the type of its store (users: S3StorageProvider)."""

OrderOf = Callable[[str], Order | None]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One policy that was to be set on one space: the run, the space's part of it, and what was asked."""

    job: Job
    part: Part
    storage_class: str
    days: int

    @property
    def removed(self) -> bool:
        """Whether AWS refused it after the server had deleted the old one."""
        return self.part.state is JobState.REJECTED and RULES_ARE_GONE in self.part.words

    @property
    def had_effect(self) -> bool:
        """Whether the space has, or may have, another policy because of it."""
        return self.removed or self.part.state in (JobState.SENT, JobState.UNVERIFIED, JobState.NO_REPLY)


@dataclass(frozen=True, slots=True)
class LastSet:
    """The newest attempt on a space, and the newest one that changed anything, if there is one."""

    newest: Attempt
    effect: Attempt | None


def attempts(jobs: Iterable[Job], order_of: OrderOf) -> Iterator[Attempt]:
    """Every space of every run, in the order of the jobs: newest first."""
    for job in of_kind(jobs, JobKind.POLICY):
        order = order_of(job.id)
        for part in job.parts if order else ():
            values = dict(order.values) if order else {}
            yield Attempt(job, part, str(values[CLASS]), int(str(values[DAYS])))


def last_set(session: Session, jobs: Iterable[Job], order_of: OrderOf) -> dict[str, LastSet]:
    """By space of the current store, what this machine's journal says; never what is in force."""
    here = (session.profile.name, session.store.id)
    found: dict[str, LastSet] = {}
    for attempt in attempts((job for job in jobs if (job.profile, job.store) == here), order_of):
        held = found.get(attempt.part.target)
        effect = attempt if attempt.had_effect else None
        if held is None:
            found[attempt.part.target] = LastSet(attempt, effect)
        elif held.effect is None:
            found[attempt.part.target] = replace(held, effect=effect)
    return found


def failures(job: Job) -> tuple[str, ...]:
    """The spaces of a run that sends nothing more on which the policy was rejected, got no reply, or was not sent."""
    if not KINDS[job.kind].ends_with_reply or job.state in (JobState.SENT, JobState.PAUSED):
        return ()
    return tuple(part.target for part in job.parts if part.state is not JobState.UNVERIFIED)
