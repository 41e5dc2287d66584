"""How much there was over time: columns of eighths of a line, from nothing upwards, and a mark under one day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from durastore_tui.core.glyphs import ascii_only, sign
from durastore_tui.tui.widgets.looks import Line
from durastore_tui.tui.widgets.sparkline import ASCII_BARS, BARS

SCALE = 9
"""Cells for the words beside the columns."""


class Point(NamedTuple):
    """How much there was on a day."""

    day: date
    value: int


class Chart(NamedTuple):
    """`points` are oldest first and at least one; `top` words the highest value; `day` is the one that is read."""

    points: tuple[Point, ...]
    day: date
    top: str
    height: int = 6

    def lines(self, width: int) -> list[Line]:
        """`height` lines of columns, the mark, and the first and the last month."""
        room = max(1, width - SCALE)
        values, here = self._values(room), self.column_of(self.day, room)
        highest = max(1, *(value or 0 for value in values))
        lines = [self._level(level, values, highest, here) for level in reversed(range(self.height))]
        mark: Line = ((" " * (SCALE + here), ""), (sign("up"), "accent"))
        first, last = f"{self.points[0].day:%Y-%m}", f"{self.points[-1].day:%Y-%m}"
        both = first + last.rjust(room - len(first)) if room > len(first + last) else last.rjust(room)[-room:]
        ends: Line = ((" " * SCALE + both, "dim"),)
        return [*lines, mark, ends]

    def column_of(self, day: date, room: int) -> int:
        """The column that a day is in, of `room`."""
        first, days = self._span
        return min(room - 1, max(0, (day - first).days * room // days))

    def day_of(self, x: int, width: int) -> date:
        """The day in the middle of what is drawn at `x`."""
        first, days = self._span
        room = max(1, width - SCALE)
        column = min(room - 1, max(0, x - SCALE))
        return first + timedelta(days=(2 * column + 1) * days // (2 * room))

    @property
    def _span(self) -> tuple[date, int]:
        first = self.points[0].day
        return first, (self.points[-1].day - first).days + 1

    def _values(self, room: int) -> list[int | None]:
        """The newest value of each column; None where nobody counted."""
        values: list[int | None] = [None] * room
        for point in self.points:
            values[self.column_of(point.day, room)] = point.value
        if len(self.points) < room:
            _fill(values)
        return values

    def _level(self, level: int, values: Sequence[int | None], highest: int, here: int) -> Line:
        words = self.top if level == self.height - 1 else "0" if level == 0 else ""
        cells = [_cell(value, highest, level, self.height) for value in values]
        before, after = "".join(cells[:here]), "".join(cells[here + 1 :])
        return ((words.rjust(SCALE - 1) + " ", "dim"), (before, "dim"), (cells[here], "accent"), (after, "dim"))


def _cell(value: int | None, highest: int, level: int, height: int) -> str:
    """What of a column stands in this line: nothing, a part, or all of it."""
    bars = ASCII_BARS if ascii_only() else BARS
    eighths = -(-(value or 0) * height * len(bars) // highest) - level * len(bars)
    return " " if eighths <= 0 else bars[min(eighths, len(bars)) - 1]


def _fill(values: list[int | None]) -> None:
    """More columns than days: each goes on until the next one."""
    held: int | None = None
    for number, value in enumerate(values):
        held = value if value is not None else held
        values[number] = held
