"""The runner's own thread and event loop: a terminal that stops reading must not stop the jobs (design §5)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.jobs import Job
from durastore_tui.services.jobs.order import Order


class Jobs:
    """Every job of this machine. `endpoint_of` says how to ask a profile's server, or None when it can't be asked."""

    def __init__(self, endpoint_of: Callable[[str], Endpoint | None], journal: Path, clock: Clock) -> None:
        raise NotImplementedError

    def start(self) -> None:
        """Opens the journal and begins to follow, on a thread of its own."""

    def stop(self, within: float = 3.0) -> None:
        """Lets a request that is on its way end, at most `within` seconds; the journal keeps the rest."""

    async def submit(self, order: Order) -> Job:
        """Journals it, sends its one request, and says how that was answered; a run is sent to its end.

        Raises Excluded, BadInput, and for a thaw what its HEAD raised. A caller that is cancelled cancels nothing.
        """
        raise NotImplementedError

    async def ended(self, job_id: str) -> Job:
        """The job once it is seen, refused, late, unknown, or lost and looked for in vain."""
        raise NotImplementedError

    def all(self) -> tuple[Job, ...]:
        """Newest first, across profiles and processes."""
        raise NotImplementedError

    def get(self, job_id: str) -> Job | None:
        """The job of that id."""
        raise NotImplementedError

    def order(self, job_id: str) -> Order | None:
        """What was asked for: a policy's class and days, the origins."""
        raise NotImplementedError

    def forget(self, job_id: str) -> None:
        """Stops tracking it and takes it out of the journal; raises BadInput while its request is on its way."""

    def subscribe(self, callback: Callable[[Job], None]) -> Callable[[], None]:
        """Calls back with each job that changed, on the runner's thread; returns what ends it."""
        raise NotImplementedError
