"""What this login may do on which store, learnt from task lists, 401 and 403 (protocol §1.4, §5)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.core.tasks.model import Task

if TYPE_CHECKING:
    from durastore_tui.services.session import Session


class Standing(StrEnum):
    """How a task stands with this login on a store."""

    ALLOWED = "allowed"
    NEEDS_ROLE = "needs role"
    NOT_OFFERED = "not offered"
    UNKNOWN = "unknown"


class Capabilities:
    """Keeps the task lists of the stores and every refusal."""

    def offered(self, store: str) -> tuple[str, ...] | None:
        """Task names in the server's order; None when the list could not be read."""
        raise NotImplementedError

    def standing(self, store: str, task: Task) -> Standing:
        """What is known by now."""
        raise NotImplementedError

    def succeeded(self, store: str, task: Task) -> None:
        """The server did it: this login may."""

    def failed(self, store: str, task: Task, error: DuraStoreError) -> None:
        """The server did not: a 403 tells of a role, other errors tell nothing."""


def guard(session: Session, task: Task, space: str | None = None, jobs: Iterable[Job] = ()) -> str | None:
    """Why the task can't be run now (not offered, role, read-only, a job pending), or None."""
    raise NotImplementedError
