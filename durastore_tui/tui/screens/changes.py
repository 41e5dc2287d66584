"""What every change of the server by keys has in common: one flow, and a failure is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.services.changes.confirmation import Consent, Despite
from durastore_tui.services.changes.flow import Change, confirmed_order, send
from durastore_tui.services.changes.plan import Plan
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.actions import key
from durastore_tui.tui.context import Severity
from durastore_tui.tui.messages import Told
from durastore_tui.tui.screens.confirm_sheet import ConfirmSheet
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.start import Services
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.session import Session


class Changes(Shell):
    """Subclasses have the keys and the forms. The screen is the `ConfirmationPrompt` of its changes."""

    @property
    def services(self) -> Services:
        """There are some: the guard looked before."""
        services = self.server.services
        assert services  # noqa: S101
        return services

    async def show_plan(self, plan: Plan) -> Consent:
        """Show the dialog."""
        return Consent.ASKED if await self.app.push_screen_wait(ConfirmSheet(plan)) else Consent.NO

    async def carry_out(
        self,
        change: Change,
        verb: str,
        subject: str,
        *,
        session: Session | None = None,
        despite: Despite = Despite.NOTHING,
        marked: str = "",
        confirmed: Callable[[], None] = lambda: None,
    ) -> Job | None:
        """Confirm the change and send it, or tell why `subject` was not changed.

        `marked` says what else is marked, and `confirmed` is called between the confirmation and the request.
        """
        try:
            order = await self.confirmed(change, verb, session=session, despite=despite, marked=marked)
            if order is None:
                return None
            confirmed()
            job = await send(session or self.services.session, self.services.jobs, order)
        except (BadInput, DuraStoreError) as error:
            self.tell_failure(subject, error)
            return None
        self.server.places.here.tick()
        return job

    async def confirmed(
        self,
        change: Change,
        verb: str,
        *,
        session: Session | None = None,
        despite: Despite = Despite.NOTHING,
        marked: str = "",
    ) -> Order | None:
        """The order once it was confirmed; raises as `changes.flow.confirmed_order`."""

        def reshape(plan: Plan) -> Plan:
            return replace(plan, warnings=(*filter(None, [marked]), *plan.warnings))

        here = session or self.services.session
        return await confirmed_order(
            here, self.services.jobs, change, self, verb=verb, despite=despite, reshape=reshape
        )

    def tell_failure(self, subject: str, error: BadInput | DuraStoreError, *, unsent: bool = True) -> None:
        """Says why nothing came of it, that nothing was sent, and which job stands in the way."""
        job: Job | None = getattr(error, "job", None)
        words = sentence(error) if isinstance(error, DuraStoreError) else f"{error.sentence.rstrip('.')}."
        if unsent and "othing was sent" not in words:
            words = f"{words} Nothing was sent."
        if job:
            words = f"{words} {key('job')} opens that job."
        level: Severity = "warning" if isinstance(error, BadInput) else "error"
        self.post_message(Told(f"{subject}: {words}", level, stays=True, job=job.id if job else None))
