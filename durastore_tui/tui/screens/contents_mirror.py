"""`m`: reads the rest in the background, so that the filter covers everything; again pauses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.services.contents import AT_ONCE, read
from durastore_tui.tui.actions import key
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.contents_list import ContentsList
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.contents import Page, Source

MIRROR = "mirror"


class ContentsMirror(ContentsList):
    """What is held stays held from then on, on disk; what is missing is asked for, so a pause loses nothing."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._mirroring: Worker[None] | None = None

    def switch_loading(self) -> None:
        """Read the rest in the background, or pause that."""
        if self._mirroring:
            self._pause()
        elif self.table.whole:
            self.say(MIRROR)
            self.post_message(Told(f"Everything is held already; {key('filter')} looks through all of it."))
        elif self.source:
            self.table.pages.keep_all()
            self._mirroring = self._mirror(self.source)
            self.say(MIRROR, f"{self._held()}, {key('mirror')} pauses")

    def _pause(self) -> None:
        if self._mirroring:
            self._mirroring.cancel()
            self._mirroring = None
            self.say(MIRROR, f"paused, {self._held()}, {key('mirror')} goes on")

    def cancel_reads(self) -> bool:
        cancelled = super().cancel_reads()
        if cancelled:
            self._pause()
        return cancelled

    def read_on(self) -> None:
        super().read_on()
        if self._mirroring and self._mirroring.is_cancelled and self.source:
            self._mirroring = self._mirror(self.source)

    def _held(self) -> str:
        total = self.table.total
        of = "" if total is None else f"/{-(-total // self.table.page_size):,}"
        return f"{len(self.table.pages):,}{of} pages"

    @read_work(MIRROR, "read the rest of the contents")
    async def _mirror(self, source: Source) -> None:
        def each(number: int, page: Page) -> None:
            self.bounds.add(number, page.ids)
            self.put(number, page)
            self.say(MIRROR, f"{self._held()}, {key('mirror')} pauses")

        numbered = self.table.total is not None
        try:
            await read(source, self.table.missing_pages, each, AT_ONCE if numbered else 1)
        except DuraStoreError as error:
            self.call_later(self._mirror_ended, f"Reading the rest stopped: {sentence(error)} {key('mirror')} goes on.")
        else:
            self.call_later(self._mirror_ended, "")

    def _mirror_ended(self, trouble: str) -> None:
        """Every page is held, or `trouble` says why not."""
        self._mirroring = None
        self.say(MIRROR, f"stopped, {self._held()}, {key('mirror')} goes on" if trouble else "all held")
        if trouble:
            self.post_message(Told(trouble, "error"))
