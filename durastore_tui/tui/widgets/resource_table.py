"""The list for what is held whole: rows by key, filtered, sorted and marked; draws its own six looks."""

from collections.abc import Iterable, MutableMapping, Sequence
from functools import cached_property
from typing import Any

from durastore_tui.core.glyphs import badge
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale
from durastore_tui.tui.columns import Row
from durastore_tui.tui.widgets.facts import Block, Words
from durastore_tui.tui.widgets.lazy_rows import LazyRows
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.looks import Ground, Line
from durastore_tui.tui.widgets.notices import error_text, failed, forbidden, loading, nothing, old


class ResourceTable(LineList):
    """Cursor and marks belong to keys, and stay on them through refresh, sort and filter."""

    def __init__(self, *, empty: str, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.empty_words = empty
        self._place = ""
        self._resource: Resource[Sequence[Row]] = Empty()
        self._rows: MutableMapping[str, Row] = {}
        self._marks: set[str] = set()
        self._needle = ""
        self._sort: tuple[str | None, bool] = (None, False)
        self._arranged: list[str] = []

    # What is shown.

    def show(self, resource: Resource[Sequence[Row]], place: str = "") -> None:
        """Draws one of six looks; `place` says in words what was asked for ("the spaces of store 51")."""
        self._resource, self._place = resource, place or self._place
        match resource:
            case Ready(value, _) | Stale(value, _):
                self.set_rows(value)
            case Empty() | Loading() | Failed() | NotAllowed():
                self.set_rows(())

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replaces the rows and nothing else."""
        self._rows = rows.by_key if isinstance(rows, LazyRows) else {row.key: row for row in rows}
        self._marks &= self._rows.keys()
        self._arrange()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Puts rows with new keys at the end; takes time for these alone while nothing is filtered or sorted."""
        self._rows.update((row.key, row) for row in rows)
        if self._needle or self._sort[0] is not None or not self._arranged:
            self._arrange()
            return
        for row in rows:
            self._numbers[row.key] = len(self._arranged)
            self._arranged.append(row.key)
        self.rows_changed()

    def set_row(self, row: Row) -> None:
        """Replaces the row of that key where it stands; KeyError when there is none."""
        held = self._rows[row.key]
        if held == row:
            return
        self._rows[row.key] = row
        if self._needle or self._sort[0] is not None:
            self.call_after_refresh(self._arrange)
        elif row.key in self._numbers:
            self.refresh_row(self._numbers[row.key])

    def filter(self, text: str) -> None:
        """Keeps the rows that contain `text` in any cell or behind them, case-blind; marks on hidden rows stay and are
        counted."""
        self._needle = text
        self._arrange()
        self._show_cursor()

    def sort(self, column: str | None, reverse: bool = False) -> None:
        """By a column's ranks, unranked cells last; None is the order the rows came in."""
        self._sort = (column, reverse)
        self._arrange()
        self._show_cursor()

    def _arrange(self) -> None:
        """Rows in order and filtered, with the cursor on the key that it was on, or else on its place; who scrolled
        away from it is left there."""
        key, seen = self.cursor_key, self.cursor_on_screen
        found = self._in_order()
        self._arranged = [held for held in found if self._matches(self._rows[held])] if self._needle else found
        self.__dict__.pop("_numbers", None)
        number = self._numbers.get(key) if key is not None else None
        if number is not None:
            self._cursor = number
        self.rows_changed()
        if seen:
            self._show_cursor()
        if self.cursor_key != key:
            self.post_message(self.Highlighted(self, self.cursor_key))

    def _in_order(self) -> list[str]:
        number = next((i for i, column in enumerate(self._columns) if column.key == self._sort[0]), None)
        if number is None:
            return list(self._rows)
        ranked = [key for key, row in self._rows.items() if row.cells[number].rank is not None]
        others = [key for key, row in self._rows.items() if row.cells[number].rank is None]
        ranked.sort(key=lambda key: self._rank(key, number), reverse=self._sort[1])
        others.sort(key=lambda key: self._rows[key].cells[number].text.casefold(), reverse=self._sort[1])
        return ranked + others

    def _rank(self, key: str, number: int) -> Any:
        return self._rows[key].cells[number].rank

    def _matches(self, row: Row) -> bool:
        needle = self._needle.casefold()
        return not needle or any(
            needle in text.casefold() for text in (row.key, row.behind, *(cell.text for cell in row.cells))
        )

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self._arranged)}

    # Cursor and marks.

    @property
    def cursor_key(self) -> str | None:
        """The id under the cursor."""
        return self._arranged[self._cursor] if self._cursor < len(self._arranged) else None

    def move_to(self, key: str) -> bool:
        """Puts the cursor on a key; False when no shown row has it."""
        if key not in self._numbers:
            return False
        self.place_cursor(self._numbers[key])
        return True

    @property
    def marked(self) -> tuple[str, ...]:
        """Marked keys in the order the rows came in; with the ones that the filter hides."""
        return tuple(key for key in self._rows if key in self._marks)

    @property
    def marked_hidden(self) -> int:
        """How many marked rows the filter hides."""
        return len(self._marks - self._numbers.keys())

    def toggle_mark(self) -> None:
        """Marks or unmarks the row under the cursor and steps down."""
        if (key := self.cursor_key) is not None:
            self._marks ^= {key}
            self.refresh_row(self._cursor)
            self.action_move(1)

    def mark(self, keys: Iterable[str]) -> None:
        """Marks these and nothing else, as far as there are such rows."""
        self._marks = self._rows.keys() & set(keys)
        self.refresh()

    def clear_marks(self) -> None:
        """Forgets all marks."""
        self._marks.clear()
        self.refresh()

    @property
    def on_screen(self) -> tuple[str, ...]:
        """Keys of the rows on screen, from the top."""
        first, last = self.window
        return tuple(self._arranged[first : last + 1])

    @property
    def coverage(self) -> str:
        """How many rows are shown: "20", or with a filter "12 of 20"."""
        shown, held = len(self._arranged), len(self._rows)
        return f"{shown:,} of {held:,}" if self._needle else f"{held:,}"

    @property
    def error_text(self) -> str | None:
        """Place, cause and next step of the failure on show, for the copy key."""
        match self._resource:
            case Failed(error, _) | NotAllowed(error, _) | Stale(_, _, error) if error is not None:
                return error_text(error, self._place)
            case _:
                return None

    # What the painter asks.

    @property
    def row_count(self) -> int:
        return len(self._arranged)

    def row_at(self, index: int) -> Row | None:
        return self._rows[self._arranged[index]] if index < len(self._arranged) else None

    def is_marked(self, key: str) -> bool:
        return key in self._marks

    def missing_row(self, index: int) -> Line:
        return ()

    def sorted_by(self) -> tuple[str | None, bool]:
        return self._sort

    @property
    def ground(self) -> Ground:
        return "old" if isinstance(self._resource, Stale) and self._resource.error else ""

    def foot(self) -> Line:
        match self._resource:
            case Stale(_, at, error) if error is not None:
                return old(error, at)
            case _:
                return ()

    def notice(self) -> Sequence[Block]:
        match self._resource:
            case Empty():
                return (Words(badge("off", "not asked yet"), "dim"),)
            case Loading():
                return loading(self._place)
            case Failed(error, _):
                return failed(error, self._place)
            case NotAllowed(error, _):
                return forbidden(error, self._place)
            case Ready() | Stale() if self._rows:
                return (Words(f"None of {len(self._rows):,} contains “{self._needle}”.", "dim"),)
            case Ready() | Stale():
                return nothing(self.empty_words)
