"""Listings of any length, page by page: a space's by marker, a snapshot's by number (protocol §3.2, §7.13)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from durastore_tui.core.errors import Malformed
from durastore_tui.core.tasks.snapshots import Item
from durastore_tui.services.in_order import in_order
from durastore_tui.services.session import Session
from durastore_tui.services.snapshots import contents_page
from durastore_tui.services.spaces import Spaces

PAGE = 1000
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """`PAGE` items, or fewer when it is the last; `total` is of the whole listing, None where no one says it."""

    items: tuple[Item, ...]
    total: int | None
    last: bool

    @property
    def ids(self) -> tuple[str, ...]:
        """Exact, in the server's order."""
        return tuple(item.content_id or "" for item in self.items)


class Source(Protocol):
    """One listing of one server; `described` when its items come with properties."""

    described: bool

    async def page(self, number: int) -> Page:
        """Page `number`, from 0; by marker the pages before it are read first where they must be. Raises the tree."""

    def go_on(self, number: int, after: str) -> None:
        """Page `number` begins after this id, as an earlier reading left it."""


class SpaceContents:
    """The ids of a space, or those that begin with `prefix`; nobody says how many there are."""

    described = False

    def __init__(self, spaces: Spaces, space: str, prefix: str = "") -> None:
        self._spaces, self._space, self._prefix = spaces, space, prefix
        self._markers = {0: ""}

    async def page(self, number: int) -> Page:
        start = max(known for known in self._markers if known <= number)
        for before in range(start, number):
            if (await self._read(before)).last:
                return Page((), None, last=True)
        return await self._read(number)

    def go_on(self, number: int, after: str) -> None:
        self._markers[number] = after

    async def _read(self, number: int) -> Page:
        ids: tuple[str, ...] = ()
        marker, last = self._markers[number], False
        while len(ids) < PAGE and not last:
            listing = await self._spaces.contents(self._space, self._prefix, marker, PAGE - len(ids))
            ids += listing.ids
            marker = ids[-1] if ids else marker
            # A short listing may not be the last (protocol §3.2): only none, or the space's count, says so.
            last = not listing.ids or (not self._prefix and number == 0 and listing.properties.count == str(len(ids)))
        if not last:
            self._markers[number + 1] = marker
        return Page(tuple(Item(one) for one in ids), None, last)


class SnapshotContents:
    """The items of a snapshot with their properties, or those that begin with `prefix`: then the total is unknown."""

    described = True

    def __init__(self, session: Session, snapshot: str, prefix: str = "") -> None:
        self._session, self._snapshot, self._prefix = session, snapshot, prefix

    async def page(self, number: int) -> Page:
        found = await contents_page(self._session, self._snapshot, number, PAGE, self._prefix)
        items, total = found.content_items, None if self._prefix else found.total_count
        whole = total is not None and (number + 1) * PAGE >= total
        return Page(items, total, last=whole or len(items) < PAGE)

    def go_on(self, number: int, after: str) -> None:
        """Pages have numbers here, and need no marker."""


class _Advance:
    """Finds out that a listing repeats a page: reading on would never end."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}

    def check(self, number: int, page: Page) -> None:
        """Raises Malformed when another page begins with the same id; the ids of a listing are unique."""
        for first in page.ids[:1]:
            if (other := self._first.setdefault(first, number)) != number:
                why = f"the listing does not advance: page {number} repeats page {other} (both begin with {first!r})"
                raise Malformed("the listing", None, why)


async def pages(source: Source, start: int = 0, at_once: int = AT_ONCE) -> AsyncIterator[Page]:
    """Every page from `start` on, in order; several are asked for at a time where their number is known.

    Raises the tree; Malformed when a page repeats.
    """
    advance = _Advance()
    page = await source.page(start)
    advance.check(start, page)
    yield page
    if page.total is not None:
        numbers = range(start + 1, page_count(page.total))
        async for number, following in _numbered(source, numbers, at_once):
            advance.check(number, following)
            yield following
        return
    while not page.last:
        start += 1
        page = await source.page(start)
        advance.check(start, page)
        yield page


async def read(
    source: Source, numbers: Iterable[int], each: Callable[[int, Page], None], at_once: int = AT_ONCE
) -> None:
    """Reads these pages, several at a time, and tells each in order; by marker `at_once` is 1. Ends after the last.

    Raises the tree; Malformed when a page repeats.
    """
    advance = _Advance()
    async for number, page in _numbered(source, numbers, at_once):
        advance.check(number, page)
        each(number, page)
        if page.last and page.total is None:
            return


def _numbered(source: Source, numbers: Iterable[int], at_once: int) -> AsyncIterator[tuple[int, Page]]:
    async def one(number: int) -> tuple[int, Page]:
        return number, await source.page(number)

    return in_order(numbers, one, at_once)


def page_count(total: int) -> int:
    """How many pages hold so many items."""
    return -(-total // PAGE)
