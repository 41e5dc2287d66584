"""Checks that show whether a one-shot task took effect. Most tasks have none (protocol §7.16-§7.22)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import cast

from durastore_tui.core.errors import Missing
from durastore_tui.core.jobs import Evidence, JobState
from durastore_tui.core.snapshots import facts
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Value
from durastore_tui.core.tasks.snapshots import History
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.server import Line

NEVER = "never"
REQUESTED = ("restore-action", "RESTORE_REQUESTED")
PROPERTIES_ITEM = ".collection-snapshot.properties"
NO_CHECK = "DuraCloud cannot show its effect."


def last_restore_request(history: History) -> str:
    """The date of the newest request for a restore in a page of history, or `NEVER` (protocol §8.4)."""
    requests = (event for event in history.history_items if REQUESTED in (facts(event.history or "") or ()))
    return next((str(event.history_date) for event in requests), NEVER)


async def check_task(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Confirm the effect where a read shows it. A success that nothing can show ends as unverified."""
    check = CHECKS.get(str(entry.order.task))
    can_tell = check and entry.order.was is not None
    finding = await check(entry, line, moment) if check and can_tell else Finding((), detail=NO_CHECK)
    if finding.state is None and entry.job.state is not JobState.NO_REPLY:
        return Finding(finding.evidence, JobState.UNVERIFIED, finding.detail)
    return finding


async def _snapshot_is_gone(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Completing a snapshot clears the property that names the snapshot (protocol §7.17)."""
    carried = (await line.server.space(entry.job.store, entry.job.space)).snapshot_id
    evidence = (Evidence(moment.now, "space", f"refers to snapshot {carried}" if carried else "refers to no snapshot"),)
    if carried:
        return Finding(evidence, detail=f"The space still refers to snapshot {carried}.")
    return Finding(evidence, JobState.CONFIRMED, "The space no longer refers to a snapshot.")


async def _cancellation_is_complete(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Completing a cancel also deletes the snapshot's item afterwards (protocol §7.18)."""
    gone = await _snapshot_is_gone(entry, line, moment)
    if gone.state is None:
        return gone
    try:
        await line.server.find(entry.job.store, entry.job.space, PROPERTIES_ITEM)
    except Missing:
        evidence = (*gone.evidence, Evidence(moment.now, "item", f"{PROPERTIES_ITEM} no longer exists"))
        return Finding(evidence, JobState.CONFIRMED, gone.detail)
    evidence = (*gone.evidence, Evidence(moment.now, "item", f"{PROPERTIES_ITEM} still exists"))
    return Finding(evidence, detail=f"The space still contains {PROPERTIES_ITEM}.")


async def _request_is_recorded(entry: Entry, line: Line, moment: Moment) -> Finding:
    """A request for a restore adds an event to the snapshot's history (protocol §7.19, §8.4)."""
    values: dict[str, Value] = {"snapshotId": str(entry.job.target), "pageNumber": 0, "pageSize": snapshots.PAGE}
    found = cast(History, await line.server.ask(entry.job.store, snapshots.HISTORY, values))
    last = last_restore_request(found)
    if last == entry.order.was:
        return Finding((Evidence(moment.now, "status", "no new request in the history"),))
    recorded = "The history of the snapshot records the request."
    return Finding((Evidence(moment.now, "status", "restore requested"),), JobState.CONFIRMED, recorded)


CHECKS: Mapping[str, Callable[[Entry, Line, Moment], Awaitable[Finding]]] = {
    snapshots.COMPLETE.name: _snapshot_is_gone,
    snapshots.COMPLETE_CANCEL.name: _cancellation_is_complete,
    restores.REQUEST.name: _request_is_recorded,
}
