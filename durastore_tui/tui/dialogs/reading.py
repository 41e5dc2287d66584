"""A page to read over the screen: help, messages."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.modal import Modal


class ReadingScreen(Modal[None]):
    """Closes with esc, q, or the key that opened it; j and k scroll as everywhere."""

    CSS_PATH: ClassVar = STYLES / "reading.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "close", show=False),
        Binding("question_mark", "close", "close", show=False, id="help"),
        Binding("n", "close", "close", show=False, id="messages"),
        Binding("j", "scroll(1)", "down", show=False),
        Binding("k", "scroll(-1)", "up", show=False),
    ]
    AUTO_FOCUS = "#page"

    def __init__(self, title: str, blocks: Sequence[Block]) -> None:
        super().__init__()
        self.page_title = title
        self.blocks = tuple(blocks)

    def compose(self) -> ComposeResult:
        with Vertical(id="paper"):
            yield Inspector(id="page")

    def on_mount(self) -> None:
        self.query_one(Inspector).show(self.page_title, self.blocks)

    def action_scroll(self, lines: int) -> None:
        self.query_one(Inspector).scroll_relative(y=lines, animate=False)
