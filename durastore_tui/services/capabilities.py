"""What this login may do on which store, learnt from task lists and refusals (protocol §1.4, §5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import DuraStoreError, Forbidden, Unauthorized
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.core.tasks import hls, policy, rtmp
from durastore_tui.core.tasks.model import Role, Task
from durastore_tui.services.jobs.exclusion import gives_way
from durastore_tui.services.jobs.order import DISTRIBUTION, Excluded

if TYPE_CHECKING:
    from durastore_tui.services.session import Session

EXCLUDED_BY: dict[str, tuple[frozenset[JobKind], str | None]] = {
    **{task.name: (DISTRIBUTION, "HLS") for task in hls.TASKS if task.changes},
    **{task.name: (DISTRIBUTION, "RTMP") for task in rtmp.TASKS if task.changes},
    policy.SET.name: (frozenset({JobKind.POLICY}), None),
}
KINDS: dict[str, JobKind] = {
    hls.DISABLE.name: JobKind.DISABLE,
    hls.DELETE.name: JobKind.DELETE,
    rtmp.DISABLE.name: JobKind.DISABLE,
    rtmp.DELETE.name: JobKind.DELETE,
}


class Standing(StrEnum):
    """How a task stands with this login on a store."""

    ALLOWED = "allowed"
    NEEDS_ROLE = "needs role"
    NOT_OFFERED = "not offered"
    UNKNOWN = "unknown"


class Lesson(NamedTuple):
    """What one answer taught about the role: the task, when (UTC), and the status: 200, 401 or 403."""

    task: Task
    at: datetime
    status: int

    def __str__(self) -> str:
        what = f"{self.task.name}, which takes the role {self.task.role.name},"
        if self.status == HTTPStatus.OK:
            return f"{what} succeeded at {self.at:%H:%M} UTC."
        return f"{what} was refused with status {self.status} at {self.at:%H:%M} UTC."


class Capabilities:
    """Keeps the task lists of the stores, and what refusals and successes say about the role.

    The server never names the role (protocol §1.3), but what it does and refuses puts bounds on it. Refusals of tasks
    that any user may run say nothing: they can be about one space (protocol §1.4).
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offered: dict[str, tuple[str, ...]] = {}
        self._failures: dict[str, DuraStoreError] = {}
        self._lessons: dict[str, Lesson] = {}
        self._did: Lesson | None = None
        self._refused: Lesson | None = None

    def offered(self, store: str) -> tuple[str, ...] | None:
        """Task names in the server's order; None when the list was not read."""
        return self._offered.get(store)

    def listed(self, store: str, names: tuple[str, ...]) -> None:
        """The server listed these tasks for the store."""
        self._offered[store] = names
        self._failures.pop(store, None)

    def unlisted(self, store: str, error: DuraStoreError) -> None:
        """The last reading of the store's tasks failed; a list that was read before stays."""
        self._failures[store] = error

    def failure(self, store: str) -> DuraStoreError | None:
        """The error of the last reading of the store's tasks, None where it succeeded."""
        return self._failures.get(store)

    def lessons(self) -> tuple[Lesson, ...]:
        """The last one of each task, newest first."""
        return tuple(reversed(self._lessons.values()))

    def standing(self, store: str, task: Task) -> Standing:
        """What is known by now."""
        offered = self._offered.get(store)
        if offered is not None and task.name not in offered:
            return Standing.NOT_OFFERED
        if task.role <= self._role:
            return Standing.ALLOWED
        if self._refused and task.role >= self._refused.task.role:
            return Standing.NEEDS_ROLE
        return Standing.UNKNOWN

    def because(self, store: str, task: Task) -> str:
        """How the standing is known, in a sentence."""
        standing = self.standing(store, task)
        if standing is Standing.NOT_OFFERED:
            return "The store does not list it."
        if standing is Standing.UNKNOWN or not (lesson := self._bound(standing, task)):
            role = f"Listed; by the documentation it takes the role {task.role.name}."
            return f"{role} Nothing that was asked so far tells whether this login has it."
        return str(lesson)

    def _bound(self, standing: Standing, task: Task) -> Lesson | None:
        own = self._lessons.get(task.name)
        if own and (own.status == HTTPStatus.OK) is (standing is Standing.ALLOWED):
            return own
        return self._did if standing is Standing.ALLOWED else self._refused

    @property
    def _role(self) -> Role:
        """The least that this login has."""
        return self._did.task.role if self._did else Role.ANONYMOUS

    def succeeded(self, task: Task) -> None:
        """The server did it: this login has the role, whatever was refused before."""
        lesson = self._learnt(task, HTTPStatus.OK)
        if task.role > self._role:
            self._did = lesson
        if self._refused and self._refused.task.role <= task.role:
            self._refused = None

    def answered(self, task: Task, job: Job) -> None:
        """What the answer to a job's write tells, as far as it came."""
        said = job.answer(job.words)
        if job.refusal == Forbidden.__name__:
            self.failed(task, Forbidden(task.name, job.status, said))
        elif job.refusal == Unauthorized.__name__:
            self.failed(task, Unauthorized(task.name, job.status, said))
        elif job.state not in (JobState.REJECTED, JobState.NO_REPLY):
            self.succeeded(task)

    def failed(self, task: Task, error: DuraStoreError) -> None:
        """The server did not: a 403 tells that the login is below the role, unless it is about one space; a 401 that
        there is no login; other errors tell nothing."""
        if isinstance(error, Unauthorized):
            self._learnt(task, HTTPStatus.UNAUTHORIZED)
        if not isinstance(error, Forbidden) or error.of_one or task.role < Role.ADMIN:
            return
        lesson = self._learnt(task, HTTPStatus.FORBIDDEN)
        if self._did and self._did.task.role >= task.role:
            self._did = None
        if self._refused is None or task.role < self._refused.task.role:
            self._refused = lesson

    def _learnt(self, task: Task, status: HTTPStatus) -> Lesson:
        self._lessons.pop(task.name, None)
        self._lessons[task.name] = lesson = Lesson(task, self._clock.now(), status)
        return lesson


