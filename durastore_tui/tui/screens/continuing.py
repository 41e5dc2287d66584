"""`C`: send what an interrupted run did not send, after a new confirmation for the number of unsent parts."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.job_summary import describe_change, subject
from durastore_tui.core.jobs import Job
from durastore_tui.core.tasks.model import Tier
from durastore_tui.services.continuing import preflight, unsent_requests, why_not
from durastore_tui.tui.actions import Action, keyed
from durastore_tui.tui.plans import plan_of_run
from durastore_tui.tui.screens.changes import Changes
from durastore_tui.tui.screens.confirm_sheet import ConfirmSheet
from durastore_tui.tui.screens.four_lines import NOT_CONNECTED

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.tui.screens.confirm_sheet import Plan

MANY = {"policy": ("spaceId", "spaces"), "retrieval": ("contentId", "items")}


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
            before = await preflight(services.session, job, order)
            before.check()
            plan = replace(self._plan_of_rest(job, order), warnings=before.warnings)
            if not await self.app.push_screen_wait(ConfirmSheet(plan)):
                return
            before.check_same(await preflight(services.session, job, order))
            now = services.jobs.get(job.id)
            if now is None or (now.state, now.unsent) != (job.state, job.unsent):
                raise BadInput("job", f"Job {job.id} was changed meanwhile")
            services.session.capabilities.answered(before.task, await services.jobs.continue_run(job.id))
            self.server.places.here.tick()
        except (BadInput, DuraStoreError) as error:
            self.tell_failure(f"job {job.id}", error, of_a_read=True)

    def _plan_of_rest(self, job: Job, order: Order) -> Plan:
        """The exact requests that are left; their number is typed."""
        requests = unsent_requests(job, order)
        here = self.services.session.at(self.services.session.listed(job.store))
        values = [request.values for request in requests]
        plan = plan_of_run(here, requests[0].task, "Continue", values, MANY.get(job.kind, ("spaceId", "spaces")))
        title = f"Continue {describe_change(job)}: {subject(job)}"
        return replace(plan, title=title, tier=Tier.DANGER, typed=str(job.unsent))
