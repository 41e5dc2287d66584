"""One of a few, chosen by arrow keys: each with its glyph, its word and what it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from durastore_tui.core.glyphs import glyph, sign
from durastore_tui.tui.widgets.looks import Ground, Line, fit, strip_of

LEAST_WORD = 9


class Choice(Widget, can_focus=True):
    """`options` are pairs of a word and its meaning; `chosen` is the number of one of them."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j,right", "choose(1)", "next", show=False),
        Binding("up,k,left", "choose(-1)", "previous", show=False),
        Binding("space", "turn", "next, from the start after the last", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another one is chosen."""

        choice: "Choice"

        @property
        def control(self) -> "Choice":
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], chosen: int = 0, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = tuple(options)
        self._word = max(LEAST_WORD, *(len(word) + 2 for word, _ in self._options))
        self.chosen = chosen

    def action_choose(self, step: int) -> None:
        self.choose(max(0, min(self.chosen + step, len(self._options) - 1)))

    def action_turn(self) -> None:
        self.choose((self.chosen + 1) % len(self._options))

    def on_click(self, event: events.Click) -> None:
        if 0 <= event.y < len(self._options):
            self.choose(event.y)

    def choose(self, number: int) -> None:
        """Makes that one the chosen one, counted from 0."""
        if number != self.chosen:
            self.chosen = number
            self.refresh()
            self.post_message(self.Changed(self))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._options)

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        word, meaning = self._options[y]
        here = y == self.chosen
        pointer = sign("cursor") if here and self.has_focus else " "
        ground: Ground = "cursor" if here and self.has_focus else ""
        before = f"{pointer} {glyph('on' if here else 'off')} "
        line: Line = (
            (before, "accent" if here else "dim"),
            (fit(word, self._word), "strong" if here else ""),
            (fit(meaning, max(0, width - len(before) - self._word)), "" if here else "dim"),
        )
        return strip_of(self, line, width, ground)
