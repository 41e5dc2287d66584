"""Stream URLs of content items, many at once; a failure stays in its row."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from durastore_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class UrlRow:
    """`raw` as the server joined it, `encoded` as it can be used (protocol §9.4); or `error` in words."""

    space: str
    content_id: str
    raw: str | None = None
    encoded: str | None = None
    error: str | None = None


def make(
    session: Session, space: str, ids: Iterable[str], *, check: bool = True, at_once: int = 4
) -> AsyncIterator[UrlRow]:
    """Open URLs (protocol §7.6) in the order asked; `check` looks by HEAD whether each item exists."""
    raise NotImplementedError
