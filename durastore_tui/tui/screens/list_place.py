"""A place whose body is a list: how it is looked at, kept for whoever comes back, and the filter."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar, Protocol

from durastore_tui.tui.context import Listing, Target
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.screens.place_screen import PlaceScreen


class Listed(Protocol):
    """What a list must be able to do."""

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


class ListPlace(PlaceScreen):
    """Subclasses give the table, and say how its cursor and its sort are set."""

    filter_hint: ClassVar[str]

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._filter = ""
        self._asked_lens: Lens | None = None

    @property
    @abstractmethod
    def table(self) -> Listed: ...

    @property
    def lens(self) -> Lens:
        if self._asked_lens:
            return self._asked_lens
        if not self.is_mounted:
            return Lens()
        return Lens(self._filter, cursor=self.table.cursor_key, marks=self.table.marked)

    def look(self, lens: Lens) -> None:
        self._asked_lens = lens
        if self.is_mounted:
            self.apply_lens()

    def apply_lens(self) -> None:
        """Looks as was asked for, as far as the rows are there; what is not there yet is asked for again with them."""
        if lens := self._asked_lens:
            self.set_lens(lens)
            if self.lens_is_met(lens):
                self._asked_lens = None
            self.draw_lines()

    def set_lens(self, lens: Lens) -> None:
        """Sets the parts of it that this list knows."""
        self._filter = lens.filter
        self.table.filter(lens.filter)
        self.table.mark(lens.marks)

    def lens_is_met(self, lens: Lens) -> bool:
        """Whether nothing of it waits for rows."""
        return True

    def target(self) -> Target:
        marked = f"{len(self.table.marked):,} marked{self._hidden_words()}" if self.table.marked_hidden else ""
        return replace(super().target(), marked=marked)

    def _hidden_words(self) -> str:
        hidden = self.table.marked_hidden
        of_them = "" if len(self.table.marked) == 1 else f"{hidden:,} of them "
        return f", {of_them}hidden by the filter" if hidden else ""

    def list_copies(self, one: str) -> Iterator[Copyable]:
        """The failure on show, the marked ids, the id under the cursor; `one` is what a row stands for."""
        marked, key = self.table.marked, self.table.cursor_key
        if marked:
            ids = f"marked {one} id{'' if len(marked) == 1 else 's'}{self._hidden_words()}"
            yield Copyable("y", f"{len(marked):,} {ids}", tuple(marked))
        if key is not None:
            yield Copyable("i" if marked else "y", f"the {one} id", key)
        if text := self.table.error_text:
            yield Copyable("e", "the error", text, "\n", at_once=True)

    @property
    def listing(self) -> Listing:
        return self

    @property
    def filter_text(self) -> str:
        return self._filter

    def set_filter(self, text: str) -> None:
        self._filter = text
        self.table.filter(text)
        self.draw_lines()

    @abstractmethod
    def sort_by_next(self) -> None: ...

    def show_next_status(self) -> None:
        """Subclasses with statuses choose one."""

    def toggle_mark(self) -> None:
        self.table.toggle_mark()
        self.draw_lines()

    def clear_marks(self) -> None:
        self.table.clear_marks()
        self.draw_lines()
