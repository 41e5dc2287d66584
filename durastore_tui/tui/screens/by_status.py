"""`a`: of a list only what stands in one way, one way after the other, then all again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.screens.object_list import ObjectList
from durastore_tui.tui.widgets.bars import Crumbs


class ByStatus(ObjectList):
    """Subclasses leave out the rows that `_only` does not keep; None keeps everything."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._only: str | None = None

    @abstractmethod
    def statuses(self) -> Iterable[str | None]:
        """What there is to choose from, one after the other."""

    def status_word(self, status: str) -> str:
        """As line 2 says it."""
        return status

    @property
    def lens(self) -> Lens:
        return super().lens._replace(only=self._only)

    def set_lens(self, lens: Lens) -> None:
        self._only = lens.only
        self._draw_rows()
        super().set_lens(lens)

    def coverage(self) -> Crumbs:
        seen = super().coverage()
        if self._only is None:
            return seen
        only = " ".join(filter(None, (self.status_word(self._only), seen.filter)))
        words = f"{self.table.coverage} of {len(self._all_names()):,} {self.many}"
        return seen._replace(filter=only, coverage=words)

    def show_next_status(self) -> None:
        there = [None, *self.statuses()]
        self._only = there[(there.index(self._only) + 1) % len(there)] if self._only in there else None
        self._draw_rows()
