"""A listing of any length: pages as they are looked at, a filter over what is held, a prefix for the server."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from durastore_tui.core.errors import DuraStoreError, ReadCancelled
from durastore_tui.core.glyphs import sign
from durastore_tui.core.id_order import Bounds
from durastore_tui.core.resource import Empty, Ready, Resource
from durastore_tui.services.contents import PAGE
from durastore_tui.tui.actions import key
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable, Properties, property_copies, row_copies
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.table_listing import TableListing
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.paged_table import MORE, PagedTable

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Item
    from durastore_tui.services.contents import Page, Source

REST = 0.08
NUMBER = Column("number", "#", 9, 9, right=True, drop=1)
ID = Column("id", "CONTENT ID", 28, is_id=True)


class ContentsListing(TableListing):
    """How the items are looked at. Sorting needs all of them."""

    def __init__(self, screen: ContentsList) -> None:
        super().__init__(screen, lambda: screen.table, "looks through what was read")
        self._list = screen

    def sort_by_next(self) -> None:
        """By one column after the other, then by number again."""
        table = self._list.table
        if table.whole:
            keys = [None, *(column.key for column in self._list.columns if column is not NUMBER)]
            table.sort(keys[(keys.index(table.sort_key) + 1) % len(keys)])
            self._list.draw_lines()
        else:
            self._list.post_message(Told(f"Sorting needs the whole list: {key('mirror')} mirrors the rest."))


class ContentsList(PlaceScreen):
    """Subclasses say where the pages come from, and what a row shows."""

    columns: Sequence[Column] = (NUMBER, ID)
    listing: ContentsListing

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.listing = ContentsListing(self)
        self.bounds = Bounds()
        self.doing: dict[str, str] = {}
        """What is under way in the background, in words, by name: line 2 says it."""
        self._source: Source | None = None
        self._newest: datetime | None = None
        self._rest: Timer | None = None

    # What subclasses answer

    @abstractmethod
    def open_source(self) -> Source | None:
        """Where the pages come from; None while there is no connection."""

    @property
    @abstractmethod
    def object_id(self) -> str:
        """The exact id of what has these contents."""

    def cells(self, item: Item) -> tuple[Cell, ...]:
        """What stands beside the row's number and id."""
        return ()

    def properties_here(self) -> Properties | None:
        """What is held of the item under the cursor, for the copy menu."""
        return self.table.cursor_detail

    @abstractmethod
    def draw_item(self) -> None:
        """Says in the inspector what is known of the item under the cursor."""

    # Reading

    def body(self) -> ComposeResult:
        begins = f"No item of {self.object_id} begins with {self.place.prefix}."
        yield PagedTable(empty=begins if self.place.prefix else f"{self.object_id} is empty.", id="list")
        yield Inspector(id="inspector")

    @property
    def table(self) -> PagedTable:
        return self.query_one(PagedTable)

    @property
    def source(self) -> Source | None:
        if self._source is None:
            self._source = self.open_source()
        return self._source

    def on_mount(self) -> None:
        self.table.set_columns(self.columns)
        self.table.open(None, f"the contents of {self.object_id}", "so far" if self.place.prefix else MORE)
        self.listing.apply()

    def read(self, again: bool = False) -> None:
        if again:
            self.bounds = Bounds()
            for table in self.query(PagedTable):  # not there yet in the moment after the place was opened
                table.reread()

    @on(PagedTable.PagesWanted)
    def _pages_wanted(self, event: PagedTable.PagesWanted) -> None:
        for number in event.pages:
            self._read_page(number)

    @read_work("pages", "read a page of content ids", exclusive=False)
    async def _read_page(self, number: int) -> None:
        if source := self.source:
            try:
                page = await source.page(number)
            except DuraStoreError as error:
                self.call_later(self._page_failed, number, error)
            else:
                self.call_later(self._page_read, number, page)

    def _page_read(self, number: int, page: Page) -> None:
        self.bounds.add(number, page.ids)
        self.put(number, page)
        self.draw_lines()

    def _page_failed(self, number: int, error: DuraStoreError) -> None:
        self.table.page_failed(number, error)
        self.draw_lines()

    def read_on(self) -> None:
        self.table.ask_again()

    def cancel_reads(self) -> bool:
        cancelled = super().cancel_reads()
        if cancelled:
            self.table.give_up(ReadCancelled("", None, ""))
        return cancelled

    def put(self, number: int, page: Page) -> None:
        """Shows a page that was read, by whoever read it."""
        self._newest = self.now
        rows = [self._row(number * PAGE + place, item) for place, item in enumerate(page.items)]
        described = any(item.content_properties for item in page.items)
        details = [item.content_properties for item in page.items] if described else ()
        self.table.put_page(number, rows, last=page.last, total=page.total, details=details)

    def _row(self, number: int, item: Item) -> Row:
        name = item.content_id or ""
        return Row(name, (Cell(f"{number + 1:,}", "dim"), Cell(name), *self.cells(item)))

    # Drawing

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        """A key that is held moves the list first; the rest of the screen follows when it rests."""
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.cursor_rested)

    def cursor_rested(self) -> None:
        """The cursor stands on an item for a moment."""
        self.draw_item()
        self.draw_lines()

    def coverage(self) -> Crumbs:
        held = self.table.coverage
        counted = f"{held} {'item' if held == '1' else 'items'}" if held.replace(",", "").isdecimal() else held
        sorting = "sorting…" if self.table.sorting else ""
        words = f" {sign('dot')} ".join(filter(None, (*self.doing.values(), sorting, counted)))
        sort, marked = self.table.sorted_by()[0] or "", len(self.table.marked)
        return Crumbs((), self.listing.filter_text, words, sort, marked, hidden=self.table.marked_hidden)

    def say(self, name: str, words: str = "") -> None:
        """Says what is under way, or with no words that it no longer is."""
        if words:
            self.doing[name] = words
        else:
            self.doing.pop(name, None)
        self.draw_lines()

    def shown(self) -> Resource[None]:
        return Ready(None, self._newest) if self._newest else Empty()

    # Actions

    def target(self) -> Target:
        """With the marked items, else the one under the cursor."""
        one = self.table.cursor_key
        items = self.table.marked or (() if one is None else (one,))
        return replace(super().target(), items=items, marked=self.listing.marked_words)

    def ask_prefix(self, text: str | None) -> None:
        """Goes to what begins with the text; nothing is asked for nothing."""
        if text:
            self.server.places.go(self.place.child(self.place.screen, prefix=text))

    def reload(self) -> None:
        if self.table.error_text:
            self.table.retry()
        else:
            super().reload()

    def copyables(self) -> Iterator[Copyable]:
        yield from self.listing.copies("content")
        yield from row_copies(self.table.row_at(self.table.cursor) if self.table.cursor_key is not None else None)
        yield from property_copies(self.properties_here())
