"""What a panel says: headings, labelled values, sentences and keys, laid out by width."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from durastore_tui.core.glyphs import Shade
from durastore_tui.tui.widgets.looks import Line, fit, strip_of, width_of, wrap

LABEL = 11


class Heading(NamedTuple):
    """A section's name, a blank line above it unless it is the first."""

    text: str


class Fact(NamedTuple):
    """A label and what is known; a long value goes on under its own column."""

    label: str
    value: str
    shade: Shade = ""
    exact: bool = False


class Words(NamedTuple):
    """A sentence, wrapped between words; `exact` text (requests, ids) breaks anywhere and loses nothing."""

    text: str
    shade: Shade = ""
    exact: bool = False


class Hint(NamedTuple):
    """A key and what it does here; `on` False dims it, `changes` marks what changes the server. `does` is the action's
    id."""

    key: str
    label: str
    on: bool = True
    changes: bool = False
    does: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty line."""


Block = Heading | Fact | Words | Hint | Gap


def lay_out(blocks: Sequence[Block], width: int) -> list[Line]:
    """Blocks as lines of at most `width` cells; labels of one section share a column."""
    lines: list[Line] = []
    column = _label_column(blocks, width)
    for number, block in enumerate(blocks):
        match block:
            case Heading(text):
                column = _label_column(blocks[number + 1 :], width)
                lines += [(), ((text.upper(), "strong"),)] if lines and lines[-1] else [((text.upper(), "strong"),)]
            case Fact(label, value, shade, exact):
                lines += _labelled(label, wrap(value, width - column, exact=exact), shade, column)
            case Words(text, shade, exact):
                lines += [((line, shade),) for line in wrap(text, width, exact=exact)]
            case Hint(key, label, on, _):
                lines.append(((fit(key, LABEL), "accent" if on else "dim"), (label, "" if on else "dim")))
            case Gap():
                lines.append(())
    return lines


def _label_column(blocks: Sequence[Block], width: int) -> int:
    """As wide as the longest label up to the next heading, within reason."""
    section = takewhile(lambda block: not isinstance(block, Heading), blocks)
    longest = max((width_of(((block.label, "dim"),)) for block in section if isinstance(block, Fact)), default=0)
    return max(LABEL, min(longest + 2, width * 2 // 5))


def _labelled(label: str, values: Sequence[str], shade: Shade, column: int) -> list[Line]:
    """A label that is too long for its column has a line of its own."""
    under: list[Line] = [((" " * column, ""), (value, shade)) for value in values]
    if width_of(((label, "dim"),)) >= column:
        return [((label, "dim"),), *under]
    return [((fit(label, column), "dim"), (values[0], shade)), *under[1:]]


class Facts(Widget):
    """Shows blocks, as high as they need."""

    ALLOW_SELECT = False

    def __init__(
        self,
        blocks: Sequence[Block] = (),
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._blocks = tuple(blocks)
        self._lines: tuple[int, list[Line]] = (-1, [])

    def show(self, blocks: Sequence[Block]) -> None:
        """Replaces everything; does nothing when nothing changed."""
        if tuple(blocks) == self._blocks:
            return
        self._blocks = tuple(blocks)
        width, before = self._lines
        self._lines = (-1, [])
        # A layout goes over the whole screen: only where the height is another one.
        changed = width < 0 or len(self._laid_out(width)) != len(before)
        if changed:
            self.refresh(layout=True)
            self.call_after_refresh(self._see_to_height)
            return
        for y, (old, new) in enumerate(zip(before, self._laid_out(width), strict=True)):
            if old != new:
                self.refresh(Region(0, y + self.gutter.top, self.size.width, 1))

    def _see_to_height(self) -> None:
        """Textual forgets a wish for a layout that comes while another one waits, and keeps the old height."""
        if len(self._laid_out(self.content_size.width)) != self.content_size.height:
            self.refresh(layout=True)

    def _laid_out(self, width: int) -> list[Line]:
        if self._lines[0] != width:
            self._lines = (width, lay_out(self._blocks, width))
        return self._lines[1]

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._laid_out(width))

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        lines = self._laid_out(width)
        return strip_of(self, lines[y] if y < len(lines) else (), width)
