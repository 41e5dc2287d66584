"""`H`: readable copies of frozen items: the one in view, the marked ones, or a pasted list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.services.changes import retrieval_changes
from durastore_tui.services.glacier import thaw_of, words
from durastore_tui.tui.facts.thaw_facts import readable
from durastore_tui.tui.messages import Told
from durastore_tui.tui.screens.changes import Changes
from durastore_tui.tui.screens.list_sheet import ListSheet
from durastore_tui.tui.screens.thaw_sheet import ThawSheet

if TYPE_CHECKING:
    from durastore_tui.services.glacier import ItemResult
    from durastore_tui.services.jobs.order import Order


class Thaws(Changes):
    """All items of one order are one job; each is checked before it is asked for."""

    def thaws_sent(self) -> None:
        """The thaws of these items were consented to."""

    def thaw_of(self, item: str) -> Job | None:
        """The newest thaw of an item of this place's space."""
        services = self.server.services
        if services is None:
            return None
        return thaw_of(services.session, self.durastore.jobs, self.place.space or "", item)

    def do_thaw(self) -> None:
        if space := self.subject():
            self._thaw(space, self.target_items(), self.marked_words())

    @work(group="change", exit_on_error=False, description="thaw")
    async def _thaw(self, space: str, items: tuple[str, ...], marked: str) -> None:
        wanted = items or await self.app.push_screen_wait(ListSheet("Thaw a list of items", space))
        if not wanted:
            return
        session = self.services.session
        try:
            change = retrieval_changes.change(session, space, wanted)
            if order := await self.confirmed(change, "Thaw", marked=marked if items else ""):
                self.thaws_sent()
                await self._ask(space, order)
        except (BadInput, DuraStoreError) as error:
            self.tell_failure(space, error)

    async def _ask(self, space: str, order: Order) -> None:
        services = self.services
        sheet = ThawSheet(space, len(order.parts)) if order.parts else None
        if sheet:
            await self.app.push_screen(sheet)
        async for asked in retrieval_changes.send_each(services.session, services.jobs, order):
            if sheet is None:
                self._tell(asked)
            elif sheet.is_running:
                sheet.add(asked, self.now)
        self.server.places.here.tick()

    def _tell(self, asked: ItemResult) -> None:
        """A job that was refused tells so itself."""
        if asked.job is None:
            self.post_message(Told(f"{asked.item}: {words(asked)}", "warning", stays=True))
        elif not asked.failed:
            when = readable(asked.job, self.now)
            words_now = f"{asked.item}: {when or asked.job.state.word}. {asked.job.words}"
            self.post_message(Told(words_now, job=asked.job.id, is_news=True))
