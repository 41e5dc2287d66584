"""What a task is given, and how it fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from durastore_tui.sandbox.old import binding
from durastore_tui.sandbox.roles import Caller
from durastore_tui.sandbox.spaces import Spaces, StorageDown
from durastore_tui.sandbox.wire.params import BadParameters, parse
from durastore_tui.sandbox.world import Release, Store, World

TASK_RETRIES = 20.0
"""Seconds that a task tries to reach S3 while it is down (protocol §17)."""


@dataclass(frozen=True)
class Call:
    """One `POST /task/{name}`. The whole call is one transaction, kept also when the task fails."""

    world: World
    store: Store
    caller: Caller
    task: str
    body: bytes
    durastore_host: str = "localhost"
    """The host name under which the caller reached the server."""

    @property
    def spaces(self) -> Spaces:
        """The spaces of the store that the task runs on. Raises `StorageDown` while a fault says so."""
        if self.fault("s3-down"):
            raise StorageDown(TASK_RETRIES)
        return self.world.spaces(self.store.id)

    def parameters(self, task: str | None = None) -> dict[str, Any]:
        """Every field of the task's JSON, or of what another task would take. Raises `TaskFailure`."""
        name, text = task or self.task, self.body.decode("utf-8", "replace")
        try:
            return binding.parse(name, text, self.world.profile.release) if self.world.is_old else parse(name, text)
        except BadParameters as problem:
            raise TaskFailure(500, str(problem)) from None

    def fault(self, name: str) -> bool:
        """Whether a fault of this name was switched on for this task (counts as one use)."""
        return self.world.faults.strikes(name, task=self.task)


class TaskFailure(Exception):
    """Becomes the answer: `message` is the whole body. `delay` is in unscaled seconds (protocol §6.1)."""

    def __init__(self, status: int, message: str, delay: float = 0.0) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.delay = delay


Runner = Callable[[Call], str]


@dataclass(frozen=True)
class Offer:
    """A task as `GET /task` lists it. `until` is the first release without it."""

    name: str
    run: Runner
    since: Release = (3, 0, 0)
    until: Release = (99, 0, 0)
