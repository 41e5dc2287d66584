"""Sections of lines that lead somewhere: one cursor over all of them, in one column or two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.tui.widgets.facts import Words
from durastore_tui.tui.widgets.looks import Line, Span, fit, strip_of, width_of, wrap
from durastore_tui.tui.widgets.shares import strip

if TYPE_CHECKING:
    from durastore_tui.tui.widgets.chart import Chart
    from durastore_tui.tui.widgets.shares import Share

TWO_COLUMNS = 100
GUTTER = 2
BETWEEN = 3
LABEL = 30
SHARES = 40
INDENT = "    "


class Entry(NamedTuple):
    """A line that leads somewhere, by its `key`: badge, label, figure and note stand under those of its section. A
    label that is an id loses its middle when it is too long."""

    key: str
    label: str
    badge: str = ""
    shade: Shade = ""
    figure: str = ""
    note: str = ""
    note_shade: Shade = "dim"
    is_id: bool = False


class Split(NamedTuple):
    """A strip of shares across the section."""

    shares: tuple[Share, ...]


class Detail(NamedTuple):
    """A sentence that belongs to the entry above it."""

    text: str


Item: TypeAlias = "Entry | Detail | Words | Split | Chart"


class Section(NamedTuple):
    """A title with how we stand with it beside it; `aside` puts it into the second column where there are two."""

    title: str
    words: str = ""
    shade: Shade = "dim"
    items: tuple[Item, ...] = ()
    aside: bool = False


class Widths(NamedTuple):
    """Cells that the widest of a section's entries take of each kind."""

    badges: int = 0
    labels: int = 0
    figures: int = 0
    notes: int = 0


class Piece(NamedTuple):
    """A part of a line on screen: where it begins and how wide it is; `key` is where it leads."""

    x: int
    width: int
    spans: Line
    key: str | None = None
    chart: Chart | None = None


