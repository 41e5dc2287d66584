"""The tasks that the bridge calls by itself, run by hand: the server looks at nothing, and each destroys something
(protocol §7.16-§7.18, §7.22). Cancelling has no task at all."""

from __future__ import annotations

import shlex
from typing import cast

from durastore_tui.api import spaces as api_spaces
from durastore_tui.core.errors import Missing
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Task
from durastore_tui.core.tasks.restores import RESTORED, Restore
from durastore_tui.core.urls import encode_path
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.changes.snapshot_changes import one_shot, standing
from durastore_tui.services.session import Session
from durastore_tui.services.snapshots import look_up

PRESERVED = "CLEANING_UP"
OF_SNAPSHOT = (snapshots.CLEAN_UP, snapshots.COMPLETE, snapshots.COMPLETE_CANCEL)


async def of_snapshot(session: Session, task: Task, space: str) -> Preflight:
    """cleanup, complete or complete-cancel of the space's snapshot; raises BadInput and the error tree."""
    values = task.checked({"spaceId": space})
    properties = await api_spaces.properties(session.transport, session.store.id, space)
    snapshot = properties.snapshot_id
    order = one_shot(session, task, values, was=snapshot)
    if snapshot is None:
        wrong = f"{space} refers to no snapshot. The server would run the task anyway."
        return Preflight(task, values, (wrong,), order=order)
    shown, missing = await look_up(session, snapshot)
    status = None if missing else shown.status
    doubts: list[str] = []
    if task is snapshots.COMPLETE_CANCEL:
        if not missing:
            doubts.append(f"The bridge still has {snapshot}. {how_to_cancel(snapshot, status)}")
    elif missing:
        doubts.append(f"{space} refers to {snapshot}, which is not on the server. Nothing shows that it is preserved.")
    elif status != PRESERVED:
        doubts.append(f"{snapshot}: {standing(status)} Only {PRESERVED} confirms that the content is preserved.")
    if task is snapshots.COMPLETE and properties.count != "0":
        doubts.append(f"{space} still has {properties.count} items. They would stay: no rule would delete them.")
    return Preflight(task, values, tuple(doubts), order=order)


async def of_restore(session: Session, space: str, days: int) -> Preflight:
    """Completing the restore that the space belongs to; raises BadInput and the error tree."""
    values = restores.COMPLETE.checked({"spaceId": space, "daysToExpire": days})
    restore = (await api_spaces.properties(session.transport, session.store.id, space)).restore_id
    wrong = await _not_restored(session, space, restore)
    return Preflight(restores.COMPLETE, values, wrong, order=one_shot(session, restores.COMPLETE, values))


async def _not_restored(session: Session, space: str, restore: str | None) -> tuple[str, ...]:
    if restore is None:
        return (f"{space} refers to no restore. The server would delete its items anyway.",)
    try:
        shown = cast(Restore, (await session.run(restores.SHOW, {"restoreId": restore})).value)
    except Missing:
        return (f"{space} refers to {restore}, which does not exist on the server.",)
    if shown.status != RESTORED:
        return (f"{restore} is {shown.status}. The same rule would delete items that are still to come.",)
    return ()


def how_to_cancel(snapshot: str, status: str | None = None) -> str:
    """No task cancels: an operator asks the bridge, and not while it cleans up."""
    if status == PRESERVED:
        return f"While it is {PRESERVED} not even the bridge cancels it."
    return (
        f"No task cancels it. An operator asks the bridge, with the bridge's own login: `{cancellation(snapshot)}`."
        " Then the bridge frees the space by itself."
    )


def cancellation(snapshot: str) -> str:
    """The request to the bridge, as a curl line; the bridge's address and login are nowhere on the wire."""
    url = f"https://BRIDGE/bridge/snapshot/{encode_path(snapshot)}/cancel"
    return f"curl -sS -u OPERATOR -X POST {shlex.quote(url)}"
