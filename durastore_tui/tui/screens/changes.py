"""What every change of the server by keys has in common: it is sent once, and a failure is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.services.jobs.requests import first, names
from durastore_tui.tui.actions import key
from durastore_tui.tui.messages import Told
from durastore_tui.tui.plans import plan_of_body
from durastore_tui.tui.screens.confirm_sheet import ConfirmSheet
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.start import Services
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.preflight import Preflight
    from durastore_tui.services.session import Session

    Look = Callable[[], Awaitable[Preflight]]


class Changes(Shell):
    """Subclasses have the keys, the forms and the sheets."""

    @property
    def services(self) -> Services:
        """There are some: the guard looked before."""
        services = self.server.services
        assert services  # noqa: S101
        return services

    async def send(self, order: Order) -> Job:
        """Sends it once, and learns from the answer what this login may do; raises BadInput."""
        job = await self.services.jobs.submit(order)
        self.services.session.capabilities.answered(first(order).task, job)
        self.server.places.here.tick()
        return job

    async def consented(self, session: Session, verb: str, subject: str, look: Look) -> Job | None:
        """Shows what was read and what is sent, and sends it as a job after the person agreed.

        The person can send a request in spite of a predicted failure. `look` reads the state, before and after
        the confirmation.
        Raises BadInput where a promise no longer holds, Missing, and the error tree.
        """
        before = await look()
        if before.missing:
            raise before.missing
        words = f"{verb} anyway" if before.wrong else verb
        plan = plan_of_body(session, before.task, words, subject, before.body, before.values)
        typed = names(before.to_send())[0] if plan.typed else None
        plan = replace(plan, typed=typed, notes=before.notes, warnings=(*before.wrong, *before.warnings))
        if not await self.app.push_screen_wait(ConfirmSheet(plan)):
            return None
        before.check_same(await look())
        return await self.send(before.to_send())

    def tell_failure(self, subject: str, error: BadInput | DuraStoreError, *, of_a_read: bool = False) -> None:
        """Says why nothing came of a change, and which job stood in its way; after an error of a read, that nothing
        was sent, too."""
        job: Job | None = getattr(error, "job", None)
        if isinstance(error, BadInput):
            leads = f" {key('job')} opens that job." if job else ""
            words = f"{subject}: {error.sentence.rstrip('.')}. Nothing was sent.{leads}"
            self.post_message(Told(words, "warning", stays=True, job=job.id if job else None))
        else:
            unsent = " Nothing was sent." if of_a_read else ""
            self.post_message(Told(f"{subject}: {sentence(error)}{unsent}", "error", stays=True))
