"""`snapshots`: looking at copies of spaces in the preservation store."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from durastore_tui.cli.call import Call
from durastore_tui.cli.completing import one_of
from durastore_tui.cli.verbs import noun
from durastore_tui.core.errors import BadInput, Malformed
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.snapshots import Item

if TYPE_CHECKING:
    from durastore_tui.cli.output import Show

FIELDS = ("snapshotId", "status", "sourceSpaceId", "sourceStoreId", "description")
ITEM_FIELDS = ("contentId", "contentProperties")
EVENT_FIELDS = ("historyDate", "history")
SNAPSHOTS = noun("snapshots", "Snapshots in the preservation store.")

page_option = click.option("--page", type=click.IntRange(0), help="Page number, from 0.")
size_option = click.option("--size", type=click.IntRange(1, snapshots.PAGE), help="Rows of a page.")
all_option = click.option("--all", "everything", is_flag=True, help="Every page.")


@SNAPSHOTS.command("list")
@click.pass_obj
async def list_snapshots(call: Call) -> None:
    """Every snapshot that this login may see."""
    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        reply = await session.run(snapshots.LIST, {})
        with printer.rows(FIELDS) as show:
            for row in json.loads(reply.text).get("snapshots") or ():
                show(row)


@SNAPSHOTS.command("totals")
@click.option(
    "--status",
    default="SNAPSHOT_COMPLETE",
    show_default=True,
    metavar="STATUS",
    help="Of the snapshots in this status, as in `snapshots list`.",
    shell_complete=one_of(snapshots.STATUSES),
)
@click.pass_obj
async def show_totals(call: Call, status: str) -> None:
    """How many snapshots, bytes and files."""
    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        printer.reply((await session.run(snapshots.TOTALS, {"status": status})).text)


@SNAPSHOTS.command("show")
@click.argument("snapshot", metavar="ID")
@click.pass_obj
async def show_snapshot(call: Call, snapshot: str) -> None:
    """Everything that the server says of one."""
    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        printer.reply((await session.run(snapshots.SHOW, {"snapshotId": snapshot})).text)


@SNAPSHOTS.command("contents")
@click.argument("snapshot", metavar="ID")
@click.option("--prefix", default="", help="Only ids that start so.")
@page_option
@size_option
@all_option
@click.pass_obj
async def show_contents(
    call: Call, snapshot: str, prefix: str, page: int | None, size: int | None, everything: bool
) -> None:
    """Items by ascending id: one page, the first unless another is named, or all."""
    from durastore_tui.services.contents import SnapshotContents, pages
    from durastore_tui.services.snapshots import contents_page

    _check_pages(page, size, everything)
    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        with printer.rows(ITEM_FIELDS) as show:
            if everything:
                total = None
                async for one in pages(SnapshotContents(session, snapshot, prefix)):
                    if total not in (None, one.total):
                        raise Malformed(snapshot, None, f"it had {total} items and now has {one.total}: it grows")
                    total = one.total
                    _show(one.items, show)
                return
            held = await contents_page(session, snapshot, page or 0, size or snapshots.PAGE, prefix)
            _show(held.content_items, show)
    call.note(f"{len(held.content_items)} of the {held.total_count} items of the whole snapshot; --all reads on.")


@SNAPSHOTS.command("history")
@click.argument("snapshot", metavar="ID")
@all_option
@click.pass_obj
async def show_history(call: Call, snapshot: str, everything: bool) -> None:
    """Events, newest first: the last thousand, or all."""
    from durastore_tui.services.snapshots import history, history_page

    printer = call.printer()
    async with call.session(snapshots.LIST) as session:
        if everything:
            with call.counting("events") as counter:
                events = await history(session, snapshot, counter.set)
        else:
            events = await history_page(session, snapshot, 0)
    with printer.rows(EVENT_FIELDS) as show:
        for event in events:
            show({"historyDate": event.history_date, "history": event.history})
    if not everything and len(events) == snapshots.PAGE:
        call.note(f"The newest {snapshots.PAGE} events; --all reads on.")


def _show(items: Iterable[Item], show: Show) -> None:
    for item in items:
        show({"contentId": item.content_id, "contentProperties": item.content_properties})


def _check_pages(page: int | None, size: int | None, everything: bool) -> None:
    if everything and (page is not None or size is not None):
        raise BadInput("page", "Either --all, or --page and --size.")
