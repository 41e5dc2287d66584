"""Spaces of the current store: names at once, properties a few at a time, contents by marker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from durastore_tui.api.content import ItemProperties
from durastore_tui.api.spaces import Listing, SpaceProperties
from durastore_tui.core.resource import Resource
from durastore_tui.services.session import Session

Each = Callable[[str, Resource[SpaceProperties]], None]


class Spaces:
    """Reads through a session and keeps the properties it read, with their time."""

    def __init__(self, session: Session) -> None: ...

    async def names(self) -> tuple[str, ...]:
        """Ids of all spaces, sorted by the server (protocol §3.1)."""
        raise NotImplementedError

    def held(self, space: str) -> Resource[SpaceProperties]:
        """What is known of a space's properties without asking."""
        raise NotImplementedError

    async def properties(self, ids: Iterable[str], each: Each, at_once: int = 4) -> None:
        """Asks in the order given, `at_once` at a time, and tells each result as it comes; errors stay with theirs."""

    async def properties_of(self, space: str) -> SpaceProperties:
        """One space, read now (protocol §3.3); raises the error tree."""
        raise NotImplementedError

    async def contents(self, space: str, prefix: str = "", marker: str = "", limit: int = 1000) -> Listing:
        """One page of at most 1,000 ids after `marker` (protocol §3.2)."""
        raise NotImplementedError

    async def acl(self, space: str) -> Mapping[str, str]:
        """Who may READ or WRITE (protocol §3.6)."""
        raise NotImplementedError

    async def item(self, space: str, content_id: str) -> ItemProperties:
        """One content item's properties (protocol §4)."""
        raise NotImplementedError