class Links(ScrollView, can_focus=True):
    """j and k go from link to link, tab from section to section, left and right along the chart."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "down", show=False, id="list.down"),
        Binding("up,k", "move(-1)", "up", show=False, id="list.up"),
        Binding("pagedown,ctrl+d", "move(8)", "page down", show=False, id="list.page_down"),
        Binding("pageup,ctrl+u", "move(-8)", "page up", show=False, id="list.page_up"),
        Binding("home", "move(-9999)", "first", show=False, id="list.top"),
        Binding("end,G", "move(9999)", "last", show=False, id="list.bottom"),
        Binding("tab", "section(1)", "next section", show=False),
        Binding("shift+tab", "section(-1)", "section before", show=False),
        Binding("enter", "open", "open", show=False, id="list.open"),
    ]

    class Opened(Message):
        """Enter, or a click on a link."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Picked(Message):
        """A click into the chart."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._sections: tuple[Section, ...] = ()
        self._lines: list[tuple[Piece, ...]] = []
        self._spots: list[tuple[str, int, int]] = []
        self._cursor = 0
        self._moved = False

    def show(self, sections: Sequence[Section]) -> None:
        """Replaces everything; a moved cursor stays on its link, and only lines that read otherwise are painted."""
        if tuple(sections) != self._sections:
            self._sections = tuple(sections)
            self._lay_out()

    @property
    def cursor_key(self) -> str | None:
        """The link under the cursor."""
        return self._spots[self._cursor][0] if self._cursor < len(self._spots) else None

    def move_to(self, key: str) -> None:
        """Puts the cursor on a link, if there is one of that key."""
        for number, (there, _, _) in enumerate(self._spots):
            if there == key:
                self._place(number)
                return

    def action_move(self, links: int) -> None:
        at_end = self._cursor + links >= len(self._spots)
        self._place(max(0, min(self._cursor + links, len(self._spots) - 1)))
        if at_end and self._lines and not self._two:  # what no link stands in is seen as well
            self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_section(self, sections: int) -> None:
        numbers = [section for _, _, section in self._spots]
        if not numbers:
            return
        firsts = [numbers.index(section) for section in dict.fromkeys(numbers)]
        here = max(number for number, first in enumerate(firsts) if first <= self._cursor)
        self._place(firsts[(here + sections) % len(firsts)])

    def action_open(self) -> None:
        if key := self.cursor_key:
            self.post_message(self.Opened(key))

    def on_click(self, event: events.Click) -> None:
        line = self.scroll_offset.y + event.y
        for piece in self._lines[line] if line < len(self._lines) else ():
            if piece.x <= event.x < piece.x + piece.width:
                if piece.chart:
                    self.post_message(
                        self.Picked(piece.chart.day_of(event.x - piece.x - GUTTER, piece.width - GUTTER - 1))
                    )
                elif piece.key:
                    self.move_to(piece.key)
                    self.action_open()

    def _place(self, number: int) -> None:
        before, self._cursor, self._moved = self._cursor, number, True
        for each in (before, number):
            if each < len(self._spots):
                self._refresh_line(self._spots[each][1])
        if self._spots:
            line = self._spots[number][1]
            top = 0 if number == 0 else line - 1  # with the heading of a section's first link
            self.scroll_to_region(Region(0, top, 1, line - top + 1), animate=False, force=True)

    def _refresh_line(self, line: int) -> None:
        self.refresh(Region(0, line - self.scroll_offset.y, self.size.width, 1))

    # Laying out

    @property
    def _two(self) -> bool:
        return self.size.width >= TWO_COLUMNS - BETWEEN and any(section.aside for section in self._sections)

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        key, before = self.cursor_key, self._lines
        width = self.scrollable_content_region.width
        numbered = list(enumerate(self._sections))
        if self._two:
            left = (width - BETWEEN) * 11 // 20
            columns = [
                _column([one for one in numbered if not one[1].aside], 0, left),
                _column([one for one in numbered if one[1].aside], left + BETWEEN, width - left - BETWEEN),
            ]
        else:
            columns = [_column(numbered, 0, width)]
        height = max(len(lines) for lines, _ in columns)
        self._lines = [
            tuple(lines[y] for lines, _ in columns if y < len(lines) and lines[y].spans) for y in range(height)
        ]
        self._spots = [spot for _, spots in columns for spot in spots]
        keys = [spot[0] for spot in self._spots]
        self._cursor = keys.index(key) if key in keys and self._moved else max(0, min(self._cursor, len(keys) - 1))
        if len(before) == height and self.virtual_size.height == height:
            for line in range(height):
                if before[line] != self._lines[line]:
                    self._refresh_line(line)
        else:
            self.virtual_size = Size(1, height)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width, line = self.scrollable_content_region.width, self.scroll_offset.y + y
        strips, at = [], 0
        for piece in self._lines[line] if line < len(self._lines) else ():
            if piece.x > at:
                strips.append(strip_of(self, (), piece.x - at))
            here = piece.key is not None and piece.key == self.cursor_key
            ground: Line = ((sign("cursor") if here else " ", "accent"), (" ", ""))
            strips.append(
                strip_of(
                    self,
                    (*ground, *piece.spans),
                    piece.width,
                    ("cursor" if self.has_focus else "blurred") if here else "",
                )
            )
            at = piece.x + piece.width
        return Strip.join([*strips, strip_of(self, (), max(0, width - at))])

    def watch_has_focus(self, focused: bool) -> None:
        super().watch_has_focus(focused)
        self.refresh()


def _column(
    sections: Iterable[tuple[int, Section]], x: int, width: int
) -> tuple[list[Piece], list[tuple[str, int, int]]]:
    """The lines of one column, and its links: key, line, number of the section."""
    lines: list[Piece] = []
    spots: list[tuple[str, int, int]] = []
    for number, section in sections:
        if lines:
            lines.append(Piece(x, width, ()))
        lines.append(Piece(x, width, _heading(section)))
        widths = _widths(section)
        for item in section.items:
            key = item.key if isinstance(item, Entry) else None
            chart = None if isinstance(item, Entry | Detail | Words | Split) else item
            if key is not None:
                spots.append((key, len(lines), number))
            lines += [Piece(x, width, line, key, chart) for line in _drawn(item, widths, width - GUTTER)]
    return lines, spots


def _heading(section: Section) -> Line:
    return ((section.title.upper(), "strong"), ("   " if section.words else "", ""), (section.words, section.shade))


def _widths(section: Section) -> Widths:
    each = [(one.badge, one.label, one.figure, one.note) for one in section.items if isinstance(one, Entry)]
    return Widths(*(max(width_of(((text, ""),)) for text in texts) for texts in zip(*each, strict=True)))


def _drawn(item: Item, widths: Widths, width: int) -> list[Line]:
    match item:
        case Entry():
            return [_entry(item, widths, width)]
        case Detail(text):
            return [((INDENT, ""), (line, "dim")) for line in wrap(text, width - len(INDENT))]
        case Words(text, shade, exact):
            return [((line, shade),) for line in wrap(text, width, exact=exact)]
        case Split(shares):
            return [strip(shares, min(width, SHARES))]
        case chart:
            return chart.lines(width - 1)


def _entry(entry: Entry, widths: Widths, width: int) -> Line:
    """Badge, label, figure and note in columns that the section's entries share."""
    badges, labels, figures, notes = widths
    spans: list[Span] = []
    if badges:
        spans += [(fit(entry.badge, min(badges, width)), entry.shade), ("  ", "")]
    room = max(8, width - width_of(spans) - (figures + 2 if figures else 0))
    wide = min(labels, max(LABEL, room - notes - 2) if notes else room, room)
    spans.append((fit(entry.label, wide, is_id=entry.is_id), "" if badges else entry.shade))
    if figures:
        spans += [("  ", ""), (fit(entry.figure, figures, right=True), "")]
    left = width - width_of(spans) - 2
    if entry.note and left > 3:
        spans += [("  ", ""), (fit(entry.note, left), entry.note_shade)]
    return tuple(spans)
