"""A table that is printed while its rows come, and fits the terminal."""

from collections.abc import Callable, Sequence

from durastore_tui.core.text import cells, middle

FIRST_ROWS = 100
"""So many rows are held back before the columns get their widths."""
GAP = "  "
LEAST = 6
"""Cells that a cut column keeps."""
LEFT_OUT = "…"


class Table:
    """Takes rows of text that is safe to show. The first column identifies a row and is the last one to be cut.

    `width` is that of a terminal in cells; None cuts nothing.
    """

    def __init__(self, names: Sequence[str], write_line: Callable[[str], None], width: int | None) -> None:
        self._names = list(names)
        self._write_line = write_line
        self._width = width
        self._room = width or 0
        self._held: list[list[str]] = []
        self._numeric = [True] * len(names)
        self._widths: list[int] | None = None

    def add(self, row: Sequence[str], numeric: Sequence[bool]) -> None:
        """Print a row, or hold it back while the widths are not known."""
        if self._widths is not None:
            self._print(row, self._widths)
            return
        self._held.append(list(row))
        self._numeric = [known and now for known, now in zip(self._numeric, numeric, strict=True)]
        if len(self._held) == FIRST_ROWS:
            self._begin()

    def end(self) -> None:
        """Print what was held back, and the header of an empty table."""
        if self._widths is None:
            self._begin()

    def print_rest(self) -> None:
        """Print what was held back when the reading failed; without a row there is no header."""
        if self._held:
            self._begin()

    def _begin(self) -> None:
        found = [max(map(cells, column)) for column in zip(self._names, *self._held, strict=True)]
        self._widths = self._fitted(found)
        header = self._names[: len(self._widths)]
        self._print(header, self._widths, more=len(header) < len(self._names))
        for row in self._held:
            self._print(row, self._widths)
        self._held.clear()

    def _fitted(self, widths: list[int]) -> list[int]:
        """Widths that fit the terminal: the widest texts shrink first and numbers never. Then columns are left out,
        from the right, and the first column is cut when it stands alone."""
        if self._width is None:
            return widths
        texts = [column for column in range(1, len(widths)) if not self._numeric[column]]
        while (over := _total(widths) - self._width) > 0:
            widest = max(texts, key=lambda column: widths[column], default=0)
            if not widest or widths[widest] <= LEAST:
                break
            second = max((widths[column] for column in texts if widths[column] < widths[widest]), default=0)
            widths[widest] = max(widths[widest] - over, second, LEAST)
        room = self._width
        if _total(widths) > room and len(widths) > 1:
            room -= cells(GAP + LEFT_OUT)
            while _total(widths) > room and len(widths) > 1:
                widths.pop()
            self._room = room
        widths[0] -= max(0, _total(widths) - max(1, room))
        return widths

    def _print(self, row: Sequence[str], widths: list[int], *, more: bool = False) -> None:
        last = len(widths) - 1
        texts = []
        for column, width in enumerate(widths):
            text = row[column]
            if cells(text) > width:
                width = self._widened(widths, column, cells(text))
                text = middle(text, width) if self._width is not None and not self._numeric[column] else text
            padding = " " * (width - cells(text))
            if self._numeric[column]:
                texts.append(padding + text)
            else:
                texts.append(text if column == last else text + padding)
        self._write_line(GAP.join([*texts, LEFT_OUT] if more else texts))

    def _widened(self, widths: list[int], column: int, wanted: int) -> int:
        """Widen the column for this row and those after it; on a terminal it grows only into free room."""
        room = wanted if self._width is None else self._room - _total(widths) + widths[column]
        widths[column] = max(widths[column], min(wanted, room))
        return widths[column]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)