def guard(
    session: Session, task: Task, space: str | None = None, jobs: Iterable[Job] = (), kind: JobKind | None = None
) -> str | None:
    """Why the task can't be run now (read-only, not offered, role, a job in the way), or None; `kind` as `pending`."""
    if task.changes and session.window.shut:
        return f"{session.profile.name} is read-only here: {task.name} was not sent."
    match session.capabilities.standing(session.store.id, task):
        case Standing.NOT_OFFERED:
            return not_offered(session, task)
        case Standing.NEEDS_ROLE:
            return (
                f"{task.name} needs the role {task.role.name}: {session.capabilities.because(session.store.id, task)}"
            )
    if space and (job := pending(session, task, space, jobs, kind)):
        return Excluded(job if space == job.space else replace(job, target=space)).sentence
    return None


def not_offered(session: Session, task: Task) -> str:
    """Why the current store does not list the task."""
    store = session.store
    if not task.stores:
        return f"Store {store.id} ({store.type}) does not list {task.name}."
    return f"Store {store.id} ({store.type}) does not offer {task.name}: {elsewhere(store.type, task)}."


def elsewhere(store_type: str, task: Task) -> str:
    """Where the task is offered, for a store that does not."""
    if store_type not in task.stores:
        return f"it is for stores of type {', '.join(sorted(task.stores))}"
    return f"servers have it since {task.since}" + (f", and no more since {task.until}" if task.until else "")


def pending(session: Session, task: Task, space: str, jobs: Iterable[Job], kind: JobKind | None = None) -> Job | None:
    """The unfinished job that excludes this task on the space; `kind` is the change, where the task alone does not say
    it: a switch begins with a delete."""
    change = kind or KINDS.get(task.name)
    unfinished = _unfinished(session, task, space, jobs)
    return next((job for job in unfinished if not (change and gives_way(job, change))), None)


def superseded(session: Session, task: Task, space: str, jobs: Iterable[Job]) -> Job | None:
    """The unfinished job that this task on the space supersedes: an enable, by disable or delete (design §5)."""
    change = KINDS.get(task.name)
    return next((job for job in _unfinished(session, task, space, jobs) if change and gives_way(job, change)), None)


def _unfinished(session: Session, task: Task, space: str, jobs: Iterable[Job]) -> Iterator[Job]:
    kinds, family = EXCLUDED_BY.get(task.name, (frozenset(), None))
    here = (session.profile.name, session.store.id, family)
    excluding = (job for job in jobs if job.excludes and job.kind in kinds)
    about = (job for job in excluding if space in (job.space, *(part.target for part in job.parts)))
    return (job for job in about if (job.profile, job.store, job.family) == here)
