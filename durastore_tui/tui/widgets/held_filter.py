"""Which of the held rows contain a text: looked for a few pages at a time, so that a long list stalls nothing."""

from __future__ import annotations

from array import array
from itertools import chain

from durastore_tui.tui.widgets.page_cache import PageCache

AT_ONCE = 60
"""Pages of one turn; without a mirror no more are held."""


class HeldFilter:
    """Row numbers of matches by page; a longer text is looked for only where the shorter one was found."""

    def __init__(self, pages: PageCache, page_size: int) -> None:
        self._pages, self._page_size = pages, page_size
        self.needle = ""
        self._found: dict[int, array[int]] = {}
        self._pending: list[int] = []
        self._rows: array[int] | None = None

    def look_for(self, needle: str) -> None:
        """Begins anew; an empty text finds nothing and hides nothing."""
        narrower = bool(self.needle) and self.needle in needle and not self._pending
        kept = [page for page, rows in self._found.items() if rows] if narrower else list(self._pages)
        self.needle = needle
        self._found, self._rows = {}, None
        self._pending = sorted((page for page in kept if page in self._pages), reverse=True) if needle else []

    def page_changed(self, number: int) -> None:
        """A page came in, or came again."""
        if self.needle:
            self._pending.append(number)

    def work(self) -> bool:
        """Looks through the next pages; False when none is left."""
        for _ in range(min(AT_ONCE, len(self._pending))):
            number = self._pending.pop()
            first = number * self._page_size
            self._found[number] = array("q", (first + place for place in self._pages.containing(number, self.needle)))
            self._rows = None
        return bool(self._pending)

    @property
    def rows(self) -> array[int]:
        """Row numbers in ascending order, of pages that are still held."""
        if self._rows is None:
            held = sorted(page for page in self._found if page in self._pages)
            self._rows = array("q", chain.from_iterable(self._found[page] for page in held))
        return self._rows
