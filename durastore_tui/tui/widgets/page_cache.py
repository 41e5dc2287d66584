"""Pages of rows held small: the newest by use, compressed, a few of them ready to paint; the others on disk if all
are to be kept."""

import json
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from durastore_tui.tui.columns import Cell, Row
from durastore_tui.tui.widgets.page_file import PageFile

KEPT = 50
READY = 4
IDS, ROWS, DETAILS = range(3)
Packed = tuple[bytes, bytes, bytes]
"""A page's ids (case-folded, a line each), its rows, and what is known of each beyond its cells, as zlib bytes."""

Detail = Mapping[str, str] | None
SortKey = tuple[int, int | str]
"""0 and a number, 1 and a text, or 2 for what has no value: it comes last."""


class PageCache:
    """Page numbers are 0-based; the least recently used page goes when there are more than `kept`."""

    def __init__(self, kept: int = KEPT, ready: int = READY) -> None:
        self._kept = kept
        self._most_ready = ready
        self._packed: OrderedDict[int, Packed] = OrderedDict()
        self._counts: dict[int, int] = {}
        self._ready: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._details: tuple[int, list[Detail]] | None = None
        self._file: PageFile | None = None

    def __contains__(self, number: int) -> bool:
        return number in self._counts

    def __iter__(self) -> Iterator[int]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def rows_held(self) -> int:
        """Rows in all the pages held."""
        return sum(self._counts.values())

    def keep_all(self) -> None:
        """From now on no page goes: those beyond `kept` lie on disk. Without room there they go as before."""
        if self._file is None:
            with suppress(OSError):
                self._file = PageFile()

    def put(self, number: int, rows: Sequence[Row], details: Sequence[Detail] = ()) -> None:
        """Takes a page in, or replaces it."""
        self.drop(number)
        self._packed[number] = _pack(rows, details)
        self._counts[number] = len(rows)
        self._make_ready(number, tuple(rows))
        if len(self._packed) > self._kept:
            self._put_away(next(iter(self._packed)))

    def get(self, number: int) -> tuple[Row, ...] | None:
        """The rows of a page, None when it is not held."""
        if number not in self._counts:
            return None
        if number in self._packed:
            self._packed.move_to_end(number)
        if number in self._ready:
            self._ready.move_to_end(number)
            return self._ready[number]
        rows = tuple(Row(key, tuple(Cell(*cell) for cell in cells)) for key, cells in self._read(number, ROWS))
        self._make_ready(number, rows)
        return rows

    def detail(self, number: int, place: int) -> Detail:
        """What is known of one row of a held page beyond its cells."""
        if self._details is None or self._details[0] != number:
            self._details = number, self._read(number, DETAILS)
        details = self._details[1]
        return details[place] if place < len(details) else None

    def keys(self, number: int, column: int) -> Iterator[SortKey]:
        """What the rows of a held page are sorted by."""
        for _, cells in self._read(number, ROWS):
            text, _, rank = (*cells[column], None)[:3]
            value = text.casefold() if rank is None else rank
            yield (2, "") if value == "" else (int(isinstance(value, str)), value)

    def drop(self, number: int) -> None:
        """Forgets a page."""
        self._packed.pop(number, None)
        self._counts.pop(number, None)
        self._ready.pop(number, None)
        if self._details and self._details[0] == number:
            self._details = None
        if self._file:
            self._file.drop(number)

    def keep_only(self, numbers: Sequence[int]) -> None:
        """Forgets all others."""
        for number in self._counts.keys() - set(numbers):
            self.drop(number)

    def containing(self, number: int, text: str) -> Iterator[int]:
        """Places in a held page of the rows whose id contains `text`, case-blind."""
        needle = text.casefold()
        ids = zlib.decompress(self._blob(number, IDS)).decode("utf-8", "surrogatepass")
        if needle in ids:
            yield from (place for place, line in enumerate(ids.split("\n")) if needle in line)

    def _put_away(self, number: int) -> None:
        if self._file:
            with suppress(OSError):
                self._file.put(number, self._packed[number])
                del self._packed[number]
                return
        self.drop(number)

    def _blob(self, number: int, nth: int) -> bytes:
        packed = self._packed.get(number)
        if packed is not None:
            return packed[nth]
        if self._file is None:
            raise KeyError(number)
        return self._file.get(number, nth)

    def _read(self, number: int, nth: int) -> Any:
        return json.loads(zlib.decompress(self._blob(number, nth)))

    def _make_ready(self, number: int, rows: tuple[Row, ...]) -> None:
        self._ready[number] = rows
        self._ready.move_to_end(number)
        if len(self._ready) > self._most_ready:
            self._ready.popitem(last=False)


def _pack(rows: Sequence[Row], details: Sequence[Detail]) -> Packed:
    ids = "\n".join(row.key.casefold().replace("\n", " ") for row in rows)
    plain = [[row.key, [cell if cell.rank is not None else cell[:2] for cell in row.cells]] for row in rows]
    return (
        zlib.compress(ids.encode("utf-8", "surrogatepass"), 1),
        _json(plain),
        _json([None if detail is None else dict(detail) for detail in details]),
    )


def _json(value: object) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)
