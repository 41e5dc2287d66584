"""Snapshots: where one stands, and its long lists, page by page past the bridge's defects (protocol §7.13, §7.14)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast
from urllib.parse import quote

from durastore_tui.core.errors import Malformed
from durastore_tui.core.paging import Growing
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Value
from durastore_tui.core.tasks.snapshots import Contents, Event, History, Item, Snapshot
from durastore_tui.services.in_order import in_order
from durastore_tui.services.session import Session

PAGE = 1000
AT_ONCE = 4
TRIES = 5


async def status_of(session: Session, snapshot: str) -> str:
    """The server's word for where it stands; raises Missing."""
    shown = cast(Snapshot, (await session.run(snapshots.SHOW, {"snapshotId": snapshot})).value)
    return shown.status or "without a status"


async def contents_page(session: Session, snapshot: str, number: int, size: int = PAGE, prefix: str = "") -> Contents:
    """Page `number`, from 0. The total is the whole snapshot's, whatever the prefix. Raises Missing."""
    values: dict[str, Value | None] = {
        "snapshotId": snapshot,
        "pageNumber": number,
        "pageSize": size,
        "prefix": quote(prefix, safe="") or None,  # the bridge puts it into an address as it is (protocol §7.13)
    }
    page = cast(Contents, (await session.run(snapshots.CONTENTS, values)).value)
    if not page.total_count:
        await status_of(session, snapshot)  # the bridge takes an unknown snapshot for an empty one
    return page


async def contents(session: Session, snapshot: str, prefix: str = "") -> AsyncIterator[Item]:
    """Every item by ascending id, four pages at a time where their number is known: not under a prefix."""
    first = await contents_page(session, snapshot, 0, PAGE, prefix)
    for item in first.content_items:
        yield item
    if len(first.content_items) < PAGE:
        return
    last = (first.total_count or 0) // PAGE
    if prefix:
        async for item in _until_short(session, snapshot, prefix):
            yield item
        return

    async def read(number: int) -> Contents:
        return await contents_page(session, snapshot, number)

    async for page in in_order(range(1, last + 1), read, AT_ONCE):
        for item in page.content_items:
            yield item


async def _until_short(session: Session, snapshot: str, prefix: str) -> AsyncIterator[Item]:
    number = 1
    while items := (await contents_page(session, snapshot, number, PAGE, prefix)).content_items:
        for item in items:
            yield item
        if len(items) < PAGE:
            return
        number += 1


async def history_page(session: Session, snapshot: str, number: int, size: int = PAGE) -> tuple[Event, ...]:
    """Page `number`, from 0, newest first. Past the end the bridge repeats the last rows."""
    values: dict[str, Value | None] = {"snapshotId": snapshot, "pageNumber": number, "pageSize": size}
    return cast(History, (await session.run(snapshots.HISTORY, values)).value).history_items


async def history(session: Session, snapshot: str) -> tuple[Event, ...]:
    """Every event, newest first, each once, those too that come in meanwhile.

    Raises Malformed when they come faster than they can be read.
    """
    read = Growing(PAGE, await history_page(session, snapshot, 0))
    tries = 0
    while not read.complete:
        page = await history_page(session, snapshot, read.wanted)
        try:
            tries = 0 if read.take(page, await history_page(session, snapshot, 0)) else tries + 1
        except ValueError:
            tries = TRIES
        if tries == TRIES:
            raise Malformed(f"history of {snapshot}", None, "events are added faster than they can be read")
    return read.rows
