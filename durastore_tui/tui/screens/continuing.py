"""`C`: send what an interrupted run did not send, after a new confirmation for the number of unsent parts."""

from __future__ import annotations

from abc import abstractmethod

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.services.continuing import continue_run, why_not
from durastore_tui.tui.actions import NOT_CONNECTED, Action, keyed
from durastore_tui.tui.screens.changes import Changes


class Continuing(Changes):
    """Subclasses name the paused job."""

    @abstractmethod
    def paused_job(self) -> Job | None:
        """The job that `C` continues; it may be in any state."""

    def why_not(self, action: Action) -> str | None:
        if action.id != "continue_run":
            return super().why_not(action)
        if self.server.services is None:
            return keyed(NOT_CONNECTED)
        return why_not(self.services.session, self.paused_job())

    def do_continue_run(self) -> None:
        if job := self.paused_job():
            self._continue(job)

    @work(group="change", exit_on_error=False, description="continue a paused run")
    async def _continue(self, job: Job) -> None:
        services = self.services
        order = services.jobs.order(job.id)
        if order is None:
            return
        try:
            done = await continue_run(services.session, services.jobs, job, order, self)
        except (BadInput, DuraStoreError) as error:
            self.tell_failure(f"job {job.id}", error)
        else:
            if done:
                self.server.places.here.tick()
