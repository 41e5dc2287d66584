"""What this login may do on which store, learnt from task lists and refusals (protocol §1.4, §5)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from durastore_tui.core.errors import DuraStoreError, Forbidden
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.core.tasks import hls, policy, rtmp
from durastore_tui.core.tasks.model import Role, Task
from durastore_tui.services.jobs.order import DISTRIBUTION

if TYPE_CHECKING:
    from durastore_tui.services.session import Session

EXCLUDED_BY: dict[str, tuple[frozenset[JobKind], str | None]] = {
    **{task.name: (DISTRIBUTION, "HLS") for task in hls.TASKS if task.changes},
    **{task.name: (DISTRIBUTION, "RTMP") for task in rtmp.TASKS if task.changes},
    policy.SET.name: (frozenset({JobKind.POLICY}), None),
}


class Standing(StrEnum):
    """How a task stands with this login on a store."""

    ALLOWED = "allowed"
    NEEDS_ROLE = "needs role"
    NOT_OFFERED = "not offered"
    UNKNOWN = "unknown"


class Capabilities:
    """Keeps the task lists of the stores, and what refusals and successes say about the role.

    The server never names the role (protocol §1.3), but what it does and refuses puts bounds on it. Refusals of tasks
    that any user may run say nothing: they can be about one space (protocol §1.4).
    """

    def __init__(self) -> None:
        self._offered: dict[str, tuple[str, ...]] = {}
        self._did: Task | None = None
        self._refused: Task | None = None

    def offered(self, store: str) -> tuple[str, ...] | None:
        """Task names in the server's order; None when the list was not read."""
        return self._offered.get(store)

    def listed(self, store: str, names: tuple[str, ...]) -> None:
        """The server listed these tasks for the store."""
        self._offered[store] = names

    def standing(self, store: str, task: Task) -> Standing:
        """What is known by now."""
        offered = self._offered.get(store)
        if offered is not None and task.name not in offered:
            return Standing.NOT_OFFERED
        if task.role <= self._role:
            return Standing.ALLOWED
        if self._refused and task.role >= self._refused.role:
            return Standing.NEEDS_ROLE
        return Standing.UNKNOWN

    def because(self, store: str, task: Task) -> str:
        """How the standing is known, in a sentence."""
        match self.standing(store, task):
            case Standing.ALLOWED if self._did:
                return f"The server did {self._did.name} for this login, which takes the role {self._did.role.name}."
            case Standing.NEEDS_ROLE if self._refused:
                return f"The server refused {self._refused.name} (status 403), which takes {self._refused.role.name}."
            case Standing.NOT_OFFERED:
                return "The store does not list it."
        return f"Nothing that was asked so far tells whether this login has the role {task.role.name}."

    @property
    def _role(self) -> Role:
        """The least that this login has."""
        return self._did.role if self._did else Role.ANONYMOUS

    def succeeded(self, task: Task) -> None:
        """The server did it: this login has the role."""
        if task.role > self._role:
            self._did = task

    def answered(self, task: Task, job: Job) -> None:
        """What the answer to a job's write tells, as far as it came."""
        if job.refusal == Forbidden.__name__:
            self.failed(task, Forbidden(task.name, job.status, job.words))
        elif job.state not in (JobState.REFUSED, JobState.LOST):
            self.succeeded(task)

    def failed(self, task: Task, error: DuraStoreError) -> None:
        """The server did not: a 403 tells that the login is below the role; other errors tell nothing."""
        lower = self._refused is None or task.role < self._refused.role
        if isinstance(error, Forbidden) and self._role < task.role and task.role >= Role.ADMIN and lower:
            self._refused = task


def guard(session: Session, task: Task, space: str | None = None, jobs: Iterable[Job] = ()) -> str | None:
    """Why the task can't be run now (read-only, not offered, role, a job pending), or None."""
    if task.changes and session.window.shut:
        return f"{session.profile.name} is read-only here: {task.name} was not sent."
    match session.capabilities.standing(session.store.id, task):
        case Standing.NOT_OFFERED:
            return not_offered(session, task)
        case Standing.NEEDS_ROLE:
            return f"{task.name} needs the role {task.role.name}; the server refused this login a task of that role."
    if space and (job := pending(session, task, space, jobs)):
        return f"{job.kind} of {space} is {job.state} since {job.since:%Y-%m-%d %H:%M} UTC (job {job.id})."
    return None


def not_offered(session: Session, task: Task) -> str:
    """Why the current store does not list the task."""
    store = session.store
    return f"Store {store.id} ({store.type}) does not offer {task.name}: {elsewhere(store.type, task)}."


def elsewhere(store_type: str, task: Task) -> str:
    """Where the task is offered, for a store that does not."""
    if store_type not in task.stores:
        return f"it is for stores of type {', '.join(sorted(task.stores))}"
    return f"servers have it since {task.since}" + (f", and no more since {task.until}" if task.until else "")


def pending(session: Session, task: Task, space: str, jobs: Iterable[Job]) -> Job | None:
    """The open job that excludes this task on the space."""
    kinds, family = EXCLUDED_BY.get(task.name, (frozenset(), None))
    here = (session.profile.name, session.store.id, family)
    excluding = (job for job in jobs if job.open and job.kind in kinds)
    about = (job for job in excluding if space in (job.space, *(part.target for part in job.parts)))
    return next((job for job in about if (job.profile, job.store, job.family) == here), None)
