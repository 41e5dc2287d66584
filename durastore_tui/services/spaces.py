"""Spaces of the current store: names at once, properties a few at a time, contents by marker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from durastore_tui.api import content as api_content
from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.content import ItemProperties
from durastore_tui.api.spaces import Listing, SpaceProperties
from durastore_tui.core.errors import BadInput, Rejected
from durastore_tui.core.resource import Resource
from durastore_tui.services.kinds_of_reads import ACCESS_LISTS, ITEM_PROPERTIES, SPACE_NAMES, SPACE_PROPERTIES
from durastore_tui.services.session import Session

Each = Callable[[str, Resource[SpaceProperties]], None]
PAGE = 1000
AT_ONCE = 6  # each waits on the server; six make a thousand at least four times as fast as one by one


class Spaces:
    """Reads through a session and keeps the properties it read, with their time; one for each store."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cache = session.cache

    async def names(self) -> tuple[str, ...]:
        """Ids of all spaces, sorted by the server (protocol §3.1), read now; raises the error tree."""
        return await self._cache.read(SPACE_NAMES, self.store, self._ask_names)

    @property
    def held_names(self) -> Resource[tuple[str, ...]]:
        """The ids as they are held."""
        return self._cache.cached(SPACE_NAMES, self.store)

    async def refresh_names(self) -> Resource[tuple[str, ...]]:
        """How we stand with the ids after asking now; raises Unauthorized."""
        return await self._cache.refresh(SPACE_NAMES, self.store, self._ask_names)

    def held(self, space: str) -> Resource[SpaceProperties]:
        """What is known of a space's properties without asking."""
        return self._cache.cached(SPACE_PROPERTIES, (self.store, space))

    async def properties(self, ids: Iterable[str], each: Each = lambda *_: None, at_once: int = AT_ONCE) -> None:
        """Reads in the order given, `at_once` at a time, and calls `each` as answers come; raises Unauthorized."""
        store = self.store
        keys = ((store, space) for space in ids)
        await self._cache.refresh_all(SPACE_PROPERTIES, keys, self._ask, at_once, lambda key, read: each(key[1], read))

    async def properties_of(self, space: str) -> SpaceProperties:
        """One space, read now (protocol §3.3); raises the error tree."""
        return await self._cache.read(SPACE_PROPERTIES, (self.store, space), self._ask)

    async def contents(self, space: str, prefix: str = "", marker: str = "", limit: int = PAGE) -> Listing:
        """One page of at most 1,000 ids after `marker` (protocol §3.2)."""
        return await api_spaces.listing(self._session.transport, self.store, space, prefix, marker, limit)

    def access(self, space: str) -> Resource[Mapping[str, str]]:
        """The access list of a space, as it is cached."""
        return self._cache.cached(ACCESS_LISTS, (self.store, space))

    async def refresh_access(self, space: str) -> None:
        """Reads the access list into the cache; raises Unauthorized."""
        await self._cache.refresh(ACCESS_LISTS, (self.store, space), lambda key: self.acl(key[1]))

    async def acl(self, space: str) -> Mapping[str, str]:
        """Who may READ or WRITE (protocol §3.6)."""
        return await api_spaces.acl(self._session.transport, self.store, space)

    def cached_item(self, space: str, content_id: str) -> Resource[ItemProperties]:
        """The properties of a content item, as they are cached."""
        return self._cache.cached(ITEM_PROPERTIES, (self.store, space, content_id))

    async def refresh_item(self, space: str, content_id: str) -> None:
        """Reads the properties of a content item into the cache; raises Unauthorized."""
        await self._cache.refresh(ITEM_PROPERTIES, (self.store, space, content_id), self._ask_item)

    async def _ask_item(self, key: tuple[str, str, str]) -> ItemProperties:
        try:
            return await self.item(*key[1:])
        except BadInput as wrong:
            raise Rejected("HEAD of the item", None, wrong.sentence) from wrong

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
