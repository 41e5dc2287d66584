"""How a list is looked at: filter, sort, one status, cursor and marks, kept for when the place is shown again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from durastore_tui.tui.columns import Column
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.places import Lens
from durastore_tui.tui.screens.place_screen import PlaceScreen


class Listed(Protocol):
    """What a table must be able to do."""

    @property
    def cursor_key(self) -> str | None: ...
    @property
    def marked(self) -> tuple[str, ...]: ...
    @property
    def marked_hidden(self) -> int: ...
    @property
    def error_text(self) -> str | None: ...
    def filter(self, text: str) -> None: ...
    def mark(self, keys: Iterable[str]) -> None: ...
    def toggle_mark(self) -> None: ...
    def clear_marks(self) -> None: ...


class TableListing(ABC):
    """Of the table that `table` finds on the screen."""

    def __init__(self, screen: PlaceScreen, table: Callable[[], Listed], filter_hint: str) -> None:
        self._screen = screen
        self._table = table
        self._wanted: Lens | None = None
        self.filter_hint = filter_hint
        self.filter_text = ""

    # Looking

    @property
    def lens(self) -> Lens:
        """How the list is looked at now, or will be once its rows are there."""
        if self._wanted:
            return self._wanted
        return self._current() if self._screen.is_mounted else Lens()

    def _current(self) -> Lens:
        return Lens(self.filter_text, cursor=self._table().cursor_key, marks=self._table().marked)

    def look(self, lens: Lens) -> None:
        """Look at the list like this, at once or when its rows are there."""
        self._wanted = lens
        if self._screen.is_mounted:
            self.apply()

    def apply(self) -> None:
        """Look as is wanted, as far as the rows are there; the rest is applied again with the next rows."""
        if lens := self._wanted:
            self._set(lens)
            if self._is_met():
                self._wanted = None
            self._screen.draw_lines()

    def _set(self, lens: Lens) -> None:
        """Set what of it this list knows."""
        self.filter_text = lens.filter
        self._table().filter(lens.filter)
        self._table().mark(lens.marks)

    def _is_met(self) -> bool:
        """Whether nothing waits for rows."""
        return True

    # Keys

    @property
    def sort_columns(self) -> Sequence[Column]:
        """The columns that `:sort` takes."""
        return ()

    def set_filter(self, text: str) -> None:
        """Show the rows that contain the text."""
        self.filter_text = text
        self._table().filter(text)
        self._screen.draw_lines()

    @abstractmethod
    def sort_by_next(self) -> None:
        """Sort by the next column, after the last one by none."""

    def show_next_status(self) -> None:
        """Show the rows of the next status alone; a list without statuses does nothing."""
        return

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        self._table().toggle_mark()
        self._screen.draw_lines()

    def clear_marks(self) -> None:
        """Take every mark away."""
        self._table().clear_marks()
        self._screen.draw_lines()

    # Texts

    @property
    def marked_words(self) -> str:
        """ "6 marked, 2 of them hidden by the filter" for the confirmation; empty where the filter hides none."""
        return f"{len(self._table().marked):,} marked{self._hidden_words()}" if self._table().marked_hidden else ""

    def _hidden_words(self) -> str:
        hidden = self._table().marked_hidden
        of_them = "" if len(self._table().marked) == 1 else f"{hidden:,} of them "
        return f", {of_them}hidden by the filter" if hidden else ""

    def copies(self, one: str) -> Iterator[Copyable]:
        """The marked IDs, the ID under the cursor, the failure on show; `one` is what a row stands for."""
        table = self._table()
        marked, key = table.marked, table.cursor_key
        if marked:
            ids = f"marked {one} id{'' if len(marked) == 1 else 's'}{self._hidden_words()}"
            yield Copyable("y", f"{len(marked):,} {ids}", tuple(marked))
        if key is not None:
            yield Copyable("i" if marked else "y", f"the {one} id", key)
        if text := table.error_text:
            yield Copyable("e", "the error", text, "\n", at_once=True)
