"""The content items of a space, a page of ids after another, beside the properties of the one under the cursor."""

from __future__ import annotations

from datetime import datetime

from textual import on, work
from textual.app import ComposeResult
from textual.timer import Timer

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.urls import space_path
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.history import Place
from durastore_tui.tui.item_facts import item_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.messages import PageRead
from durastore_tui.tui.screens.item_reader import ItemReader
from durastore_tui.tui.screens.stream_urls import StreamUrls
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.columns import Cell, Column, Row
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.paged_table import PagedTable

PAGE = 1000
LONG_REST = 0.3


class ContentsScreen(ItemReader, StreamUrls):
    """The server gives no total: what was read is counted, and that there may be more."""

    scope = Scope.CONTENTS
    BINDINGS = bindings(Scope.CONTENTS)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._markers = {0: ""}
        self._newest: datetime | None = None
        self._filter = ""
        self._long_rest: Timer | None = None

    def body(self) -> ComposeResult:
        begins = f" begins with {self.place.prefix}" if self.place.prefix else ""
        yield PagedTable(empty=f"No item of {self.space}{begins}." if begins else f"{self.space} is empty.", id="list")
        yield Inspector(id="inspector")

    @property
    def space(self) -> str:
        return self.place.space or ""

    @property
    def table(self) -> PagedTable:
        return self.query_one(PagedTable)

    def on_mount(self) -> None:
        self.table.set_columns((Column("id", "CONTENT ID", 20, is_id=True),))
        self.table.open(None, f"the contents of {self.space}")

    # Reading

    def read(self, again: bool = False) -> None:
        if again:
            self.items.clear()
            self.table.reread()

    @on(PagedTable.PagesWanted)
    def _pages_wanted(self, event: PagedTable.PagesWanted) -> None:
        for number in event.pages:
            self._read_page(number, self._markers[number])

    @work(group="pages", exit_on_error=False, description="read a page of content ids")
    async def _read_page(self, number: int, marker: str) -> None:
        if services := self.durastore.services:
            try:
                page = await services.spaces.contents(self.space, self.place.prefix, marker, PAGE)
            except DuraStoreError as error:
                self.post_message(PageRead(number, error))
            else:
                self.post_message(PageRead(number, page))

    @on(PageRead)
    def _page_read(self, event: PageRead) -> None:
        if isinstance(event.page, DuraStoreError):
            self.table.page_failed(event.number, event.page)
        else:
            ids = event.page.ids
            if ids:
                self._markers[event.number + 1] = ids[-1]
            self._newest = self.now
            self.table.put_page(event.number, [Row(one, (Cell(one),)) for one in ids], last=len(ids) < PAGE)
        self.draw_lines()

    # Drawing

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.draw_item()
        self.draw_lines()
        if self._long_rest:
            self._long_rest.stop()
        self._long_rest = self.set_timer(LONG_REST, self._read_under_cursor)

    def _read_under_cursor(self) -> None:
        item = self.table.cursor_key
        if item is not None and self.has_class("-wide") and self.is_current:
            self.read_item(item)

    def draw_item(self) -> None:
        item = self.table.cursor_key
        blocks = item_blocks(self.item(item), tuple(self.next_keys()), self.now) if item is not None else ()
        self.query_one(Inspector).show(item or "", blocks)

    def coverage(self) -> Crumbs:
        held = self.table.coverage
        counted = f"{held} {'item' if held == '1' else 'items'}" if held.replace(",", "").isdecimal() else held
        return Crumbs((), self._filter, counted, marked=len(self.table.marked))

    def read_at(self) -> datetime | None:
        return self._newest

    # Actions

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self._open(event.key)

    def _open(self, item: str) -> None:
        self.durastore.places.go(self.place.child("item", item=item))

    def do_open(self) -> None:
        if (item := self.table.cursor_key) is not None:
            self._open(item)

    def do_properties(self) -> None:
        self.do_open()

    def chosen(self) -> tuple[str, ...]:
        one = self.table.cursor_key
        return self.table.marked or (() if one is None else (one,))

    def do_mark(self) -> None:
        self.table.toggle_mark()
        self.draw_lines()

    def do_filter(self) -> None:
        from durastore_tui.tui.screens.prompt import Prompt

        before = self._filter

        def ended(text: str | None) -> None:
            self._set_filter(before if text is None else text)

        self.app.push_screen(Prompt("filter", before, "looks through what was read", self._set_filter), ended)

    def _set_filter(self, text: str) -> None:
        self._filter = text
        self.table.filter(text)
        self.draw_lines()

    def do_ask_prefix(self) -> None:
        from durastore_tui.tui.screens.prompt import Prompt

        def ended(text: str | None) -> None:
            if text:
                self.durastore.places.go(self.place.child("contents", prefix=text))

        self.app.push_screen(Prompt("prefix", self.place.prefix, "asks the server; ids are compared exactly"), ended)

    def do_refresh(self) -> None:
        if self.table.error_text:
            self.table.retry()
        else:
            super().do_refresh()

    def do_copy(self) -> None:
        if text := self.table.error_text:
            self.copy(text, "the error")
        elif items := self.chosen():
            what = "the content id" if len(items) == 1 else f"{len(items)} content ids"
            self.copy("\n".join(items), what)

    def do_copy_curl(self) -> None:
        query = {"maxResults": PAGE, "prefix": self.place.prefix or None}
        self.copy_curl("GET", space_path(self.space), query, "the first page")
