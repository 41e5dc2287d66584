"""What the key of retrieval from Glacier does: the item in view, the marked ones, or a pasted list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.services.changes import retrieval_changes
from durastore_tui.services.glacier import words as words_of
from durastore_tui.tui.context import AppContext, Target
from durastore_tui.tui.details.thaw_facts import readable
from durastore_tui.tui.dialogs.list_sheet import ListSheet
from durastore_tui.tui.dialogs.thaw_sheet import ThawSheet
from durastore_tui.tui.handlers.changes import clear_marks, confirmed_change, tell_failure
from durastore_tui.tui.messages import Told

if TYPE_CHECKING:
    from durastore_tui.services.glacier import ItemResult
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.tui.start import Services


async def retrieve(context: AppContext, target: Target) -> None:
    """Request the retrieval of the items as one job; check each item before its request."""
    services, space = target.server.services, target.space
    if services is None or not space:
        return
    wanted = target.items or await context.push_screen_wait(ListSheet("Thaw a list of items", space))
    if not wanted:
        return
    try:
        change = retrieval_changes.change(services.session, space, wanted)
        marked = target.marked if target.items else ""
        if order := await confirmed_change(context, target, change, "Thaw", marked=marked):
            if target.items:
                clear_marks(target)
            await _ask(context, target, services, order)
    except (BadInput, DuraStoreError) as error:
        tell_failure(target, space, error)


async def _ask(context: AppContext, target: Target, services: Services, order: Order) -> None:
    sheet = ThawSheet(order.space, len(order.parts)) if order.parts else None
    if sheet:
        await context.push_screen(sheet)
    async for asked in retrieval_changes.send_each(services.session, services.jobs, order):
        if sheet is None:
            _tell(context, target, asked)
        elif sheet.is_running:
            sheet.add(asked, context.start.clock.now())
    target.server.places.here.tick()


def _tell(context: AppContext, target: Target, asked: ItemResult) -> None:
    """A job that was refused tells so itself."""
    if asked.job is None:
        words = f"{asked.item}: {words_of(asked)}"
        target.view.post_message(Told(words, "warning", stays=True))
    elif not asked.failed:
        when = readable(asked.job, context.start.clock.now())
        words = f"{asked.item}: {when or asked.job.state.word}. {asked.job.words}"
        target.view.post_message(Told(words, job=asked.job.id, is_news=True))
