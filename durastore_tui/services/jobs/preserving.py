"""Looks at snapshots and restores, which people at the preservation side carry on in hours or days (protocol §8)."""

from datetime import datetime, timedelta
from typing import cast

from durastore_tui.core.errors import Missing
from durastore_tui.core.jobs import NEXT, Evidence, Job, JobState
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import as_time
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot, Snapshots
from durastore_tui.services.jobs.ages import Moment
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.finding import Finding
from durastore_tui.services.jobs.server import Line

FAILED = "FAILED_TO_TRANSFER_FROM_DURACLOUD"
STUCK_AFTER = {"INITIALIZED": timedelta(hours=1), "CLEANING_UP": timedelta(days=3)}
HALTED = {
    FAILED: "The transfer failed; it can be restarted.",
    "ERROR": "The preservation side reported an error; only its operators can help.",
}
MAY_BE_COMPLETE = 12 * 3600.0
CLOCKS_DIFFER = timedelta(minutes=10)
NO_SIGN = "The server shows no sign of it so far."
STUCK = "Contact the operators. Checks continue."
"""Advice for what people at the preservation side have to mend."""
HAS_RESTORED = (restores.RESTORED, "RESTORATION_EXPIRED")


async def look_at_snapshot(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Asks for its status; of one whose creation got no answer, the space for its id."""
    job = entry.job
    if job.target is None:
        return await _was_it_created(entry, line, moment)
    try:
        shown = cast(Snapshot, await line.server.ask(job.store, snapshots.SHOW, {"snapshotId": job.target}))
    except Missing:
        return _gone(job, moment)
    status = shown.status or "no status"
    if job.state is JobState.NO_REPLY:
        state = JobState.ACCEPTED if status != FAILED else None
        return Finding(_log(job, status, moment), state, f"It is {status}.")
    if status == "SNAPSHOT_COMPLETE":
        evidence = (Evidence(moment.now, "status", status),)
        return Finding(evidence, JobState.CONFIRMED, f"It holds {shown.content_item_count} items.")
    if reason := HALTED.get(status) or _stuck(job, status, moment):
        return _found(job, status, JobState.OVERDUE, reason, moment)
    return _found(
        job, status, JobState.IN_PROGRESS, f"It is {status}, with {shown.content_item_count} items so far.", moment
    )


async def _was_it_created(entry: Entry, line: Line, moment: Moment) -> Finding:
    """A creation that went through shows in the property of the space until it is complete, then in the list alone."""
    carried = (await line.server.space(entry.job.store, entry.job.space)).snapshot_id
    if carried and carried != entry.order.was:
        evidence = (Evidence(moment.now, "space", f"refers to snapshot {carried}"),)
        return Finding(evidence, JobState.ACCEPTED, "The space refers to a new snapshot.", target=carried)
    if moment.since(entry.sent_at) >= MAY_BE_COMPLETE and (listed := await _listed(entry, line)):
        evidence = (Evidence(moment.now, "status", f"{listed} is in the list"),)
        return Finding(evidence, JobState.ACCEPTED, "No answer came, but the server lists it.", target=listed)
    shown = f"refers to snapshot {carried}" if carried else "refers to no snapshot"
    return Finding((Evidence(moment.now, "space", shown),), detail=NO_SIGN)


async def _listed(entry: Entry, line: Line) -> str | None:
    """A snapshot of the space that was taken when ours was asked for, or after (protocol §8.2: to the second)."""
    listed = cast(Snapshots, await line.server.ask(entry.job.store, snapshots.LIST, {}))
    for each in listed.snapshots:
        parts = taken_apart(each.snapshot_id or "")
        if parts and parts.space == entry.job.space and parts.taken >= entry.sent_at - CLOCKS_DIFFER:
            return each.snapshot_id
    return None


async def look_at_restore(entry: Entry, line: Line, moment: Moment) -> Finding:
    """Asks for its status; of one whose start got no answer, the snapshot for its last restore."""
    job = entry.job
    unnamed = job.state in (JobState.NO_REPLY, JobState.UNKNOWN)
    asked = {"snapshotId": str(entry.order.target)} if unnamed else {"restoreId": str(job.target)}
    try:
        shown = cast(Restore, await line.server.ask(job.store, restores.SHOW, asked))
    except Missing:
        return _gone(job, moment)
    status = shown.status or "no status"
    evidence = (Evidence(moment.now, "status", status),)
    if unnamed and shown.restore_id == entry.order.was:
        return Finding((), detail=NO_SIGN)
    if status in HAS_RESTORED:
        until = as_time(shown.expiration_date)
        return Finding(evidence, JobState.CONFIRMED, f"It is {status}.", target=shown.restore_id, until=until)
    if unnamed:
        state = JobState.ACCEPTED if JobState.ACCEPTED in NEXT[job.state] else None
        return Finding(evidence, state, "No answer came, but the server has it.", target=shown.restore_id)
    state = JobState.OVERDUE if status == "ERROR" else JobState.IN_PROGRESS
    return _found(job, status, state, f"It is {status}. {shown.status_text or ''}".strip(), moment)


def _found(job: Job, status: str, state: JobState, detail: str, moment: Moment) -> Finding:
    reachable = state is job.state or state in NEXT[job.state]
    if state is JobState.OVERDUE and job.state is JobState.ACCEPTED:
        return Finding(_log(job, status, moment), JobState.IN_PROGRESS, detail)
    return Finding(_log(job, status, moment), state if reachable else None, detail)


def _gone(job: Job, moment: Moment) -> Finding:
    """What was there and is not any more was cancelled (protocol §8.1)."""
    if JobState.REJECTED not in NEXT[job.state]:
        return Finding((), detail=NO_SIGN)
    evidence = (Evidence(moment.now, "status", "it no longer exists on the server"),)
    return Finding(evidence, JobState.REJECTED, "It no longer exists on the server. It was probably canceled.")


def _log(job: Job, status: str, moment: Moment) -> tuple[Evidence, ...]:
    """A line each time that the status changes, with the time at which this was first seen."""
    return () if _since(job, status) else (Evidence(moment.now, "status", status),)


def _since(job: Job, status: str) -> datetime | None:
    """Since when this has been the status, as far as was looked."""
    told = [each for each in job.evidence if each.step == "status"]
    return told[-1].at if told and told[-1].result == status else None


def _stuck(job: Job, status: str, moment: Moment) -> str | None:
    limit, since = STUCK_AFTER.get(status), _since(job, status)
    if limit is None or since is None or moment.since(since) < limit.total_seconds():
        return None
    return f"It has been {status} for over {limit.total_seconds() / 3600:.0f} hours."
