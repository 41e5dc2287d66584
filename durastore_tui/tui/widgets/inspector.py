"""The pane beside a list: what is known of the thing under the cursor."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from durastore_tui.tui.widgets.facts import Block, Facts, Gap, Words


class Inspector(VerticalScroll):
    """A title, then facts; it scrolls when there are more than fit."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "by(1)", "down", show=False, id="list.down"),
        Binding("up,k", "by(-1)", "up", show=False, id="list.up"),
        Binding("pagedown,ctrl+d", "by(10)", "page down", show=False),
        Binding("pageup,ctrl+u", "by(-10)", "page up", show=False),
        Binding("home", "by(-10000)", "top", show=False, id="list.top"),
        Binding("end,G", "by(10000)", "bottom", show=False, id="list.bottom"),
    ]
    _title = ""

    def compose(self) -> ComposeResult:
        yield Facts()

    def action_by(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False)

    def show(self, title: str, blocks: Sequence[Block]) -> None:
        """Replaces what is shown; scrolls to the top only when the title is another one."""
        if title != self._title:
            self._title = title
            self.scroll_to(y=0, animate=False)
        self.query_one(Facts).show((Words(title, "strong", exact=True), Gap(), *blocks))
