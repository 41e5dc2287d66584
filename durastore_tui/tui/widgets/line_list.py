"""A list that paints only the lines on screen: cursor, keys and mouse; what a row is comes from its subclasses."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.tui.columns import Column, Placed, Row, place
from durastore_tui.tui.widgets.facts import Block, lay_out
from durastore_tui.tui.widgets.looks import Ground, Line, fit, strip_of, style

GUTTER = 3
HEADER = 1
MOVES = (
    Binding("down,j", "move(1)", "down", show=False, id="list.down"),
    Binding("up,k", "move(-1)", "up", show=False, id="list.up"),
    Binding("pagedown", "move_screen(1.0)", "page down", show=False, id="list.page_down"),
    Binding("pageup", "move_screen(-1.0)", "page up", show=False, id="list.page_up"),
    Binding("ctrl+d", "move_screen(0.5)", "half a page down", show=False, id="list.half_down"),
    Binding("ctrl+u", "move_screen(-0.5)", "half a page up", show=False, id="list.half_up"),
    Binding("home", "move_to_top", "first row", show=False, id="list.top"),
    Binding("end,G", "move_to_bottom", "last row", show=False, id="list.bottom"),
    Binding("enter", "open", "open", show=False, id="list.open"),
)


class LineList(ScrollView, can_focus=True):
    """Line 0 is the header. Use `@on(ResourceTable.Highlighted)`: the messages are shared by every list."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*MOVES]

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another row, or on none."""

        table: "LineList"
        key: str | None

        @property
        def control(self) -> "LineList":
            return self.table

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Highlighted) and message.table is self.table

    @dataclass
    class Opened(Message):
        """Enter, or a click on the row under the cursor."""

        table: "LineList"
        key: str

        @property
        def control(self) -> "LineList":
            return self.table

    @dataclass
    class Moved(Message):
        """Other rows came on screen, or other data did: `first` and `last` are row numbers, 0-based."""

        table: "LineList"
        first: int
        last: int

        @property
        def control(self) -> "LineList":
            return self.table

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, LineList.Moved) and message.table is self.table

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        self._styles: dict[tuple[Shade, Ground], Style] = {}
        self._painted: dict[int, Strip] = {}
        super().__init__(id=id, classes=classes)
        self._columns: tuple[Column, ...] = ()
        self._placed: tuple[int, tuple[Placed, ...]] = (-1, ())
        self._cursor = 0

    # What a subclass says of its rows.

    @property
    @abstractmethod
    def row_count(self) -> int:
        """Rows that can be scrolled to."""

    @abstractmethod
    def row_at(self, index: int) -> Row | None:
        """The row of that number, None while it is not held."""

    @abstractmethod
    def is_marked(self, key: str) -> bool:
        """Whether the row carries a mark."""

    @abstractmethod
    def missing_row(self, index: int) -> Line:
        """What stands in place of a row that is not held."""

    @abstractmethod
    def notice(self) -> Sequence[Block]:
        """What is said where there are no rows."""

    def foot(self) -> Line:
        """A line under the rows, or nothing."""
        return ()

    @property
    def ground(self) -> Ground:
        """Under every row that the cursor is not on."""
        return ""

    def sorted_by(self) -> tuple[str | None, bool]:
        """The column that rows are sorted by, and whether downwards."""
        return None, False

    # The cursor.

    @property
    def cursor(self) -> int:
        """Row number, 0-based."""
        return self._cursor

    @property
    def cursor_key(self) -> str | None:
        """The id under the cursor; None without rows, or while its page is not held."""
        row = self.row_at(self._cursor) if self._cursor < self.row_count else None
        return row.key if row else None

    def place_cursor(self, index: int) -> None:
        """Puts the cursor on a row number and brings it on screen."""
        index = max(0, min(index, self.row_count - 1))
        if index != self._cursor:
            self.refresh_line(self._cursor + HEADER)
            self._cursor = index
            self.refresh_line(index + HEADER)
            self.post_message(self.Highlighted(self, self.cursor_key))
        self._show_cursor()

    @property
    def cursor_on_screen(self) -> bool:
        """Not so where the wheel or a click on the scroll bar left it behind."""
        return self.scroll_offset.y <= self._cursor < self.scroll_offset.y + self.body_height

    def _show_cursor(self) -> None:
        top, height = self.scroll_offset.y, self.body_height
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, force=True)
        elif height and self._cursor >= top + height:
            self.scroll_to(y=self._cursor - height + 1, animate=False, force=True)

    def action_move(self, rows: int) -> None:
        self.place_cursor(self._cursor + rows)

    def action_move_screen(self, screens: float) -> None:
        step = int(screens * self.body_height) or (1 if screens > 0 else -1)
        self.scroll_to(y=self.scroll_offset.y + step, animate=False, force=True)
        self.place_cursor(self._cursor + step)

    def action_move_to_top(self) -> None:
        self.place_cursor(0)

    def action_move_to_bottom(self) -> None:
        self.place_cursor(self.row_count - 1)

    def action_open(self) -> None:
        if (key := self.cursor_key) is not None:
            self.post_message(self.Opened(self, key))

    def on_click(self, event: events.Click) -> None:
        line = event.y - HEADER
        index = self.scroll_offset.y + line
        if 0 <= line < self.body_height and index < self.row_count:
            if index == self._cursor:
                self.action_open()
            else:
                self.place_cursor(index)

    # Sizes.

    @property
    def body_height(self) -> int:
        """Lines that rows can take."""
        return max(0, self.scrollable_content_region.height - HEADER - bool(self.foot()))

    @property
    def window(self) -> tuple[int, int]:
        """The first and the last row number on screen; (0, -1) without rows."""
        first = self.scroll_offset.y
        return first, min(first + self.body_height, self.row_count) - 1

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Replaces the columns; rows given after this have their cells in this order."""
        self._columns = tuple(columns)
        self._placed = (-1, ())
        self.refresh()

    def rows_changed(self) -> None:
        """To be called by the subclass when there are more, fewer or other rows."""
        self.virtual_size = Size(1, self.row_count + HEADER + bool(self.foot()))
        if self._cursor >= self.row_count:
            self._cursor = max(0, self.row_count - 1)
        self._repaint()
        self.view_changed()

    def view_changed(self) -> None:
        """Tells which rows are on screen now."""
        self.post_message(self.Moved(self, *self.window))

    def on_mount(self) -> None:
        self.rows_changed()

    def on_resize(self) -> None:
        self._show_cursor()
        self.view_changed()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.view_changed()

    def watch_has_focus(self, focused: bool) -> None:
        super().watch_has_focus(focused)
        self.refresh_line(self._cursor + HEADER)

    def _placed_in(self, width: int) -> tuple[Placed, ...]:
        """By the width that is painted: Textual paints in a new size before it tells of it."""
        if self._placed[0] != width:
            self._placed = (width, place(self._columns, width - GUTTER - 1))
        return self._placed[1]

    # Painting.

    def _repaint(self) -> None:
        """Only the lines that read otherwise now: each is sent to a terminal that may be far away."""
        for y in range(self.size.height):
            if self._painted.get(y) != self._line(y):
                self.refresh(Region(0, y, self.size.width, 1))

    def render_line(self, y: int) -> Strip:
        strip = self._painted[y] = self._line(y)
        return strip

    def _line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if y == 0:
            return self._header(width)
        foot = self.foot()
        if foot and y == self.scrollable_content_region.height - 1:
            return strip_of(self, foot, width)
        if not self.row_count:
            return self._notice_line(y - HEADER - 1, width)
        index = self.scroll_offset.y + y - HEADER
        if index >= self.row_count:
            return Strip.blank(width, self._style(""))
        return self._row_line(index, width)

    def _style(self, shade: Shade, ground: Ground = "") -> Style:
        """Held until the style sheet says otherwise: looking it up takes longer than painting a row."""
        found = self._styles.get((shade, ground))
        if found is None:
            found = self._styles[shade, ground] = style(self, shade, ground)
        return found

    def notify_style_update(self) -> None:
        self._styles.clear()
        super().notify_style_update()

    def _header(self, width: int) -> Strip:
        by, reverse = self.sorted_by()
        titles = [Segment(" " * GUTTER, self._style("", "header"))]
        at = 0
        for placed in self._placed_in(width):
            column = self._columns[placed.column]
            title = f"{column.title} {sign('down' if reverse else 'up')}" if column.key == by else column.title
            text = " " * (placed.x - at) + fit(title, placed.width, right=column.right)
            titles.append(Segment(text, self._style("", "header")))
            at = placed.x + placed.width
        return Strip(titles).adjust_cell_length(width, self._style("", "header"))

    def _row_line(self, index: int, width: int) -> Strip:
        row = self.row_at(index)
        here = index == self._cursor
        ground: Ground = ("cursor" if self.has_focus else "blurred") if here else self.ground
        pointer, mark = sign("cursor") if here else " ", " "
        if row is None:
            return strip_of(self, ((pointer, "accent"), ("  ", ""), *self.missing_row(index)), width, ground)
        if self.is_marked(row.key):
            mark = sign("mark")
        segments = [Segment(pointer + mark + " ", self._style("accent", ground))]
        at = 0
        plain = self._style("", ground)
        for placed in self._placed_in(width):
            column, cell = self._columns[placed.column], row.cells[placed.column]
            if placed.x > at:
                segments.append(Segment(" " * (placed.x - at), plain))
            text = fit(cell.text, placed.width, right=column.right, is_id=column.is_id)
            segments.append(Segment(text, self._style(cell.shade, ground)))
            at = placed.x + placed.width
        return Strip(segments).adjust_cell_length(width, plain)

    def _notice_line(self, line: int, width: int) -> Strip:
        lines = lay_out(self.notice(), min(width - 2 * GUTTER, 96))
        spans = lines[line] if 0 <= line < len(lines) else ()
        return strip_of(self, ((" " * GUTTER, ""), *spans), width)

    def refresh_row(self, index: int) -> None:
        """Repaints one row, when it is on screen."""
        first, last = self.window
        if first <= index <= last:
            self.refresh(Region(0, index - first + HEADER, self.size.width, 1))
