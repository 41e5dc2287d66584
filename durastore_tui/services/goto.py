"""To a name in a long listing: by halving where ids are sorted and pages numbered, else by reading on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from durastore_tui.core.id_order import Bounds, Order, place_in
from durastore_tui.services.contents import PAGE, Page, Source, page_count


@dataclass(frozen=True, slots=True)
class Landing:
    """A row number, 0-based, and the id there: the one wanted, or the first after it; None past the last row."""

    row: int
    id: str | None


class Search:
    """One search. `each` hears every page read; `bounds` is what earlier pages taught, and learns from these."""

    def __init__(self, source: Source, bounds: Bounds, each: Callable[[int, Page], None]) -> None:
        self._source, self._bounds, self._each = source, bounds, each
        self._halved: dict[int, tuple[str, ...]] = {}
        self.reads = 0

    async def find(self, wanted: str, total: int | None, known_pages: int = 0) -> Landing:
        """`total` is None where nobody says it: then `known_pages`, read before, are the ones to halve over.

        Raises DuraStoreError.
        """
        pages = known_pages if total is None else page_count(total)
        while (order := self._bounds.order) and pages:
            number, sure = self._bounds.page_for(wanted, order, pages)
            if sure and number >= pages:
                break
            ids = self._halved.get(number) or (await self._read(number)).ids
            self._halved[number] = ids
            if sure and self._bounds.order is order:
                return self._landing(number, ids, wanted, order)
        if total is not None and self._bounds.order:
            return Landing(max(0, total - 1), None)
        return await self._read_on(wanted, known_pages if self._bounds.order else 0)

    def _landing(self, number: int, ids: tuple[str, ...], wanted: str, order: Order) -> Landing:
        place = place_in(ids, wanted, order)
        if place < len(ids):
            return Landing(number * PAGE + place, ids[place])
        return Landing(number * PAGE + max(0, place - 1), None)

    async def _read_on(self, wanted: str, number: int) -> Landing:
        """Page after page: to where the id must stand while they are sorted, else to the id itself."""
        alike: Landing | None = None
        while True:
            page = await self._read(number)
            ids, order = page.ids, self._bounds.order
            if order and (place := place_in(ids, wanted, order)) < len(ids):
                return Landing(number * PAGE + place, ids[place])
            if wanted in ids:
                return Landing(number * PAGE + ids.index(wanted), wanted)
            begins = next((place for place, one in enumerate(ids) if one.startswith(wanted)), None)
            if alike is None and begins is not None:
                alike = Landing(number * PAGE + begins, ids[begins])
            if page.last:
                return alike or Landing(max(0, number * PAGE + len(ids) - 1), None)
            number += 1

    async def _read(self, number: int) -> Page:
        page = await self._source.page(number)
        self.reads += 1
        self._bounds.add(number, page.ids)
        self._each(number, page)
        return page
