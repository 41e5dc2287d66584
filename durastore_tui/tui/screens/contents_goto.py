"""`g`: to a row by its number, or to a name: shown while it is looked for, stopped by esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.services.contents import PAGE
from durastore_tui.services.goto import Search
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.contents_list import ContentsList
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.contents import Page, Source

GOTO = "goto"


class ContentsGoto(ContentsList):
    """Of one search at a time."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._search: Worker[None] | None = None

    def go_to(self, text: str | None) -> None:
        """To a row by its number, to an id by how it begins, or with an empty text to the top; None only stops."""
        self._stop()
        if text is None:
            return
        if self.listing.filter_text:
            self.listing.set_filter("")
        if self.table.sort_key:
            self.table.sort(None)
        digits = text.strip().replace(",", "")
        if not text.strip():
            self.table.go_to(0)
        elif digits.isascii() and digits.isdigit():
            self._go_to_row(max(0, int(digits) - 1))
        elif self.source:
            self._search = self._look_for(self.source, text)

    def _go_to_row(self, row: int) -> None:
        """By number where there are numbers; by marker the pages up to it are read first."""
        rows = self.table.row_count
        if row < rows:
            self.table.go_to(row)
        elif self.table.total is not None or self.table.whole:
            self.call_later(self._landed, max(0, rows - 1), past_the_end(rows))
        elif self.source:
            self._search = self._read_to(self.source, row)

    def interrupt(self) -> bool:
        return self._stop() or super().interrupt()

    def _stop(self) -> bool:
        stopped = self._search is not None and self._search.is_running
        if self._search:
            self._search.cancel()
            self._search = None
        self.say(GOTO)
        return stopped

    def read_on(self) -> None:
        self._stop()
        super().read_on()

    @read_work(GOTO, "look for a content id")
    async def _look_for(self, source: Source, name: str) -> None:
        def each(number: int, page: Page) -> None:
            self.put(number, page)
            orders = self.bounds.orders
            how = f"in {orders[0]}" if orders else "the ids are not sorted, so page by page"
            self.say(GOTO, f"looking for {name}: page {number + 1:,}, {search.reads} read, {how}; esc stops")

        search = Search(source, self.bounds, each)
        try:
            landing = await search.find(name, self.table.total, self.table.pages_known)
        except DuraStoreError as error:
            self.post_message(Told(sentence(error), "error"))
            self.call_later(self._landed, None)
            return
        exact = landing.id is not None and landing.id.startswith(name)
        words = "" if exact else f"No id begins with {name}; this is where it would stand."
        self.call_later(self._landed, landing.row, words)

    @read_work(GOTO, "read on to a row")
    async def _read_to(self, source: Source, row: int) -> None:
        number = self.table.pages_known
        while True:
            try:
                page = await source.page(number)
            except DuraStoreError as error:
                self.post_message(Told(sentence(error), "error"))
                self.call_later(self._landed, None)
                return
            self.bounds.add(number, page.ids)
            self.put(number, page)
            end = number * PAGE + len(page.items)
            if row < end or page.last:
                self.call_later(self._landed, min(row, max(0, end - 1)), "" if row < end else past_the_end(end))
                return
            self.say(GOTO, f"reading on to row {row + 1:,}: {end:,} read; esc stops")
            number += 1

    def _landed(self, row: int | None, words: str = "") -> None:
        """What was looked for is at this row, 0-based, or nowhere."""
        self._search = None
        self.say(GOTO)
        if row is not None:
            self.table.go_to(row)
        if words:
            self.post_message(Told(words, "warning"))


def past_the_end(rows: int) -> str:
    """Why the cursor is not where it was sent."""
    return f"There are {rows:,} rows; this is the last." if rows else "There are no rows."
