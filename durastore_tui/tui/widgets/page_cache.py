"""Pages of rows held small: the newest by use, compressed, a few of them ready to paint."""

import json
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from durastore_tui.tui.widgets.columns import Cell, Row

KEPT = 50
READY = 6


@dataclass(frozen=True, slots=True)
class Packed:
    """A page's ids (case-folded, a line each) and its rows, as zlib bytes."""

    count: int
    ids: bytes
    rows: bytes


class PageCache:
    """Page numbers are 0-based; the least recently used page goes when there are more than `kept`."""

    def __init__(self, kept: int = KEPT, ready: int = READY) -> None:
        self._kept = kept
        self._most_ready = ready
        self._packed: OrderedDict[int, Packed] = OrderedDict()
        self._ready: OrderedDict[int, tuple[Row, ...]] = OrderedDict()

    def __contains__(self, number: int) -> bool:
        return number in self._packed

    def __len__(self) -> int:
        return len(self._packed)

    @property
    def rows_held(self) -> int:
        """Rows in all the pages held."""
        return sum(packed.count for packed in self._packed.values())

    def put(self, number: int, rows: Sequence[Row]) -> None:
        """Takes a page in, or replaces it."""
        self._packed[number] = _pack(rows)
        self._packed.move_to_end(number)
        self._make_ready(number, tuple(rows))
        if len(self._packed) > self._kept:
            self.drop(next(iter(self._packed)))

    def get(self, number: int) -> tuple[Row, ...] | None:
        """The rows of a page, None when it is not held."""
        packed = self._packed.get(number)
        if packed is None:
            return None
        self._packed.move_to_end(number)
        if number in self._ready:
            self._ready.move_to_end(number)
            return self._ready[number]
        rows = _unpack(packed)
        self._make_ready(number, rows)
        return rows

    def drop(self, number: int) -> None:
        """Forgets a page."""
        self._packed.pop(number, None)
        self._ready.pop(number, None)

    def keep_only(self, numbers: Sequence[int]) -> None:
        """Forgets all others."""
        for number in self._packed.keys() - set(numbers):
            self.drop(number)

    def containing(self, text: str) -> Iterator[tuple[int, int]]:
        """Page and place in it of each row whose id contains `text`, case-blind, in the order of pages."""
        needle = text.casefold()
        for number in sorted(self._packed):
            ids = zlib.decompress(self._packed[number].ids).decode("utf-8", "surrogatepass")
            if needle in ids:
                yield from ((number, place) for place, line in enumerate(ids.split("\n")) if needle in line)

    def _make_ready(self, number: int, rows: tuple[Row, ...]) -> None:
        self._ready[number] = rows
        self._ready.move_to_end(number)
        if len(self._ready) > self._most_ready:
            self._ready.popitem(last=False)


def _pack(rows: Sequence[Row]) -> Packed:
    ids = "\n".join(row.key.casefold().replace("\n", " ") for row in rows)
    plain = [[row.key, [[cell.text, cell.shade] for cell in row.cells]] for row in rows]
    return Packed(
        len(rows),
        zlib.compress(ids.encode("utf-8", "surrogatepass"), 1),
        zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 1),
    )


def _unpack(packed: Packed) -> tuple[Row, ...]:
    return tuple(
        Row(key, tuple(Cell(text, shade) for text, shade in cells))
        for key, cells in json.loads(zlib.decompress(packed.rows))
    )
