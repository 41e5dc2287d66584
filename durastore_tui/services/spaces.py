"""Spaces of the current store: names at once, properties a few at a time, contents by marker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from durastore_tui.api import content as api_content
from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.content import ItemProperties
from durastore_tui.api.spaces import Listing, SpaceProperties
from durastore_tui.core.resource import Resource
from durastore_tui.services.session import Session
from durastore_tui.services.shelf import Shelf

Each = Callable[[str, Resource[SpaceProperties]], None]
PAGE = 1000
AT_ONCE = 6  # each waits on the server; six make a thousand at least four times as fast as one by one


class Spaces:
    """Reads through a session and keeps the properties it read, with their time; one for each store."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._names: Shelf[str, tuple[str, ...]] = Shelf(self._ask_names, session.clock.now)
        self._properties: Shelf[tuple[str, str], SpaceProperties] = Shelf(self._ask, session.clock.now)

    async def names(self) -> tuple[str, ...]:
        """Ids of all spaces, sorted by the server (protocol §3.1), read now; raises the error tree."""
        return await self._names.read(self.store)

    @property
    def held_names(self) -> Resource[tuple[str, ...]]:
        """The ids as they are held."""
        return self._names.held(self.store)

    async def settle_names(self) -> Resource[tuple[str, ...]]:
        """How we stand with the ids after asking now; raises Unauthorized."""
        return await self._names.settle(self.store)

    def held(self, space: str) -> Resource[SpaceProperties]:
        """What is known of a space's properties without asking."""
        return self._properties.held((self.store, space))

    async def properties(self, ids: Iterable[str], each: Each, at_once: int = AT_ONCE) -> None:
        """Asks in the order given, `at_once` at a time, and tells each result as it comes; errors stay with theirs.

        Raises Unauthorized, for then every further question is a wrong password once more.
        """
        store = self.store
        await self._properties.read_all(
            ((store, space) for space in ids), lambda key, read: each(key[1], read), at_once
        )

    async def properties_of(self, space: str) -> SpaceProperties:
        """One space, read now (protocol §3.3); raises the error tree."""
        return await self._properties.read((self.store, space))

    async def contents(self, space: str, prefix: str = "", marker: str = "", limit: int = PAGE) -> Listing:
        """One page of at most 1,000 ids after `marker` (protocol §3.2)."""
        return await api_spaces.listing(self._session.transport, self.store, space, prefix, marker, limit)

    async def acl(self, space: str) -> Mapping[str, str]:
        """Who may READ or WRITE (protocol §3.6)."""
        return await api_spaces.acl(self._session.transport, self.store, space)

    async def item(self, space: str, content_id: str) -> ItemProperties:
        """One content item's properties (protocol §4)."""
        return await api_content.head(self._session.transport, self.store, space, content_id)

    @property
    def store(self) -> str:
        """The id of the store that they are in."""
        return self._session.store.id

    async def _ask_names(self, store: str) -> tuple[str, ...]:
        return await api_spaces.names(self._session.transport, store)

    async def _ask(self, key: tuple[str, str]) -> SpaceProperties:
        store, space = key
        return await api_spaces.properties(self._session.transport, store, space)
