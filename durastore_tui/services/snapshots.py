"""One snapshot, its last restore, and its long lists past the bridge's defects (protocol §7.10-§7.14, §7.21)."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import quote

from durastore_tui.api.tasks import TaskReply
from durastore_tui.core.errors import Malformed, Missing, Rejected, UnknownName
from durastore_tui.core.paging import Growing
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Value
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Contents, Event, History, Snapshot
from durastore_tui.core.text import sendable
from durastore_tui.services.session import Session

PAGE = 1000
TRIES = 5


async def look_up(session: Session, snapshot: str) -> tuple[Snapshot, Missing | None]:
    """The snapshot, or an empty one with the server's word that it has none of that id."""
    try:
        return cast(Snapshot, (await session.run(snapshots.SHOW, {"snapshotId": snapshot})).value), None
    except Missing as error:
        return Snapshot(), error


async def last_restore(session: Session, snapshot: str) -> Restore | None:
    """The restore of the snapshot that changed last, None where there is none (protocol §7.21)."""
    try:
        return cast(Restore, (await session.run(restores.SHOW, {"snapshotId": snapshot})).value)
    except Missing:
        return None


async def restore_by_either_id(session: Session, wanted: str) -> tuple[TaskReply, bool]:
    """The last restore of the snapshot with that ID, else the restore with that ID; and whether it is a snapshot's.

    Raises UnknownName when there is neither (protocol §7.21).
    """
    try:
        return await session.run(restores.SHOW, {"snapshotId": wanted}), True
    except Missing:
        pass
    try:
        return await session.run(restores.SHOW, {"restoreId": wanted}), False
    except Missing as missing:
        _, unknown = await look_up(session, wanted)
        nothing = f"No snapshot and no restore has the ID {wanted}. `durastore-tui snapshots list` lists the snapshots."
        why = nothing if unknown else f"Snapshot {wanted} has no restore."
        raise UnknownName("id", why) from missing


async def contents_page(session: Session, snapshot: str, number: int, size: int = PAGE, prefix: str = "") -> Contents:
    """Page `number`, from 0. The total is the whole snapshot's, whatever the prefix. Raises Missing."""
    values: dict[str, Value | None] = {
        "snapshotId": snapshot,
        "pageNumber": number,
        "pageSize": size,
        # the bridge puts it into an address as it is (protocol §7.13)
        "prefix": (quote(prefix, safe="") if sendable(prefix) else prefix) or None,
    }
    page = cast(Contents, (await session.run(snapshots.CONTENTS, values)).value)
    if not page.total_count:
        _, missing = await look_up(session, snapshot)  # the bridge takes an unknown snapshot for an empty one
        if missing:
            raise missing
    return page


async def history_page(session: Session, snapshot: str, number: int, size: int = PAGE) -> tuple[Event, ...]:
    """Page `number`, from 0, newest first. Past the end the bridge repeats the last rows. Raises Missing."""
    values: dict[str, Value | None] = {"snapshotId": snapshot, "pageNumber": number, "pageSize": size}
    try:
        reply = await session.run(snapshots.HISTORY, values)
    except Rejected as error:
        _, missing = await look_up(session, snapshot)  # the bridge answers 500 for an unknown snapshot
        raise missing or error from None
    return cast(History, reply.value).history_items


async def history(
    session: Session, snapshot: str, read: Callable[[int], None] = lambda count: None
) -> tuple[Event, ...]:
    """Every event, newest first, each once, those too that come in meanwhile.

    `read` gets how many were read so far. Raises Malformed when they come faster than they can be read, and when a full
    page repeats an earlier one.
    """
    first = await history_page(session, snapshot, 0)
    events, pages = Growing(PAGE, first), {first}
    tries = 0
    while not events.complete:
        read(len(events.rows))
        number = events.wanted
        page = await history_page(session, snapshot, number)
        try:
            taken = events.take(page, await history_page(session, snapshot, 0))
        except ValueError:
            taken, tries = False, TRIES
        if taken and len(page) == PAGE and page in pages:
            why = f"the history does not advance: page {number} repeats an earlier page"
            raise Malformed(f"history of {snapshot}", None, why)
        if taken:
            tries = 0
            pages.add(page)
        else:
            tries += 1
        if tries >= TRIES:
            raise Malformed(f"history of {snapshot}", None, "events are added faster than they can be read")
    return events.rows
