"""Reads the properties of the content item in view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Ready, Resource, Stale, value_of
from durastore_tui.services.glacier import thaw_of
from durastore_tui.services.kinds_of_reads import ITEM_PROPERTIES
from durastore_tui.tui.copies import Copyable, Properties, url_copies
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.place_screen import PlaceScreen

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties


class ItemReader(PlaceScreen):
    """Subclasses draw what the read cache has of items."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.reads.subscribe(ITEM_PROPERTIES, lambda key, state: self.draw_item())

    @abstractmethod
    def draw_item(self) -> None:
        """Something new is held."""

    def item(self, item: str) -> Resource[ItemProperties]:
        """What is held of an item."""
        services = self.server.services
        return services.spaces.cached_item(self.place.space or "", item) if services else Empty()

    def thaw_of(self, item: str) -> Job | None:
        """The newest retrieval of an item."""
        services = self.server.services
        if services is None:
            return None
        return thaw_of(services.session, self.durastore.jobs, self.place.space or "", item)

    def url_copies(self, item: str) -> Iterator[Copyable]:
        """The item's stream URL, as far as the host of the space is cached."""
        services = self.server.services
        yield from url_copies(value_of(services.spaces.held(self.place.space or "")) if services else None, item)

    def item_properties(self, item: str) -> Properties | None:
        """The same as a table, for the copy menu."""
        match self.item(item):
            case Ready(value, _) | Stale(value, _):
                facts = {"size": value.size, "type": value.mimetype, "md5": value.checksum, "modified": value.modified}
                return {"id": item, **facts, **value.raw}
        return None

    def read_item(self, item: str, again: bool = False) -> None:
        """Asks unless it is held."""
        if again or isinstance(self.item(item), Empty):
            self._read_item(item)

    @read_work("item", "read an item's properties")
    async def _read_item(self, item: str) -> None:
        if services := self.server.services:
            with suppress(Unauthorized):  # the app saw the 401 and asks for a login
                await services.spaces.refresh_item(self.place.space or "", item)
