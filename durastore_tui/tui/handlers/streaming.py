"""What the keys do with the streaming of a space: enable, disable, delete its distribution, switch its type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.resource import value_of
from durastore_tui.services.changes import streaming_changes
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.streaming import HLS, OTHER, SECURE, distribution, families
from durastore_tui.tui.actions import NOT_CONNECTED, keyed
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.enable_sheet import EnableChoice, EnableSheet
from durastore_tui.tui.dialogs.family_sheet import FamilySheet
from durastore_tui.tui.handlers.changes import carry_out, tell_failure

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.jobs.order import Order


def why_not_enable(context: AppContext, target: Target) -> str | None:
    """Why streaming of the space cannot be enabled now."""
    return _why_not(context, target, JobKind.ENABLE)


async def enable(context: AppContext, target: Target) -> None:
    """Enable streaming of the space."""
    await _change(context, target, JobKind.ENABLE)


def why_not_disable(context: AppContext, target: Target) -> str | None:
    """Why streaming of the space cannot be disabled now."""
    return _why_not(context, target, JobKind.DISABLE)


async def disable(context: AppContext, target: Target) -> None:
    """Disable streaming of the space; its distribution stays."""
    await _change(context, target, JobKind.DISABLE)


def why_not_delete(context: AppContext, target: Target) -> str | None:
    """Why the distribution of the space cannot be deleted now."""
    return _why_not(context, target, JobKind.DELETE)


async def delete(context: AppContext, target: Target) -> None:
    """Delete the distribution of the space."""
    await _change(context, target, JobKind.DELETE)


def why_not_switch(context: AppContext, target: Target) -> str | None:
    """Why the streaming type of the space cannot be switched now."""
    return _why_not(context, target, JobKind.SWITCH)


async def switch(context: AppContext, target: Target) -> None:
    """Switch the space between OPEN and SECURE: delete, wait, enable."""
    await _change(context, target, JobKind.SWITCH)


def _why_not(context: AppContext, target: Target, kind: JobKind) -> str | None:
    if target.server.services is None:
        return keyed(NOT_CONNECTED)
    reasons = [why for _, why in _families(context, target, kind)]
    return None if None in reasons else reasons[0]


def _families(context: AppContext, target: Target, kind: JobKind) -> Iterator[tuple[str, str | None]]:
    """The families of this server, each with the reason why the change cannot be sent now."""
    services, space, jobs = target.server.services, target.space or "", context.jobs
    if services is None:
        return
    shown, unreadable = value_of(services.spaces.held(space)), services.jobs.unreadable()
    for family in families(services.session):
        yield family, streaming_changes.why_not(services.session, kind, family, space, jobs, unreadable, shown)


async def _change(context: AppContext, target: Target, kind: JobKind) -> None:
    """The forms over what the space is now, then the change."""
    services, space = target.server.services, target.space
    possible = tuple(family for family, why in _families(context, target, kind) if why is None)
    if services is None or not space:
        return
    try:
        order = await _drafted(context, kind, space, possible, await services.spaces.properties_of(space))
    except (BadInput, DuraStoreError) as error:
        tell_failure(target, space, error)
        return
    if order:
        change = streaming_changes.change(services.session, services.spaces, order, services.jobs.all)
        await carry_out(context, target, change, kind.value.capitalize(), space)


async def _drafted(
    context: AppContext, kind: JobKind, space: str, possible: tuple[str, ...], was: SpaceProperties
) -> Order | None:
    """What the forms said, or None when one was closed; raises BadInput."""
    (first, *others) = possible
    family = await context.push_screen_wait(FamilySheet(kind, space, was, possible)) if others else first
    if family is None:
        return None
    declared = KINDS[kind]
    to = OTHER.get(distribution(was, family).type or "", SECURE) if declared.then else None
    if not declared.live or (to and family != HLS):
        return streaming_changes.draft(kind, space, family=family, streaming_type=to)
    choice: EnableChoice | None = await context.push_screen_wait(EnableSheet(space, family, to=to))
    if choice is None:
        return None
    return streaming_changes.draft(kind, space, family=family, streaming_type=choice.type, origins=choice.origins)
