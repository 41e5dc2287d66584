"""Reads the properties of the content item in view."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import on, work

from durastore_tui.core.errors import BadInput, DuraStoreError, Rejected
from durastore_tui.core.resource import Empty, Ready, Resource, Stale, asked, went_wrong
from durastore_tui.tui.copies import Properties
from durastore_tui.tui.messages import ItemRead
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.shell import Shell

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties


class ItemReader(Shell):
    """Keeps what it read by exact id."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.items: dict[str, Resource[ItemProperties]] = {}

    @abstractmethod
    def draw_item(self) -> None:
        """Something new is held."""

    def item(self, item: str) -> Resource[ItemProperties]:
        """What is held of an item."""
        return self.items.get(item, Empty())

    def item_properties(self, item: str) -> Properties | None:
        """The same as a table, for the copy menu."""
        match self.item(item):
            case Ready(value, _) | Stale(value, _):
                facts = {"size": value.size, "type": value.mimetype, "md5": value.checksum, "modified": value.modified}
                return {"id": item, **facts, **value.raw}
        return None

    def read_item(self, item: str, again: bool = False) -> None:
        """Asks unless it is held."""
        held = self.item(item)
        if again or isinstance(held, Empty):
            self.items[item] = asked(held, self.now)
            self._read_item(item, self.items[item])

    @work(group="item", exclusive=True, exit_on_error=False, description="read an item's properties")
    async def _read_item(self, item: str, held: Resource[ItemProperties]) -> None:
        services = self.server.services
        if services is None:
            return
        try:
            read: Resource[ItemProperties] = Ready(await services.spaces.item(self.place.space or "", item), self.now)
        except DuraStoreError as error:
            read = went_wrong(held, error, self.now)
        except BadInput as wrong:
            read = went_wrong(held, Rejected("HEAD of the item", None, wrong.sentence), self.now)
        self.post_message(ItemRead(item, read))

    @on(ItemRead)
    def _keep(self, event: ItemRead) -> None:
        self.items[event.item] = event.properties
        self.draw_item()
