"""The held rows in the order of a column: sorted and merged a little at a time, so that a long list stalls nothing."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Any

from durastore_tui.tui.widgets.page_cache import PageCache

TOGETHER = 20
"""Pages that are sorted at once; each such run is held compressed until all are merged."""
MERGED_AT_ONCE = 5000
PART = 1000

Keyed = list[Any]
"""The parts of a key, and the row number that it belongs to."""


class HeldOrder:
    """Row numbers by the cells of one column: numbers before text, what has no value last, equal ones as they came."""

    def __init__(self, pages: PageCache, page_size: int, column: int) -> None:
        self._pages, self._page_size, self._column = pages, page_size, column
        self.rows: array[int] | None = None
        self._steps = self._sort()

    def work(self) -> bool:
        """Goes a step on; False when the rows are there."""
        next(self._steps, None)
        return self.rows is None

    def _sort(self) -> Iterator[None]:
        numbers, runs = sorted(self._pages), list[list[bytes]]()
        for start in range(0, len(numbers), TOGETHER):
            run: list[Keyed] = []
            for number in numbers[start : start + TOGETHER]:
                first = number * self._page_size
                run += ([*key, first + place] for place, key in enumerate(self._pages.keys(number, self._column)))
                yield
            run.sort()
            runs.append([_packed(run[part : part + PART]) for part in range(0, len(run), PART)])
            yield
        rows = array("q")
        for keyed in merge(*map(_unpacked, runs)):
            rows.append(keyed[-1])
            if len(rows) % MERGED_AT_ONCE == 0:
                yield
        self.rows = rows


def _packed(run: Sequence[Keyed]) -> bytes:
    return zlib.compress(json.dumps(run, separators=(",", ":")).encode(), 1)


def _unpacked(run: list[bytes]) -> Iterator[Keyed]:
    """Lets go of each part: the index grows meanwhile."""
    run.reverse()
    while run:
        yield from json.loads(zlib.decompress(run.pop()))
