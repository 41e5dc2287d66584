"""Which of the rows held in pages are shown, and in which order: by number or sorted, all or those a filter keeps."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress

from textual.timer import Timer

from durastore_tui.tui.widgets.held_filter import HeldFilter
from durastore_tui.tui.widgets.held_order import HeldOrder
from durastore_tui.tui.widgets.marked_list import MarkedList
from durastore_tui.tui.widgets.page_cache import PageCache

TURN = 0.001
"""Seconds between two turns of going through many pages."""


class HeldRows(MarkedList):
    """A shown row is counted from the top of what is shown, an index from the top of the whole list."""

    page_size: int
    pages: PageCache

    def start_rows(self) -> None:
        """All by number, of pages anew."""
        self.pages = PageCache()
        self._filter = HeldFilter(self.pages, self.page_size)
        self._order: HeldOrder | None = None
        self.sort_key: str | None = None
        self._both: tuple[array[int], array[int], array[int]] | None = None
        self._working: Timer | None = None

    @property
    def _matches(self) -> Sequence[int] | None:
        """Indexes of the shown rows from the top, None where all stand by number."""
        order = self._order.rows if self._order else None
        if not self._filter.needle:
            return order
        found = self._filter.rows
        return found if order is None else self._found_in_order(found, order)

    def _found_in_order(self, found: array[int], order: array[int]) -> array[int]:
        if self._both is None or self._both[0] is not found or self._both[1] is not order:
            kept = bytearray((max(self.pages, default=0) + 1) * self.page_size)
            for index in found:
                kept[index] = 1
            self._both = found, order, array("q", compress(order, map(kept.__getitem__, order)))
        return self._both[2]

    def _index(self, shown: int) -> int:
        """The number in the whole list of a shown row."""
        if self._matches is None:
            return shown
        return self._matches[shown] if shown < len(self._matches) else 0

    def _shown_at(self, index: int) -> int:
        """Where a row of the whole list is shown; near it where it is not."""
        matches = self._matches
        if matches is None:
            return index
        if self._order is None or self._order.rows is None:
            return min(bisect_left(matches, index), len(matches))
        try:
            return matches.index(index)
        except ValueError:
            return 0

    def filter(self, text: str) -> None:
        """Keeps held rows whose id contains `text`, case-blind; `coverage` says of how many."""
        index = self._index(self._cursor)
        self._filter.look_for(text)
        self._work()
        self._arranged(index)

    @property
    def marked_hidden(self) -> int:
        """How many marked rows the filter hides, on pages held or not."""
        needle = self._filter.needle.casefold()
        return sum(needle not in key.casefold() for key in self._marks)

    def sort(self, column: str | None) -> None:
        """By a column, once every page is held; None is by number. The cursor stays on its row."""
        index = self._index(self._cursor)
        numbers = {one.key: number for number, one in enumerate(self._columns)}
        self.sort_key = column
        self._order = None if column is None else HeldOrder(self.pages, self.page_size, numbers[column])
        self._work()
        self._arranged(index)

    def sorted_by(self) -> tuple[str | None, bool]:
        return (None if self.sorting else self.sort_key), False

    @property
    def sorting(self) -> bool:
        """Whether the rows still stand by number because the order is being made."""
        return self._order is not None and self._order.rows is None

    def unsort(self) -> None:
        """Other rows came: what was sorted no longer holds. The cursor stays on its row."""
        if self._order:
            index = self._index(self._cursor)
            self._order, self.sort_key = None, None
            self._cursor = self._shown_at(index)

    def _arranged(self, index: int) -> None:
        self._cursor = self._shown_at(index)
        self.rows_changed()
        self._show_cursor()
        self.post_message(self.Highlighted(self, self.cursor_key))

    def _work(self) -> None:
        """Goes through some of the pages now, and through the others when the screen had its turn."""
        more = self._filter.work()
        more = (self.sorting and self._order is not None and self._order.work()) or more
        if more and self._working is None:
            self._working = self.set_timer(TURN, self._work_on)

    def _work_on(self) -> None:
        self._working = None
        index, sorting = self._index(self._cursor), self.sorting
        self._work()
        if sorting and not self.sorting:
            self._arranged(index)
        elif not sorting:
            self.rows_changed()
            self.post_message(self.Highlighted(self, self.cursor_key))
