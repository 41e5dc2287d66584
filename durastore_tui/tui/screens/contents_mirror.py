"""`m`: reads the rest in the background, so that the filter covers everything; again pauses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import Worker

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.services.contents import AT_ONCE, read
from durastore_tui.tui.actions import key
from durastore_tui.tui.messages import MirrorEnded, Told
from durastore_tui.tui.places import Place
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

    def do_mirror(self) -> None:
        if self._mirroring:
            self._mirroring.cancel()
            self._mirroring = None
            self.say(MIRROR, f"paused, {self._held()}, {key('mirror')} goes on")
        elif self.table.whole:
            self.say(MIRROR)
            self.post_message(Told(f"Everything is held already; {key('filter')} looks through all of it."))
        elif self.source:
            self.table.pages.keep_all()
            self._mirroring = self._mirror(self.source)
            self.say(MIRROR, f"{self._held()}, {key('mirror')} pauses")

    def _held(self) -> str:
        total = self.table.total
        of = "" if total is None else f"/{-(-total // self.table.page_size):,}"
        return f"{len(self.table.pages):,}{of} pages"

    @work(group=MIRROR, exclusive=True, exit_on_error=False, description="read the rest of the contents")
    async def _mirror(self, source: Source) -> None:
        def each(number: int, page: Page) -> None:
            self.bounds.add(number, page.ids)
            self.put(number, page)
            self.say(MIRROR, f"{self._held()}, {key('mirror')} pauses")

        numbered = self.table.total is not None
        try:
            await read(source, self.table.missing_pages, each, AT_ONCE if numbered else 1)
        except DuraStoreError as error:
            self.post_message(MirrorEnded(f"Reading the rest stopped: {sentence(error)} {key('mirror')} goes on."))
        else:
            self.post_message(MirrorEnded(""))

    @on(MirrorEnded)
    def _mirror_ended(self, event: MirrorEnded) -> None:
        self._mirroring = None
        self.say(MIRROR, f"stopped, {self._held()}, {key('mirror')} goes on" if event.trouble else "all held")
        if event.trouble:
            self.post_message(Told(event.trouble, "error"))
