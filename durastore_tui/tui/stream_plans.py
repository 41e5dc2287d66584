"""Changes of streaming as the sheet shows them: what becomes of the host, and of the links to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from durastore_tui.core.jobs import JobKind
from durastore_tui.services.jobs.requests import writes
from durastore_tui.services.streaming import HLS, distribution, warnings
from durastore_tui.tui.plans import plan_of
from durastore_tui.tui.screens.confirm_sheet import Plan

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.session import Session


def plan_of_change(session: Session, draft: Order, was: SpaceProperties) -> Plan:
    """What the person consents to; `was` is what the space shows. Raises BadInput."""
    verb = draft.kind.value.capitalize()
    plan, *after = (plan_of(session, request.task, verb, draft.space, request.values) for request in writes(draft))
    if draft.kind is JobKind.SWITCH:
        plan = _switch(plan, after[0], draft, was)
    return replace(plan, warnings=warnings(draft, was))


def _switch(plan: Plan, after: Plan, draft: Order, was: SpaceProperties) -> Plan:
    shown, hls = distribution(was, str(draft.family)), draft.family == HLS
    return replace(
        plan,
        title=f"Switch {draft.family} from {shown.type or 'its type'} to {draft.streaming_type}",
        now=f"The host changes: {shown.host} goes for good, and every link to it that was handed out dies. {plan.now}",
        later=f"{plan.later} {draft.streaming_type} is tried until the server lets go of the old distribution"
        f"{', and then the new host is asked until it answers' if hls else ''}. It goes on after a crash.",
        undo="Switching back makes a third host."
        f"{' u on the job saves the list of the links that die.' if hls else ''}",
        curl=f"{plan.curl}\n{after.curl}",
        after=after,
    )
