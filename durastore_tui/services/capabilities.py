"""What this login may do on which store, learnt from task lists and refusals (protocol §1.4, §5)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import NamedTuple

from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import DuraStoreError, Forbidden, Unauthorized
from durastore_tui.core.jobs import Job, JobState, job_of_part
from durastore_tui.core.tasks.model import Role, Task


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
        """Learns from the answers to a job's writes, as far as they came."""
        for each in [job_of_part(job, part) for part in job.parts if part.reply] if job.parts else [job]:
            self._learn_from(task, each)

    def _learn_from(self, task: Task, job: Job) -> None:
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
