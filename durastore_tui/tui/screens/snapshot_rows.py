"""The snapshots of a store as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from durastore_tui.core.resource import Empty, Ready, Resource, holding, value_of
from durastore_tui.services.snapshot_list import taken_at
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.details.snapshot_words import STUCK, snapshot_looks
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.snapshot_reader import SnapshotReader
from durastore_tui.tui.widgets.lazy_rows import LazyRows
from durastore_tui.tui.widgets.shares import Share
from durastore_tui.tui.wording import age, short_size

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Summary

NOT_LOADED = Cell("·", "dim")
COLUMNS = (
    Column("space", "SPACE", 16, 36, is_id=True),
    Column("status", "STATUS", 20, 24),
    Column("age", "AGE", 6, 6, right=True),
    Column("items", "ITEMS", 8, 9, right=True, drop=1),
    Column("size", "SIZE", 8, 9, right=True, drop=2),
    Column("description", "DESCRIPTION", 14, drop=3),
)


class SnapshotRows:
    """What the list of snapshots says of each, and of all; `status` gives the only status that is shown."""

    def __init__(self, place: PlaceScreen, reader: SnapshotReader, status: Callable[[], str | None]) -> None:
        self._place = place
        self._reader = reader
        self._status = status
        self.summaries: Resource[tuple[Summary, ...]] = Empty()
        self._by_id: dict[str, Summary] = {}

    def take(self, rows: Resource[tuple[Summary, ...]]) -> Resource[tuple[str, ...]]:
        """Take a list that was read, and return its IDs."""
        self.summaries = rows
        if isinstance(rows, Ready):
            self._by_id = {row.snapshot_id: row for row in rows.value if row.snapshot_id}
        return holding(rows, tuple(self._by_id))

    def status_of(self, snapshot: str) -> str | None:
        """The status in the list."""
        row = self._by_id.get(snapshot)
        return row.status if row else None

    def row(self, name: str) -> Row | None:
        """The row of a snapshot, unless its status is not shown."""
        row = self._by_id.get(name)
        return self._row(name, row) if row and self._is_shown(name) else None

    def rows(self, names: Iterable[str]) -> Sequence[Row]:
        """The rows of these snapshots, each made when it is painted."""
        listed = self._by_id  # a row may be painted once more after the next list has come, which lacks it
        shown = [name for name in names if name in listed and self._is_shown(name)]
        return LazyRows(shown, lambda name: self._row(name, listed[name]))

    def _is_shown(self, name: str) -> bool:
        status = self._status()
        if status == STUCK:
            return self._reader.stuck(name) is not None
        return status is None or status == self._reader.status(name)

    def _row(self, name: str, row: Summary) -> Row:
        taken = taken_at(name)
        looks = snapshot_looks(self._reader.status(name), stuck=self._reader.stuck(name) is not None)
        return Row(
            name,
            (
                Cell(row.source_space_id or name),
                Cell(looks.text, looks.shade, looks.word),
                Cell(age(taken, self._place.server.now), "dim", -taken.timestamp()) if taken else Cell("", "dim", 0),
                *self._figures(name),
                Cell(row.description or "", "dim"),
            ),
        )

    def _figures(self, name: str) -> tuple[Cell, Cell]:
        detail = value_of(self._reader.detail(name))
        if detail is None:
            return NOT_LOADED, NOT_LOADED
        items, size = detail.content_item_count, detail.total_size_in_bytes
        return (
            Cell("" if items is None else f"{items:,}", "", items or 0),
            Cell(short_size(size) if size else "", "", size or 0),
        )

    def statuses(self, names: Iterable[str]) -> Iterable[str | None]:
        """The statuses of these snapshots, and stuck."""
        return (*dict.fromkeys(map(self._reader.status, names)), STUCK)

    def shares(self) -> list[Share]:
        """How many snapshots have each status."""
        counted = Counter(row.status for row in self._by_id.values())
        looks = ((snapshot_looks(status), number) for status, number in counted.most_common())
        return [Share(look.word, look.shade, number) for look, number in looks]
