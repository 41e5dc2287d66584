"""`streaming urls` and `cookies-url`: links for viewers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.streaming import SECURE, STREAMING, space_argument
from durastore_tui.cli.exits import Exit, of_error, of_many
from durastore_tui.cli.output import FORMATS, Printer, Row, Show
from durastore_tui.cli.writing import print_curl
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import hls
from durastore_tui.core.text import safe

if TYPE_CHECKING:
    from durastore_tui.services.session import Session
    from durastore_tui.services.urls import UrlRow

FIELDS = ("spaceId", "contentId", "url", "error")
M3U, TXT = "m3u", "txt"


@STREAMING.command("urls")
@space_argument
@click.argument("ids", metavar="[ID...|-]", nargs=-1)
@click.option("--match", metavar="GLOB", help="Every item of the space whose id fits.")
@click.pass_obj
async def make_urls(call: Call, space: str, ids: tuple[str, ...], match: str | None) -> Exit:
    """One URL an item, percent-encoded; what failed stays in its row, and the exit code is 1 then."""
    if bool(ids) == (match is not None):
        raise BadInput("ids", "Name items (or - for standard input), or give --match; one of the two.")
    printer = call.printer((*FORMATS, M3U, TXT))
    codes = []
    async with call.session() as session:
        await _look(call, session, space)
        with _urls(call, printer) as show:
            async for row in _rows(call, session, space, ids, match):
                show({"spaceId": space, "contentId": row.content_id, "url": row.encoded, "error": row.error})
                codes.append(of_error(row.failure) if row.failure else Exit.DONE)
    return of_many(codes)


async def _look(call: Call, session: Session, space: str) -> None:
    """A plain URL of a SECURE space is of no use alone."""
    from durastore_tui.services.spaces import Spaces

    if (await Spaces(session).properties_of(space)).hls_type == SECURE:
        call.note(f"{space} is SECURE: viewers need cookies first, by `streaming cookies-url`.")


async def _rows(
    call: Call, session: Session, space: str, ids: tuple[str, ...], match: str | None
) -> AsyncIterator[UrlRow]:
    """Ids out of a listing exist; others are looked for first."""
    from durastore_tui.services.urls import make, matching

    if match is None:
        async for row in make(session, space, call.ids(ids)):
            yield row
        return
    found = [content_id async for content_id in matching(session, space, match)]
    if not found:
        call.note(f"No item of {space} fits {match}.")
    async for row in make(session, space, found, check=False):
        yield row


@contextmanager
def _urls(call: Call, printer: Printer) -> Iterator[Show]:
    """In a playlist or a list of URLs a failure has no row; it is told beside."""
    if printer.form not in (M3U, TXT):
        with printer.rows(FIELDS) as show:
            yield show
        return
    if printer.form == M3U:
        printer.lines(["#EXTM3U"])

    def show_line(row: Row) -> None:
        if row["url"] is None:
            call.note(f"{row['contentId']}: {row['error']}")
        elif printer.form == M3U:
            printer.lines([f"#EXTINF:-1,{safe(str(row['contentId']))}", row["url"]])
        else:
            printer.lines([row["url"]])

    yield show_line


@STREAMING.command("cookies-url")
@space_argument
@click.option("--redirect", required=True, metavar="URL", help="Where viewers go with their cookies.")
@click.option("--minutes", type=int, help="How long the cookies are good; default 480.")
@click.option("--ip", metavar="CIDR", help="Only for viewers from these addresses.")
@click.option("--curl", is_flag=True, help="Print the request as a curl line, and send nothing.")
@click.pass_obj
async def make_cookies_url(
    call: Call, space: str, redirect: str, minutes: int | None, ip: str | None, curl: bool
) -> None:
    """A link that gives its viewers the cookies of a SECURE space. Whoever has the link can stream."""
    printer = call.printer()
    values = {"spaceId": space, "redirectUrl": redirect, "minutesToExpire": minutes, "ipAddress": ip}
    body = hls.COOKIES_URL.request_body(values)
    if curl:
        await print_curl(call, [(hls.COOKIES_URL.name, body)])
        return
    async with call.session() as session:
        printer.reply((await session.run(hls.COOKIES_URL, values)).text)
