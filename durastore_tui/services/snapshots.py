"""The long lists of a snapshot, page by page past the bridge's defects (protocol §7.13, §7.14)."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from durastore_tui.core.errors import Malformed
from durastore_tui.core.paging import Growing
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Value
from durastore_tui.core.tasks.snapshots import Contents, Event, History
from durastore_tui.services.session import Session

PAGE = 1000
TRIES = 5


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
        # the bridge takes an unknown snapshot for an empty one
        await session.run(snapshots.SHOW, {"snapshotId": snapshot})
    return page


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
