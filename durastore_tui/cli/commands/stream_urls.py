"""`streaming urls` and `cookies-url`: links for viewers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.commands.streaming import RTMP, SECURE, STREAMING, rtmp_option, space_argument
from durastore_tui.cli.exits import Exit, of_error, of_many
from durastore_tui.cli.inputs import note_values
from durastore_tui.cli.output import FORMATS, Printer, Row, Show
from durastore_tui.cli.writing import print_curl
from durastore_tui.core.errors import BadInput, Unauthorized
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.tasks.model import Values
from durastore_tui.core.url_ways import MINUTES, Way

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.session import Session
    from durastore_tui.services.urls import UrlRow, UrlSource

M3U, TXT = "m3u", "txt"


@STREAMING.command("urls")
@space_argument
@click.argument("ids", metavar="[ID...|-]", nargs=-1)
@click.option("--match", metavar="GLOB", help="Every item of the space whose id fits.")
@click.option("--no-check", "unchecked", is_flag=True, help="Look for no item: make a URL whether it is there or not.")
@rtmp_option
@click.option("--resource-prefix", metavar="TEXT", help="With --rtmp: what the player wants before the id, as mp4:.")
@click.option("--minutes", type=int, help="With --rtmp, SECURE: how long the URLs are good; default 480.")
@click.option("--ip", metavar="CIDR", help="With --rtmp, SECURE: only for viewers from these addresses.")
@click.pass_obj
async def make_urls(
    call: Call,
    space: str,
    ids: tuple[str, ...],
    match: str | None,
    unchecked: bool,
    family: str,
    resource_prefix: str | None,
    minutes: int | None,
    ip: str | None,
) -> Exit:
    """One URL an item, percent-encoded; what failed stays in its row, and the exit code is 1 then."""
    from durastore_tui.services.spaces import Spaces
    from durastore_tui.services.url_lists import FIELDS, fields
    from durastore_tui.services.urls import UrlSource, host_for

    if not ids and match is None:
        ways = f"IDs after {space}, - for IDs from standard input, or --match GLOB (--match '*' takes every item)"
        raise BadInput("ids", f"Add items: {ways}.")
    if ids and match is not None:
        raise BadInput("ids", "Give item IDs or --match, not both.")
    told = _told(family, {"resourcePrefix": resource_prefix, MINUTES: minutes, "ipAddress": ip})
    note_values(call, rtmp.SIGNED_URL, told)
    printer = call.printer((*FORMATS, M3U, TXT))
    codes = []
    async with call.session() as session:
        properties = await Spaces(session).properties_of(space)
        way = await _way(call, session, space, properties, family, told)
        source = UrlSource(session, space, way, host_for(way, properties))
        with _urls(call, printer, FIELDS) as show:
            async for row in _rows(call, source, ids, match, check=not unchecked):
                show(fields(row))
                codes.append(of_error(row.failure) if row.failure else Exit.DONE)
    return of_many(codes)


def _told(family: str, options: Mapping[str, str | int | None]) -> Values:
    """What goes with every item, checked; only RTMP's tasks take anything."""
    told: Values = {name: value for name, value in options.items() if value is not None}
    if told and family != RTMP:
        raise BadInput("ids", "--resource-prefix, --minutes and --ip are for --rtmp; for HLS there is cookies-url.")
    for param in rtmp.SIGNED_URL.params:
        value = told.get(param.name)
        if value is not None and (wrong := param.wrong(param.normalised(value))):
            raise BadInput(param.name, wrong)
    return told


async def _way(call: Call, session: Session, space: str, properties: SpaceProperties, family: str, told: Values) -> Way:
    """The task that the space's type wants; a plain HLS URL of a SECURE space is of no use alone."""
    if family != RTMP:
        if properties.hls_type == SECURE:
            call.note(f"{space} is SECURE: viewers need cookies first, by `streaming cookies-url`.")
        return Way()
    way = Way(rtmp.SIGNED_URL if properties.rtmp_type == SECURE else rtmp.URL, told)
    if unused := told.keys() - {param.name for param in way.task.params}:
        raise BadInput("space", f"{space} streams RTMP OPEN: its URLs take no {' and no '.join(sorted(unused))}.")
    if why := await session.why_withheld(way.task, told):
        raise BadInput("minutes", f"{why} Nothing was sent.")
    return way


async def _rows(
    call: Call, source: UrlSource, ids: tuple[str, ...], match: str | None, *, check: bool
) -> AsyncIterator[UrlRow]:
    """Ids out of a listing exist; others are looked for first."""
    from durastore_tui.services.urls import UrlRow

    if match is None:
        wanted = list(call.ids(ids))
    else:
        with call.counting("ids") as counter:
            wanted = [content_id async for content_id in source.found(match, counter.set)]
        if not wanted:
            call.note(f"No item of {source.space} matches {match}.")
    made = 0
    try:
        async for row in source.made(wanted, check and match is None):
            yield row
            made += 1
    except Unauthorized as error:  # the login does not work any more, for no item
        for content_id in wanted[made:]:
            yield UrlRow(source.space, content_id, error=f"Not sent: {error.reason}", failure=error)


@contextmanager
def _urls(call: Call, printer: Printer, names: Sequence[str]) -> Iterator[Show]:
    """In a playlist or a list of URLs a failure has no row; it is told beside."""
    from durastore_tui.services.url_lists import M3U_HEAD, m3u_lines

    if printer.form not in (M3U, TXT):
        with printer.rows(names) as show:
            yield show
        return
    if printer.form == M3U:
        printer.lines([M3U_HEAD])

    def show_line(row: Row) -> None:
        if row["url"] is None:
            call.note(f"{row['contentId']}: {row['error']}")
        elif printer.form == M3U:
            printer.lines(m3u_lines(row["contentId"], row["url"]))
        else:
            printer.lines([row["url"]])

    yield show_line


@STREAMING.command("cookies-url")
@space_argument
@click.option("--redirect", required=True, metavar="URL", help="Where viewers go with their cookies.")
@click.option("--minutes", type=int, help="How long the cookies are good; default 480.")
@click.option("--ip", metavar="CIDR", help="Only for viewers from these addresses.")
@click.option("--curl", is_flag=True, help="Print the request as a curl line, and send nothing.")
@click.option("--force", is_flag=True, help="Send even if the space does not stream SECURE.")
@click.pass_obj
async def make_cookies_url(
    call: Call, space: str, redirect: str, minutes: int | None, ip: str | None, curl: bool, force: bool
) -> None:
    """A link that gives its viewers the cookies of a SECURE space. Whoever has the link can stream."""
    printer = call.printer()
    values = {"spaceId": space, "redirectUrl": redirect, "minutesToExpire": minutes, "ipAddress": ip}
    body = hls.COOKIES_URL.request_body(values)
    note_values(call, hls.COOKIES_URL, values)
    if curl:
        await print_curl(call, [(hls.COOKIES_URL.name, body)])
        return
    from durastore_tui.services.urls import check_url_task, cookies_url_warning

    async with call.session() as session:
        if not force:
            await check_url_task(session, hls.COOKIES_URL, space)
        reply = await session.run(hls.COOKIES_URL, values)
        if warning := await cookies_url_warning(session, space, cast(hls.SignedCookiesUrl, reply.value)):
            call.note(warning)
        printer.reply(reply.text)
