"""One content item on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from textual.app import ComposeResult

from durastore_tui.core.resource import Resource
from durastore_tui.core.urls import item_path
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable, curl_copy, property_copies
from durastore_tui.tui.details.item_facts import item_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.refresh import EVERY
from durastore_tui.tui.screens.item_reader import ItemReader
from durastore_tui.tui.widgets.inspector import Inspector


class ItemScreen(ItemReader):
    """Everything the server says of it."""

    scope = Scope.ITEM
    BINDINGS = bindings(Scope.ITEM)

    def body(self) -> ComposeResult:
        yield Inspector(id="list")

    @property
    def content_id(self) -> str:
        return self.place.item or ""

    def target(self) -> Target:
        return replace(super().target(), items=(self.content_id,))

    def read(self, again: bool = False) -> None:
        self.read_item(self.content_id, again)
        self.draw_item()

    def tick(self) -> None:
        super().tick()
        self.draw_item()

    def draw_item(self) -> None:
        thaw = self.thaw_of(self.content_id)
        blocks = item_blocks(self.item(self.content_id), self.lines.next_keys, self.now, thaw, whole=True)
        self.query_one("#list", Inspector).show(self.content_id, blocks)
        self.draw_lines()

    def shown(self) -> Resource[Any]:
        return self.item(self.content_id)

    def asked_every(self) -> timedelta:
        return EVERY

    def read_again(self) -> None:
        self.read_item(self.content_id, again=True)

    def copyables(self) -> Iterator[Copyable]:
        yield Copyable("y", "the content id", self.content_id)
        yield from self.url_copies(self.content_id)
        yield from property_copies(self.item_properties(self.content_id))

    def request_copy(self) -> Copyable | str:
        return curl_copy(
            self.session, "HEAD", item_path(self.place.space or "", self.content_id), {}, "the item's properties"
        )
