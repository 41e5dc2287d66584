"""What the keys do with snapshots and restores: their pages, and what only operators change."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.core.checks import email
from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.resource import value_of
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.services.changes import operator_tasks, snapshot_changes
from durastore_tui.services.changes.confirmation import Despite
from durastore_tui.services.changes.flow import Change
from durastore_tui.services.changes.snapshot_changes import of_restore, of_snapshot
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.reports import Reports
from durastore_tui.services.spaces import Spaces
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.dialogs.create_sheet import CreateSheet, Source
from durastore_tui.tui.dialogs.operator_sheet import OperatorSheet
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.dialogs.restore_sheet import RestoreSheet
from durastore_tui.tui.handlers.changes import carry_out
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.core.jobs import Job
    from durastore_tui.core.tasks.model import Task
    from durastore_tui.services.changes.preflight import Preflight
    from durastore_tui.services.session import Session

    Read = Callable[[], Awaitable[Preflight]]

PAGE = "snapshot"


def show_contents(context: AppContext, target: Target) -> None:
    """Go to the items of the snapshot."""
    _go(target, "snapshot_contents")


def show_history(context: AppContext, target: Target) -> None:
    """Go to the events of the snapshot."""
    _go(target, "snapshot_history")


def show_restores(context: AppContext, target: Target) -> None:
    """Go to the last restore of the snapshot."""
    _go(target, "restores")


def _go(target: Target, screen: str) -> None:
    """Show a page about the snapshot; all of them open from its own."""
    here, snapshot = target.view.place, target.snapshot
    if snapshot is None:
        return
    if here.screen == PAGE:
        own = here
    else:
        own = here.parent if here.parent and here.snapshot else here.child(PAGE, snapshot=snapshot)
    target.server.places.go(own.child(screen))


def go_to_space(context: AppContext, target: Target) -> None:
    """Go to the restored space, in the store of the snapshots."""
    services, session = target.server.services, target.session
    found = services.preservation.found if services else None
    space = value_of(found.restore_space(target.snapshot or "")) if found else None
    if services is None or session is None or space is None or not space.properties:
        target.view.post_message(Told("There is no restored space to go to.", "warning"))
        return
    there = Place("space", space.id, parent=Place("spaces"))
    if session.store.id == services.session.store.id:
        target.server.places.go(there)
    else:
        context.connections.use_store(session.store.id, (there, None))


async def follow(context: AppContext, target: Target) -> None:
    """Track what is under way with the snapshot as a job; sends nothing."""
    services, session, snapshot = target.server.services, target.session, target.snapshot
    found = services.preservation.found if services else None
    if services is None or session is None or found is None or not snapshot:
        return
    try:
        order = of_snapshot(session, await found.detail(snapshot))
        if order is None and (restore := await found.restore_of(snapshot)):
            order = of_restore(session, restore)
        if order is None:
            target.view.post_message(Told(f"{snapshot} is complete, and nothing of it is restored."))
            return
        job = await services.jobs.submit(order)
    except BadInput as wrong:
        target.view.post_message(Told(wrong.sentence, "warning"))
    except DuraStoreError as error:
        target.view.post_message(Told(f"{snapshot}: {sentence(error)}", "error"))
    else:
        words = f"{job.target}: its {job.kind} is followed from here."
        target.view.post_message(Told(words, job=job.id, is_news=True))


async def restart(context: AppContext, target: Target) -> None:
    """Start a snapshot again whose transfer failed."""
    session, snapshot = target.session, target.snapshot
    if session and snapshot:
        read = partial(snapshot_changes.restart, session, snapshot)
        await _change(context, target, session, snapshots.RESTART, "Restart", snapshot, read)


async def restore(context: AppContext, target: Target) -> None:
    """Ask the operators for a restore, or start it where the role allows."""
    session, snapshot = target.session, target.snapshot
    if session is None or not snapshot:
        return
    standing = session.capabilities.standing(session.store.id, restores.START)
    choice = await context.push_screen_wait(RestoreSheet(snapshot, standing, _own_email(target)))
    if choice is None:
        return
    task, address = choice
    starts = task is restores.START
    reads = snapshot_changes.start_restore if starts else snapshot_changes.request_restore
    verb = "Restore" if starts else "Ask"
    await _change(context, target, session, task, verb, snapshot, partial(reads, session, snapshot, address))


async def create(context: AppContext, target: Target) -> None:
    """Create a snapshot of the space; in the list of snapshots, ask for the space first."""
    session, space = target.session, target.space
    if session is None:
        return
    if target.view.scope is Scope.SNAPSHOTS:
        space = await context.push_screen_wait(Prompt("space", space or "", "to take a new snapshot of"))
    if not space:
        return
    reports = Reports(session)
    try:
        properties = await Spaces(session).properties_of(space)
        await reports.read_night()
    except DuraStoreError as error:
        target.view.post_message(Told(f"{space}: {sentence(error)}", "error", stays=True))
        return
    source = Source(space, session.store, properties, reports.of(space))
    if choice := await context.push_screen_wait(CreateSheet(source, _own_email(target))):
        description, address = choice
        read = partial(snapshot_changes.create, session, space, description, address, reports)
        await _change(context, target, session, snapshots.CREATE, "Create", space, read)


async def operate(context: AppContext, target: Target) -> None:
    """Do by hand what the bridge did not do by itself."""
    session = target.session
    if session is None:
        return
    choice = await context.push_screen_wait(OperatorSheet(target.space or "", target.snapshot))
    if choice is None:
        return
    task, space, days = choice

    async def read() -> Preflight:
        if days is not None:
            return await operator_tasks.of_restore(session, space, days)
        return await operator_tasks.of_snapshot(session, task, space)

    await _change(context, target, session, task, "Run it", space, read)


async def _change(
    context: AppContext, target: Target, session: Session, task: Task, verb: str, subject: str, read: Read
) -> None:
    """Send it once it was confirmed, also in spite of a predicted failure, and say what came of it."""
    change = Change(task, read)
    job = await carry_out(context, target, change, verb, subject, session=session, despite=Despite.PREDICTIONS)
    if job:
        target.view.post_message(Told(_told(job), job=job.id, is_news=True))


def _told(job: Job) -> str:
    """What became of it; of a one-shot task the answer too, which is all that is known of it for now."""
    answer = " ".join(job.answer().split()) if KINDS[job.kind].shows_reply else ""
    return f"{job.words} Reply: {answer}" if answer else job.words


def _own_email(target: Target) -> str:
    """The login, where that is an address."""
    user = target.server.profile.user if target.server.profile else ""
    return "" if email(user) else user
