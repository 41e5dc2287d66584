"""The steps of a change that a key asked for: plan, dialog, preflight again, journal, one request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.services.changes.confirmation import Consent, Despite
from durastore_tui.services.changes.flow import Change, confirmed_order, send
from durastore_tui.services.changes.guard import guard
from durastore_tui.services.changes.plan import Plan
from durastore_tui.tui.actions import NOT_CONNECTED, key, keyed
from durastore_tui.tui.context import AppContext, Severity, Target
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.messages import Told
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.core.tasks.model import Task
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.session import Session


class ConfirmDialog:
    """The `ConfirmationPrompt` of changes that a key asks for."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    async def show_plan(self, plan: Plan) -> Consent:
        """Show the dialog."""
        return Consent.ASKED if await self._context.push_screen_wait(ConfirmSheet(plan)) else Consent.NO


async def carry_out(
    context: AppContext,
    target: Target,
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

    `session` is another login or store than the connection's. `marked` says what else is marked, and `confirmed` is
    called between the confirmation and the request.
    """
    services = target.server.services
    if services is None:
        return None
    here = session or services.session
    try:
        order = await confirmed_change(context, target, change, verb, session=session, despite=despite, marked=marked)
        if order is None:
            return None
        confirmed()
        job = await send(here, services.jobs, order)
    except (BadInput, DuraStoreError) as error:
        tell_failure(target, subject, error)
        return None
    target.server.places.here.tick()
    return job


async def confirmed_change(
    context: AppContext,
    target: Target,
    change: Change,
    verb: str,
    *,
    session: Session | None = None,
    despite: Despite = Despite.NOTHING,
    marked: str = "",
) -> Order | None:
    """The order once it was confirmed; raises as `changes.flow.confirmed_order`."""
    services = target.server.services
    if services is None:
        return None

    def reshape(plan: Plan) -> Plan:
        return replace(plan, warnings=(*filter(None, [marked]), *plan.warnings))

    here, prompt = session or services.session, ConfirmDialog(context)
    return await confirmed_order(here, services.jobs, change, prompt, verb=verb, despite=despite, reshape=reshape)


def why_guarded(context: AppContext, target: Target, task: Task, space: str | None) -> str | None:
    """Why the guard lets nobody send this task for the space now, or None."""
    session, services = target.session, target.server.services
    if session is None or services is None:
        return keyed(NOT_CONNECTED)
    return guard(session, task, space, context.jobs, unreadable=services.jobs.unreadable())


def clear_marks(target: Target) -> None:
    """Take every mark away: what was marked is confirmed."""
    if listing := target.view.listing:
        listing.clear_marks()


def tell_failure(target: Target, subject: str, error: BadInput | DuraStoreError, *, unsent: bool = True) -> None:
    """Say why nothing came of it, that nothing was sent, and which job stands in the way."""
    job: Job | None = getattr(error, "job", None)
    words = sentence(error) if isinstance(error, DuraStoreError) else f"{error.sentence.rstrip('.')}."
    if unsent and "othing was sent" not in words:
        words = f"{words} Nothing was sent."
    if job:
        words = f"{words} {key('job')} opens that job."
    level: Severity = "warning" if isinstance(error, BadInput) else "error"
    target.view.post_message(Told(f"{subject}: {words}", level, stays=True, job=job.id if job else None))
