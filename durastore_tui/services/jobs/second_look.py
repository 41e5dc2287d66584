"""Refusals of snapshots and restores that hide what happened: the server is asked, the write is never sent again."""

from dataclasses import replace
from typing import cast

from durastore_tui.core.errors import Missing
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.jobs.answers import Answer, Verdict
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.preserving import FAILED
from durastore_tui.services.jobs.server import Line


async def settle_snapshot(answer: Answer, entry: Entry, line: Line) -> Answer:
    """The answer to a creation or restart, with what the server shows of it."""
    return await (_restart if entry.job.target else _creation)(answer, entry, line)


async def _restart(answer: Answer, entry: Entry, line: Line) -> Answer:
    """The bridge answers 500 for an unknown snapshot and for any other status, too (protocol §7.15)."""
    target = {"snapshotId": str(entry.job.target)}
    try:
        status = cast(Snapshot, await line.server.ask(entry.job.store, snapshots.SHOW, target)).status
    except Missing:
        return replace(answer, found="This snapshot does not exist on the server.")
    if status != (entry.order.was or FAILED):
        return replace(answer, verdict=Verdict.TAKEN)
    return replace(answer, found=f"It is still {status}.")


async def _creation(answer: Answer, entry: Entry, line: Line) -> Answer:
    """After a failure the server looks itself, 7 s later, and takes everything back unless the snapshot is there: then
    the space carries it (protocol §7.9). A conflict is about another one, unless something sent ours twice."""
    carried = (await line.server.space(entry.job.store, entry.job.space)).snapshot_id
    fresh = carried is not None and carried != entry.order.was
    if answer.verdict is Verdict.REFUSED or carried is None:
        return replace(answer, verdict=Verdict.TAKEN, named=carried) if fresh else answer
    try:
        shown = cast(Snapshot, await line.server.ask(entry.job.store, snapshots.SHOW, {"snapshotId": carried}))
    except Missing:
        freed = f"{carried} does not exist on the server. {snapshots.COMPLETE_CANCEL.name} frees the space."
        return replace(answer, found=freed)
    if fresh and shown.description == dict(entry.order.values).get("description"):
        return replace(answer, verdict=Verdict.TAKEN, named=carried)
    return replace(answer, found=f"{carried} is {shown.status}.")


async def settle_restore(answer: Answer, entry: Entry, line: Line) -> Answer:
    """A refused restore leaves its empty space behind, which refuses all that follow (protocol §7.20)."""
    store, snapshot = entry.job.store, str(entry.order.target)
    try:
        last = cast(Restore, await line.server.ask(store, restores.SHOW, {"snapshotId": snapshot}))
    except Missing:
        last = Restore()
    if last.restore_id and last.restore_id != entry.order.was:
        return replace(answer, verdict=Verdict.TAKEN, named=last.restore_id)
    parts = taken_apart(snapshot)
    if parts is None:
        return answer
    try:
        belongs = (await line.server.space(store, parts.restore_space)).restore_id
    except Missing:
        return answer
    if belongs:
        return replace(answer, found=f"{parts.restore_space} belongs to {belongs}.")
    left = f"The empty space {parts.restore_space} is left behind; while it is there every restore is refused."
    return replace(answer, found=f"{left} Delete it, then try again.")
