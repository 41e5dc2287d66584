"""What the keys do with storage policies: set one on a space or on the marked ones, as one run."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.tasks import policy
from durastore_tui.services.changes import policy_changes
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.policy_sheet import PolicySheet, Subject
from durastore_tui.tui.handlers.changes import carry_out, clear_marks, tell_failure, why_guarded

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order

SUBJECT = "storage policy"


def why_not_set(context: AppContext, target: Target) -> str | None:
    """Why a policy cannot be set on one of the spaces now."""
    reasons = (why_guarded(context, target, policy.SET, space) for space in (target.space, *_meant(target)))
    return next(filter(None, reasons), None)


async def set_policy(context: AppContext, target: Target) -> None:
    """Ask for the policy of the marked spaces, else of the one in view, and set it."""
    services, spaces = target.server.services, _meant(target)
    if services is None or not spaces:
        return
    try:
        read = await policy_changes.read_spaces(services.session, spaces)
    except (BadInput, DuraStoreError) as error:
        tell_failure(target, SUBJECT, error)
        return
    if order := await context.push_screen_wait(PolicySheet(Subject(spaces, read.streaming))):
        await _send(context, target, order, target.marked)


def why_not_again(context: AppContext, target: Target) -> str | None:
    """Why there is no run that could be sent again."""
    if why := why_guarded(context, target, policy.SET, target.space):
        return why
    if _to_set_again(context, target) is None:
        return "No policy that was set from here failed, or it was set again since."
    return None


async def set_again(context: AppContext, target: Target) -> None:
    """Set the policy again where the newest run failed."""
    if order := _to_set_again(context, target):
        await _send(context, target, order)


def _meant(target: Target) -> tuple[str, ...]:
    """The marked spaces, else the one in view."""
    return target.spaces or ((target.space,) if target.space else ())


def _to_set_again(context: AppContext, target: Target) -> Order | None:
    services = target.server.services
    return policy_changes.to_set_again(services.session, context.jobs, services.jobs.order) if services else None


async def _send(context: AppContext, target: Target, order: Order, marked: str = "") -> None:
    """One run as one job, with a result for each space."""
    if services := target.server.services:
        change = policy_changes.change(services.session, order)
        await carry_out(context, target, change, "Set", SUBJECT, marked=marked, confirmed=partial(clear_marks, target))
