"""What came of one wish for URLs: results in the order asked, each in its own place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from durastore_tui.core.url_ways import Way
from durastore_tui.tui.details.url_facts import Wanted

if TYPE_CHECKING:
    from durastore_tui.services.urls import UrlRow


class Source(Protocol):
    """Where ids and URLs come from."""

    @property
    def way(self) -> Way:
        """How they are asked for."""

    def found(self, glob: str, read: Callable[[int], None]) -> AsyncIterator[str]:
        """Ids out of the listing; `read` is told how many were seen."""

    def made(self, ids: Iterable[str], check: bool) -> AsyncIterator[UrlRow]:
        """A row for each id."""


@dataclass
class UrlRun:
    """`ids` is None until the listing was looked through, of which `read` ids were seen. What was asked for again
    takes the place of its failure. `until` is when the first of them expires (UTC)."""

    wanted: Wanted
    source: Source
    ids: tuple[str, ...] | None = field(init=False)
    rows: dict[str, UrlRow] = field(default_factory=dict, init=False)
    read: int = field(default=0, init=False)
    made: int = field(default=0, init=False)
    until: datetime | None = field(default=None, init=False)
    running: bool = field(default=False, init=False)
    _news: list[UrlRow] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.ids = None if self.wanted.pattern else self.wanted.items

    async def go_on(self, check: bool) -> None:
        """Asks for everything that is not made; raises the error tree and BadInput."""
        if self.ids is None:
            self.ids = tuple([one async for one in self.source.found(self.wanted.pattern, self._saw)])
        async for row in self.source.made(self.unmade, check):
            self._keep(row)

    def _saw(self, count: int) -> None:
        self.read = count

    def _keep(self, row: UrlRow) -> None:
        self.rows[row.content_id] = row
        self._news.append(row)
        self.made += row.encoded is not None
        self.until = self.until or row.until

    def news(self) -> list[UrlRow]:
        """The rows that came since this was asked last."""
        news, self._news = self._news, []
        return news

    @property
    def unmade(self) -> tuple[str, ...]:
        """What failed, and what was not asked for yet."""
        made = {row.content_id for row in self.usable}
        return tuple(one for one in self.ids or () if one not in made)

    @property
    def usable(self) -> list[UrlRow]:
        """The rows with a URL."""
        return [row for row in self.rows.values() if row.encoded]

    @property
    def failed(self) -> int:
        return len(self.rows) - self.made

    @property
    def whole(self) -> bool:
        """Whether every item has its answer."""
        return self.ids is not None and len(self.rows) == len(self.ids)
