"""Columns and rows of every list, and how they share the width there is."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from durastore_tui.core.glyphs import Shade

GAP = 2


class Cell(NamedTuple):
    """Text as the server gave it or as we word it; `rank` is what sorting compares, the text when None."""

    text: str
    shade: Shade = ""
    rank: Any = None


class Column(NamedTuple):
    """`least` and `most` are widths in cells (`most` None: all that is left). Of `drop`, the highest goes first
    when the width falls; 0 stays. Ids are shortened in their middle, other text at its end."""

    key: str
    title: str
    least: int
    most: int | None = None
    right: bool = False
    drop: int = 0
    is_id: bool = False


class Row(NamedTuple):
    """`key` is the exact id that the row stands for; cells are in the order of the columns. A filter searches `behind`,
    too, which is not shown."""

    key: str
    cells: tuple[Cell, ...] = ()
    behind: str = ""


class Placed(NamedTuple):
    """Column number `column` at `x`, `width` cells wide."""

    column: int
    x: int
    width: int


def place(columns: Sequence[Column], width: int) -> tuple[Placed, ...]:
    """Which columns fit into `width` cells, and where; what is left over goes to the ones without a `most`."""
    kept = list(range(len(columns)))
    while len(kept) > 1 and _least(columns, kept) > width:
        droppable = [index for index in kept if columns[index].drop]
        if not droppable:
            break
        kept.remove(max(droppable, key=lambda index: (columns[index].drop, index)))
    widths = _share(columns, kept, max(0, width - _least(columns, kept)))
    placed, x = [], 0
    for index in kept:
        room = max(0, min(widths[index], width - x))
        placed.append(Placed(index, x, room))
        x += widths[index] + GAP
    return tuple(one for one in placed if one.width)


def _least(columns: Sequence[Column], kept: Sequence[int]) -> int:
    return sum(columns[index].least for index in kept) + GAP * (len(kept) - 1)


def _share(columns: Sequence[Column], kept: Sequence[int], spare: int) -> dict[int, int]:
    """Bounded columns grow to their most first, in order; the open ones then share the rest evenly."""
    widths = {index: columns[index].least for index in kept}
    for index in kept:
        most = columns[index].most
        if most is not None:
            grown = min(spare, max(0, most - widths[index]))
            widths[index] += grown
            spare -= grown
    open_ended = [index for index in kept if columns[index].most is None]
    for position, index in enumerate(open_ended):
        share = spare // (len(open_ended) - position)
        widths[index] += share
        spare -= share
    return widths
