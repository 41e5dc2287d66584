"""The last requests as their screen lists them: what was asked, how it ended, how long it took."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from durastore_tui.core.resource import Ready
from durastore_tui.tui.columns import Column, Row
from durastore_tui.tui.widgets.bars import LineBar
from durastore_tui.tui.widgets.drawer import Drawer
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.resource_table import ResourceTable

SHOWN = 50


class Calls(ResourceTable, can_focus=False):
    """Looked at, not walked through."""


class RequestsDrawer(Drawer):
    """A click on a row leads to where all of them are."""

    kind = "calls"

    def __init__(self, columns: Sequence[Column], rows: Ready[Sequence[Row]] | None) -> None:
        super().__init__()
        self._columns = tuple(columns)
        self._rows = rows

    def compose(self) -> ComposeResult:
        table = Calls(empty="Nothing was asked yet.")
        table.set_columns(self._columns)
        yield table

    def on_mount(self) -> None:
        if self._rows:
            self.show(self._rows)

    def show(self, rows: Ready[Sequence[Row]]) -> None:
        """Draws the newest of them, newest first; once the drawer is there."""
        self._rows = rows
        for table in self.query(Calls):
            table.show(rows)
            table.scroll_to(y=0, animate=False, force=True)

    @on(LineList.Highlighted)
    @on(LineList.Moved)
    @on(LineList.Opened)
    def _keep(self, event: Message) -> None:
        """They are not of the place's own list."""
        event.stop()
        if isinstance(event, LineList.Opened):
            self.post_message(LineBar.Chosen("go_requests"))
