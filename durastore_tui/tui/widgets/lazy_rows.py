"""Rows of a list that is held whole and long: each is made when it is painted, sorted by, or searched."""

from collections.abc import Callable, Iterator, MutableMapping, Sequence
from typing import overload

from durastore_tui.tui.columns import Row


class RowsByKey(MutableMapping[str, Row]):
    """In the order of the keys; a row that was made or set stays."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self._rows: dict[str, Row | None] = dict.fromkeys(keys)
        self._make = make

    def __getitem__(self, key: str) -> Row:
        row = self._rows[key]
        if row is None:
            row = self._rows[key] = self._make(key)
        return row

    def __setitem__(self, key: str, row: Row) -> None:
        self._rows[key] = row

    def __delitem__(self, key: str) -> None:
        del self._rows[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class LazyRows(Sequence[Row]):
    """What a list is shown with in place of rows that are all there."""

    def __init__(self, keys: Sequence[str], make: Callable[[str], Row]) -> None:
        self.by_key = RowsByKey(keys, make)
        self._keys = tuple(keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...

    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(self.by_key[key] for key in self._keys[index])
        return self.by_key[self._keys[index]]

    def __len__(self) -> int:
        return len(self._keys)
