"""Stream URLs of content items, many at once; a failure stays in its row."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from fnmatch import translate
from re import compile as compiled

from durastore_tui.core.errors import BadInput, DuraStoreError, Missing, Unauthorized
from durastore_tui.core.tasks import hls
from durastore_tui.core.urls import encode_stream_url, unreachable
from durastore_tui.services.in_order import in_order
from durastore_tui.services.session import Session
from durastore_tui.services.spaces import Spaces


@dataclass(frozen=True, slots=True)
class UrlRow:
    """`raw` as the server joined it, `encoded` as it can be used (protocol §9.4); or `error` in words."""

    space: str
    content_id: str
    raw: str | None = None
    encoded: str | None = None
    error: str | None = None


async def make(
    session: Session, space: str, ids: Iterable[str], *, check: bool = True, at_once: int = 4
) -> AsyncIterator[UrlRow]:
    """Open URLs (protocol §7.6) in the order asked; `check` looks by HEAD whether each item exists.

    Raises Unauthorized; any other failure is a row.
    """

    async def made(content_id: str) -> UrlRow:
        return await _made(session, space, content_id, check)

    async for row in in_order(ids, made, at_once):
        yield row


async def matching(session: Session, space: str, glob: str, prefix: str = "") -> AsyncIterator[str]:
    """Ids out of the space's listing that a shell pattern matches; `*` matches `/` too. Reads to the last page."""
    fits = compiled(translate(glob)).fullmatch
    spaces = Spaces(session)
    marker = ""
    while ids := (await spaces.contents(space, prefix, marker)).ids:
        for content_id in ids:
            if fits(content_id):
                yield content_id
        marker = ids[-1]


async def _made(session: Session, space: str, content_id: str, check: bool) -> UrlRow:
    try:
        raw = await _raw(session, space, content_id, check)
    except Unauthorized:
        raise
    except Missing as error:
        return UrlRow(space, content_id, error=f"not found: {error.words}" if error.words else "not found")
    except DuraStoreError as error:
        return UrlRow(space, content_id, error=error.words or str(error))
    except BadInput as wrong:
        return UrlRow(space, content_id, error=wrong.sentence)
    return UrlRow(space, content_id, raw, encode_stream_url(raw, content_id))


async def _raw(session: Session, space: str, content_id: str, check: bool) -> str:
    values = hls.URL.checked({"spaceId": space, "contentId": content_id})
    if check:
        if wrong := unreachable(content_id):
            raise BadInput("contentId", f"Not looked for: {wrong}.")
        await Spaces(session).item(space, content_id)
    reply = await session.run(hls.URL, values)
    if not isinstance(reply.value, hls.StreamUrl) or not reply.value.stream_url:
        raise BadInput("contentId", "The server answered without a URL.")
    return reply.value.stream_url
