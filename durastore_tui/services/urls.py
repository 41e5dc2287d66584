"""Stream URLs of content items, many at once; a failure stays in its row."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import translate
from re import compile as compiled
from re import split

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import BadInput, DuraStoreError, Malformed, Missing, NoReply, Unauthorized
from durastore_tui.core.redact import redact
from durastore_tui.core.tasks import common, hls, rtmp
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.url_ways import Way
from durastore_tui.core.urls import doubt, encode_stream_url, unreachable
from durastore_tui.services.changes.preflight import WillFail
from durastore_tui.services.in_order import in_order
from durastore_tui.services.session import Session
from durastore_tui.services.spaces import Spaces
from durastore_tui.services.streaming import HLS, RTMP, SECURE, distribution

WEB_SCHEMES, RTMP_SCHEMES = ("https",), ("rtmp",)


@dataclass(frozen=True, slots=True)
class UrlRow:
    """`raw` as the server joined it, `encoded` as it can be used (protocol §9.4), `until` when it expires (UTC), if it
    does; or the `failure`, and `error` in words. A URL may hold a token, so that `repr` says none."""

    space: str
    content_id: str
    raw: str | None = field(default=None, repr=False)
    encoded: str | None = field(default=None, repr=False)
    error: str | None = None
    failure: DuraStoreError | BadInput | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class UrlSource:
    """Where the URLs of one sheet come from; `host` is the one that the space's properties name for this way."""

    session: Session
    space: str
    way: Way
    host: str | None

    def found(self, glob: str, read: Callable[[int], None]) -> AsyncIterator[str]:
        """As `matching`."""
        return matching(self.session, self.space, glob, read=read)

    def made(self, ids: Iterable[str], check: bool) -> AsyncIterator[UrlRow]:
        """As `make`."""
        return make(self.session, self.space, ids, host=self.host, way=self.way, check=check)


def tasks_for(properties: SpaceProperties) -> tuple[Task, ...]:
    """The tasks that make URLs for what the space streams by, the usual one first; none when it does not stream."""
    tasks: list[Task] = []
    if (shown := distribution(properties, HLS)).host:
        tasks += [hls.COOKIES_URL, hls.URL] if shown.type == SECURE else [hls.URL]
    if (shown := distribution(properties, RTMP)).host:
        tasks += [rtmp.SIGNED_URL if shown.type == SECURE else rtmp.URL]
    return tuple(tasks)


def why_no_cookies(space: str, properties: SpaceProperties) -> str | None:
    """Why a signed-cookies URL does not work for the space, or None (protocol §7.7)."""
    shown = distribution(properties, HLS)
    if not shown.host:
        return f"{space} has no HLS streaming. A signed-cookies URL needs a space that streams SECURE."
    if shown.type != SECURE:
        return f"{space} streams {shown.type or 'without a type'}. A signed-cookies URL does not work for it."
    return None


async def check_url_task(session: Session, task: Task, space: str) -> None:
    """Raises WillFail for a signed-cookies URL of a space that does not stream SECURE, Missing for a space that is not
    there, and the error tree. Other tasks pass."""
    if task is not hls.COOKIES_URL or not space:
        return
    if why := why_no_cookies(space, await Spaces(session).properties_of(space)):
        raise WillFail("space", f"{why} Nothing was sent.")


async def cookies_url_warning(session: Session, space: str, reply: hls.SignedCookiesUrl) -> str | None:
    """Why the URL of the reply must not be opened, or None when it leads to the space's own host."""
    host = host_for(Way(hls.COOKIES_URL), await Spaces(session).properties_of(space))
    wrong = doubt(reply.signed_cookies_url or "", host)
    return f"Do not open this URL: {wrong}." if wrong else None


def host_for(way: Way, properties: SpaceProperties) -> str | None:
    """The host that the properties name for the URLs of this way."""
    return distribution(properties, RTMP if way.task in rtmp.TASKS else HLS).host


async def make(
    session: Session,
    space: str,
    ids: Iterable[str],
    *,
    host: str | None,
    way: Way | None = None,
    check: bool = True,
    at_once: int = 4,
) -> AsyncIterator[UrlRow]:
    """URLs (protocol §7.6, §7.7, §7.23) in the order asked; `check` looks by HEAD whether each item exists.

    `host` is the one that the space's properties name: a URL that leads elsewhere is a failure, and is not given.
    Raises Unauthorized; any other failure is a row.
    """
    asked_by = way or Way()

    async def made(content_id: str) -> UrlRow:
        return await _made(session, space, content_id, asked_by, host, check)

    async for row in in_order(ids, made, at_once):
        yield row


async def matching(
    session: Session, space: str, glob: str, prefix: str = "", read: Callable[[int], None] = lambda count: None
) -> AsyncIterator[str]:
    """Ids out of the space's listing that a shell pattern matches; `*` matches `/` too. Reads to the last page, and
    tells `read` how many ids it saw so far."""
    fits = compiled(translate(glob)).fullmatch
    prefix = prefix or literal_start(glob)
    spaces = Spaces(session)
    marker, seen = "", 0
    while ids := (await spaces.contents(space, prefix, marker)).ids:
        seen += len(ids)
        read(seen)
        for content_id in ids:
            if fits(content_id):
                yield content_id
        marker = ids[-1]


def literal_start(glob: str) -> str:
    """What every id that fits begins with: the server is asked for no others."""
    return split(r"[*?\[]", glob, maxsplit=1)[0]


async def _made(session: Session, space: str, content_id: str, way: Way, host: str | None, check: bool) -> UrlRow:
    until = way.until(session.clock.now())
    try:
        raw = await _raw(session, space, content_id, way, check)
    except Unauthorized:
        raise
    except (DuraStoreError, BadInput) as failure:
        return UrlRow(space, content_id, error=_worded(failure), failure=failure)
    encoded = encode_stream_url(raw, content_id)
    if wrong := doubt(encoded, host, RTMP_SCHEMES if way.task in rtmp.TASKS else WEB_SCHEMES):
        error = f"The server's URL is not used: {wrong}. The URL: {redact(encoded)}"
        return UrlRow(space, content_id, raw, error=error, failure=Malformed(space, None, error))
    return UrlRow(space, content_id, raw, encoded, until=until)


def _worded(failure: DuraStoreError | BadInput) -> str:
    match failure:
        case BadInput():
            return failure.sentence
        case Missing():
            return f"not found: {failure.words}" if failure.words else "not found"
        case NoReply():
            return f"{failure.words or failure}; {failure.reason} It is not sent again."
    return failure.words or str(failure)


async def _raw(session: Session, space: str, content_id: str, way: Way, check: bool) -> str:
    values = way.task.checked(way.values_for(space, content_id))
    if check:
        if wrong := unreachable(content_id):
            raise BadInput("contentId", f"Not looked for: {wrong}.")
        await Spaces(session).item(space, content_id)
    match (await session.run(way.task, values)).value:
        case common.StreamUrl(url) | hls.SignedCookiesUrl(url) | rtmp.SignedUrl(url) if url:
            return url
    raise BadInput("contentId", "The server answered without a URL.")
