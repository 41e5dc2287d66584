"""The items of a snapshot, any page of which can be asked for, with the properties that came along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

from textual import on

from durastore_tui.core.tasks import snapshots
from durastore_tui.core.urls import task_path
from durastore_tui.services.contents import SnapshotContents
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Cell, Column
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.details.item_facts import copied_item_blocks, short_size
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.screens.contents_export import ContentsExport
from durastore_tui.tui.screens.contents_goto import ContentsGoto
from durastore_tui.tui.screens.contents_list import ID, NUMBER
from durastore_tui.tui.screens.contents_mirror import ContentsMirror
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.line_list import LineList

if TYPE_CHECKING:
    from durastore_tui.core.tasks.model import Value
    from durastore_tui.core.tasks.snapshots import Item
    from durastore_tui.services.contents import Source

DAY = len("2026-11-24")


class SnapshotContentsScreen(ContentsGoto, ContentsMirror, ContentsExport):
    """The total is known, but under a prefix: the bridge's own ignores it (protocol §7.13)."""

    scope = Scope.SNAPSHOT_CONTENTS
    BINDINGS = bindings(Scope.SNAPSHOT_CONTENTS)
    columns = (
        NUMBER,
        ID,
        Column("size", "SIZE", 8, 9, right=True, drop=2),
        Column("md5", "MD5", 9, 12, drop=4),
        Column("modified", "MODIFIED", DAY, DAY, drop=3),
    )

    def open_source(self) -> Source | None:
        return SnapshotContents(self.session, self.object_id, self.place.prefix) if self.session else None

    @property
    def object_id(self) -> str:
        return self.place.snapshot or ""

    def cells(self, item: Item) -> tuple[Cell, ...]:
        said: Mapping[str, str] = item.content_properties or {}
        size = said.get("content-size", "")
        return (
            Cell(short_size(size), rank=int(size) if size.isascii() and size.isdigit() else None),
            Cell(said.get("content-checksum", ""), "dim"),
            Cell(said.get("content-modified", "")[:DAY], "dim"),
        )

    def draw_item(self) -> None:
        item = self.table.cursor_key
        blocks = () if item is None else copied_item_blocks(self.table.cursor_detail, self.lines.next_keys, whole=False)
        self.query_one(Inspector).show(item or "", blocks)

    # Actions

    @on(LineList.Opened)
    def open_cursor(self) -> None:
        if (item := self.table.cursor_key) is not None:
            self.app.push_screen(ReadingScreen(item, copied_item_blocks(self.table.cursor_detail, (), whole=True)))

    def request_copy(self) -> Copyable | str:
        page = self.table.cursor // self.table.page_size
        values: dict[str, Value | None] = {
            "snapshotId": self.object_id,
            "pageNumber": page,
            "pageSize": self.table.page_size,
            "prefix": quote(self.place.prefix, safe="") or None,
        }
        body = snapshots.CONTENTS.request_body(values)
        return curl_copy(self.session, "POST", task_path(snapshots.CONTENTS.name), {}, "this page", body)
