"""What stands on the terminal: of what Textual paints, only the cells that read otherwise are sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.app import App
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from durastore_tui.core.glyphs import PLAIN, ascii_only
from durastore_tui.core.text import OBEYED

Cell = tuple[str, Style | None]
Piece = tuple[int, int, Strip]
"""Column and row, 0-based, and what stands there."""

REPLACEMENT = "?"
UNKNOWN: Cell = ("\0", Style(meta={"unknown": True}))
TEXT = "\0"
APART = 8
"""Equal cells between two that differ: fewer are sent sooner than they are jumped over."""


class Pieces(CompositorUpdate):
    """Each goes to its own place, so that a letter whose width the terminal doubts moves no other; colours are said
    once for all that follow each other in them."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces

    def render_segments(self, console: Console) -> str:
        system = console._color_system or ColorSystem.TRUECOLOR
        sent: list[str] = []
        now = Style.null()
        for x, y, strip in self.pieces:
            sent.append(Control.move_to(x, y).segment.text)
            for text, style, _ in strip:
                wanted = style or Style.null()
                if wanted != now:
                    sent.append(_turn(now, wanted, system))
                    now = wanted
                sent.append(text)
        return "".join((*sent, _turn(now, Style.null(), system)))


@lru_cache(1024)
def _turn(now: Style, wanted: Style, system: ColorSystem) -> str:
    """What makes the text after it look so: the colours alone where nothing else is another."""
    if now.link or wanted.link or now.without_color != wanted.without_color or not wanted:
        closing = Strip.render_style(now, TEXT, color_system=system).partition(TEXT)[2]
        return closing + Strip.render_style(wanted, TEXT, color_system=system).partition(TEXT)[0]
    codes: list[str] = []
    for before, after, ground in ((now.color, wanted.color, False), (now.bgcolor, wanted.bgcolor, True)):
        if before != after:
            codes += (after or Color.default()).downgrade(system).get_ansi_codes(foreground=not ground)
    return f"\x1b[{';'.join(codes)}m" if codes else ""


class Picture:
    """The cells that were sent last; unknown after a change of size."""

    def __init__(self) -> None:
        self.size = Size()
        self._lines: list[list[Cell]] = []

    def forget(self) -> None:
        """Who knows what is there: all of it is sent next time."""
        self._lines = [[UNKNOWN] * self.size.width for _ in range(self.size.height)]

    def change(self, update: CompositorUpdate, size: Size) -> CompositorUpdate | None:
        """What of an update is to be sent, None when everything stands there already; it counts as sent."""
        if size != self.size:
            self.size = size
            self.forget()
        if not isinstance(update, LayoutUpdate | ChopsUpdate):
            self.forget()
            return update
        pieces: list[Piece] = []
        for y, line in self._lines_of(update):
            pieces += _pieces(self._lines[y], line, y)
            self._lines[y] = line
        return Pieces(pieces) if pieces else None

    def _lines_of(self, update: LayoutUpdate | ChopsUpdate) -> Iterator[tuple[int, list[Cell]]]:
        """Row numbers, and the whole line as it is to be."""
        width, height = self.size
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips[:height]):
                line = [cell for strip in strips for cell in _cells(strip)]
                yield y, (line + [UNKNOWN] * (width - len(line)))[:width]
            return
        for y, spans in groupby(update.spans, itemgetter(0)):
            line = list(self._lines[y])
            for _, first, end in spans:
                for x, strip in update.chops[y].items():
                    if strip is not None and x < end and x + strip.cell_length > first:
                        _put(line, x, _cells(strip))
            yield y, line[:width]


def _cells(strip: Strip) -> list[Cell]:
    """A letter of several cells stands in its first one, with nothing in the others; one of none is its neighbour's."""
    cells: list[Cell] = []
    for text, style, control in strip:
        if control:
            continue
        if ascii_only():
            text = text.translate(PLAIN)
        if not text.isascii() or not text.isprintable():
            # The last guard: no widget should let these through.
            text = OBEYED.sub(lambda found: REPLACEMENT * cell_len(found[0]), text)
        if _is_plain(text):
            cells += [(letter, style) for letter in text]
        else:
            cells += [(letters, style) for letters in _wide(text)]
    return cells


@lru_cache(4096)
def _is_plain(text: str) -> bool:
    return text.isascii() or all(cell_len(letter) == 1 for letter in text)


def _wide(text: str) -> list[str]:
    """What goes into each cell; all of it into the first where letters are joined to others."""
    cells: list[str] = []
    for letter in text:
        width = cell_len(letter)
        if width or not cells:
            cells += [letter, *[""] * (width - 1)]
        else:
            cells[-1] += letter
    return cells if len(cells) == cell_len(text) else [text, *[""] * (cell_len(text) - 1)]


def _put(line: list[Cell], x: int, cells: Sequence[Cell]) -> None:
    """A letter that is covered in part is no longer there."""
    start, end = x, x + len(cells)
    while start and line[start][0] == "":
        start -= 1
    line[start:x] = [UNKNOWN] * (x - start)
    line[x:end] = cells
    while end < len(line) and line[end][0] == "":
        line[end] = UNKNOWN
        end += 1


def _pieces(old: list[Cell], new: list[Cell], y: int) -> Iterator[Piece]:
    for start, end in _runs(old, new):
        x, at, held = start, start, list[Segment]()
        for style, group in groupby(new[start:end], itemgetter(1)):
            letters = [letter for letter, _ in group]
            at += len(letters)
            known = [letter for letter in letters if letter != UNKNOWN[0]]
            held += [Segment("".join(known), style)] if known else []
            if "" in letters or not known:
                yield x, y, Strip(held)
                x, held = at, []
        if held:
            yield x, y, Strip(held)


def _runs(old: list[Cell], new: list[Cell]) -> Iterator[tuple[int, int]]:
    """First columns and ends of what differs; up to the end of a line whose letters have doubtful widths."""
    differing = [x for x, (before, after) in enumerate(zip(old, new, strict=True)) if before != after != UNKNOWN]
    if not differing:
        return
    start = last = differing[0]
    if any(len(letter) != 1 for letter, _ in (*old, *new)):
        while start and "" in (old[start][0], new[start][0]):
            start -= 1
        yield start, len(new)
        return
    for x in differing:
        if x - last > APART:
            yield start, last + 1
            start = x
        last = x
    yield start, last + 1


class Sparing(App[None]):
    """Textual sends a whole region whenever something of it may have changed, and the whole screen at each layout."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture()

    def on_resize(self, event: Resize) -> None:
        """Terminals cut and move what stands there when they change their size. To Textual a size that is the old one
        again, by the time that it is told, is none: nothing would be painted."""
        again = event.size == self.picture.size
        self.picture.forget()
        if again and self.screen_stack:
            self.screen.refresh()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if isinstance(renderable, CompositorUpdate) and self._reaches_the_terminal:
            painted_for = screen._compositor.size  # for a moment after a change of size not yet the app's
            renderable = self.picture.change(renderable, painted_for)
        super()._display(screen, renderable)

    @property
    def _reaches_the_terminal(self) -> bool:
        """What Textual drops was not sent."""
        drops = self._batch_count or self._closed or self.is_headless or self._driver is None
        return self._running and not drops
