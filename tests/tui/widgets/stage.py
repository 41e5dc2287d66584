"""A bare app with our styles around one widget or sheet, and what it shows as text."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import durastore_tui
from durastore_tui.tui.terminal.keys_in_turn import KeysInTurn
from durastore_tui.tui.themes import DARK, THEMES
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.links import Links
from durastore_tui.tui.widgets.looks import LOOKS
from durastore_tui.tui.widgets.paged_table import PagedTable
from durastore_tui.tui.widgets.sheet import Sheet

Heard = TypeVar("Heard", bound=Message)
STYLES = Path(durastore_tui.__file__).parent.parent / "styles"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Boards(Screen[None]):
    """Holds the looks, as every screen of ours does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)


class Stage(KeysInTurn):
    """Keeps every message that it is told to listen for."""

    CSS_PATH: ClassVar = [STYLES / "theme.tcss", STYLES / "sheets.tcss"]

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self.widgets = widgets
        self.heard: list[Message] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_default_screen(self) -> Boards:
        return Boards(id="_default")

    def compose(self) -> ComposeResult:
        yield from self.widgets

    @on(LineList.Highlighted)
    @on(LineList.Opened)
    @on(Links.Opened)
    @on(Links.Picked)
    @on(PagedTable.PagesWanted)
    @on(Sheet.Copy)
    def hear(self, message: Message) -> None:
        self.heard.append(message)

    def of(self, kind: type[Heard]) -> list[Heard]:
        """The messages of a kind, oldest first."""
        return [message for message in self.heard if isinstance(message, kind)]


def shown(widget: Widget) -> list[str]:
    """The lines that a line-API widget paints, without trailing blanks."""
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Lets the app work until something is true; fails after many turns."""
    for _ in range(400):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError("it never came true")
