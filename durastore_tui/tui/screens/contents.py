"""The content items of a space, beside the properties of the one under the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.timer import Timer

from durastore_tui.core.urls import space_path
from durastore_tui.services.contents import SpaceContents
from durastore_tui.services.kinds_of_reads import ITEM_PROPERTIES
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.copies import Copyable, Properties, curl_copy
from durastore_tui.tui.details.item_facts import item_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.contents_export import ContentsExport
from durastore_tui.tui.screens.contents_goto import ContentsGoto
from durastore_tui.tui.screens.contents_mirror import ContentsMirror
from durastore_tui.tui.screens.item_reader import ItemReader
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from durastore_tui.services.contents import Source

LONG_REST = 0.3
FIRST_PAGE = 1000


class ContentsScreen(ContentsGoto, ContentsMirror, ContentsExport, ItemReader):
    """The server gives no total: what was read is counted, and that there may be more."""

    scope = Scope.CONTENTS
    BINDINGS = bindings(Scope.CONTENTS)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._long_rest: Timer | None = None

    def open_source(self) -> Source | None:
        services = self.server.services
        return SpaceContents(services.spaces, self.object_id, self.place.prefix) if services else None

    @property
    def object_id(self) -> str:
        return self.place.space or ""

    def read(self, again: bool = False) -> None:
        services = self.server.services
        if services and again:
            services.session.cache.clear(ITEM_PROPERTIES)
        super().read(again)

    def cursor_rested(self) -> None:
        super().cursor_rested()
        if self._long_rest:
            self._long_rest.stop()
        self._long_rest = self.set_timer(LONG_REST, self._read_under_cursor)

    def _read_under_cursor(self) -> None:
        item = self.table.cursor_key
        if item is not None and self.has_class("-wide") and self.in_view and not self.reads.are_cancelled:
            self.read_item(item)

    def draw_item(self) -> None:
        item = self.table.cursor_key
        if item is None:
            self.query_one(Inspector).show("", ())
        else:
            blocks = item_blocks(self.item(item), self.lines.next_keys, self.now, self.thaw_of(item), whole=False)
            self.query_one(Inspector).show(item, blocks)

    def properties_here(self) -> Properties | None:
        item = self.table.cursor_key
        return None if item is None else self.item_properties(item)

    def copyables(self) -> Iterator[Copyable]:
        yield from super().copyables()
        if (item := self.table.cursor_key) is not None:
            yield from self.url_copies(item)

    # Actions

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self._open(event.key)

    def _open(self, item: str) -> None:
        self.server.places.go(self.place.child("item", item=item))

    def open_cursor(self) -> None:
        if (item := self.table.cursor_key) is not None:
            self._open(item)

    def request_copy(self) -> Copyable | str:
        query = {"maxResults": FIRST_PAGE, "prefix": self.place.prefix or None}
        return curl_copy(self.session, "GET", space_path(self.object_id), query, "the first page")
