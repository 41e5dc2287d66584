"""To a name in a long listing: by halving where ids are sorted and pages numbered, else by reading on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from durastore_tui.core.id_order import Bounds, Order, begins, place_in
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
        landings: dict[Order, Landing] = {}
        for order in Order:
            landing = await self._halve(wanted, order, pages)
            if landing and landing.id is not None and begins(landing.id, wanted, order):
                return landing
            if landing:
                landings[order] = landing
        held = [landing for order, landing in landings.items() if order in self._bounds.orders]
        if held and total is not None:
            return Landing(max(0, min(held[0].row, total - 1)), held[0].id)
        if held and held[0].id is not None:
            return held[0]
        return await self._read_on(wanted, known_pages if total is None and self._bounds.orders else 0)

    async def _halve(self, wanted: str, order: Order, pages: int) -> Landing | None:
        """Where it must stand in this order; None when the pages turn out to have another one."""
        while order in self._bounds.orders and pages:
            number, sure = self._bounds.page_for(wanted, order, pages)
            if number == pages:
                return Landing(pages * PAGE - 1, None)
            ids = self._halved.get(number) or (await self._read(number)).ids
            self._halved[number] = ids
            if sure and order in self._bounds.orders:
                place = place_in(ids, wanted, order)
                return Landing(number * PAGE + min(place, len(ids) - 1), ids[place] if place < len(ids) else None)
        return None

    async def _read_on(self, wanted: str, number: int) -> Landing:
        """Page after page: to where the id must stand while they are sorted, else to the id itself."""
        alike: Landing | None = None
        while True:
            page = await self._read(number)
            ids, orders = page.ids, self._bounds.orders
            places = [ids.index(wanted)] if wanted in ids else [place_in(ids, wanted, order) for order in orders]
            if places and max(places) < len(ids):
                return Landing(number * PAGE + places[0], ids[places[0]])
            begun = next((place for place, one in enumerate(ids) if one.startswith(wanted)), None)
            if alike is None and begun is not None:
                alike = Landing(number * PAGE + begun, ids[begun])
            if page.last:
                return alike or Landing(max(0, number * PAGE + len(ids) - 1), None)
            number += 1

    async def _read(self, number: int) -> Page:
        page = await self._source.page(number)
        self.reads += 1
        self._bounds.add(number, page.ids)
        self._each(number, page)
        return page
