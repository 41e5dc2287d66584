"""What is looked at before a snapshot or a restore is asked for: the server's own reasons are lost on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.reports import Sample
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import DuraStoreError, Rejected, Unavailable
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import History, Snapshot
from durastore_tui.services.changes.guard import not_offered
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.task_checks import last_restore_request
from durastore_tui.services.reports import Reports
from durastore_tui.services.restore_space import blocked, restore_space
from durastore_tui.services.session import Session
from durastore_tui.services.snapshots import history_page, last_restore, look_up

RESTARTABLE = "FAILED_TO_TRANSFER_FROM_DURACLOUD"
RESTORABLE = "SNAPSHOT_COMPLETE"
NO_SUCH_ID = "none"
WHAT_NOW: Mapping[str, str] = {
    "INITIALIZED": "It has not begun to copy; if that lasts over an hour, ask the operators.",
    "TRANSFERRING_FROM_DURACLOUD": "It is being copied; wait.",
    "REPLICATING_TO_STORAGE": "It is copied and waits for the preservation side.",
    "CLEANING_UP": "It is preserved; its space is being emptied.",
    "SNAPSHOT_COMPLETE": "It is complete.",
    RESTARTABLE: "Its transfer failed: restart it.",
    "ERROR": "The preservation side reported an error; no task helps, only its operators.",
}


def one_shot(
    session: Session, task: Task, values: Mapping[str, Value], *, was: str | None = None, body: str | None = None
) -> Order:
    """The order for a task that no other kind of job sends; `was` is what its check compares with."""
    return Order(
        JobKind.TASK,
        session.profile.name,
        session.store.id,
        str(values.get("spaceId", "")),
        target=str(values["snapshotId"]) if "snapshotId" in values else None,
        was=was,
        values=tuple(values.items()),
        body=body,
        task=task.name,
    )


async def create(
    session: Session, space: str, description: str, email: str, reports: Reports | None = None
) -> Preflight:
    """Raises BadInput for a description or an address that will not do, Missing for the space, and the error tree."""
    values = snapshots.CREATE.checked({"spaceId": space, "description": description, "userEmail": email})
    if session.store.type not in snapshots.CREATE.stores:
        return Preflight(snapshots.CREATE, values, (not_offered(session, snapshots.CREATE),))
    properties = await api_spaces.properties(session.transport, session.store.id, space)
    wrong = _unfit(space, properties)
    carried = properties.snapshot_id
    wrong += await (_carried(session, space, carried) if carried else _bridge(session))
    reports = reports or Reports(session)
    if reports.of(space) is None:
        await reports.read_night()
    order = Order(
        JobKind.SNAPSHOT,
        session.profile.name,
        session.store.id,
        space,
        was=carried,
        values=(("description", description), ("userEmail", email)),
    )
    return Preflight(snapshots.CREATE, values, wrong, (_holds(space, properties, reports.of(space)),), order)


async def restart(session: Session, snapshot: str) -> Preflight:
    """Only what failed to transfer; raises the error tree."""
    shown, missing = await look_up(session, snapshot)
    order = Order(
        JobKind.SNAPSHOT,
        session.profile.name,
        session.store.id,
        _source(snapshot, shown),
        target=snapshot,
        was=shown.status,
    )
    wrong = _stands(snapshot, shown, RESTARTABLE)
    return Preflight(snapshots.RESTART, {"snapshotId": snapshot}, wrong, order=order, missing=missing)


async def request_restore(session: Session, snapshot: str, email: str) -> Preflight:
    """A mail to the operators, with nothing to follow but the history; raises BadInput and the error tree.

    The server sends it of any snapshot that it knows (protocol §7.19): what stands in the restore's way is only noted.
    """
    values = restores.REQUEST.checked({"snapshotId": snapshot, "userEmail": email})
    shown, missing = await look_up(session, snapshot)
    doubts, notes = await _restorable(session, snapshot, shown)
    unreadable = taken_apart(snapshot) is None
    order = one_shot(session, restores.REQUEST, values, was=await _last_request(session, snapshot))
    return Preflight(
        restores.REQUEST,
        values,
        doubts if unreadable else (),
        notes if unreadable else (*doubts, *notes),
        replace(order, space=_source(snapshot, shown)),
        missing,
    )


async def _last_request(session: Session, snapshot: str) -> str | None:
    """When a restore was requested last; None where the history can't be read."""
    try:
        return last_restore_request(History(history_items=await history_page(session, snapshot, 0)))
    except DuraStoreError:
        return None


async def start_restore(session: Session, snapshot: str, email: str) -> Preflight:
    """Only what is complete, into a space that is not there yet; raises as `request_restore`."""
    values = restores.START.checked({"snapshotId": snapshot, "userEmail": email})
    shown, missing = await look_up(session, snapshot)
    wrong, notes = await _restorable(session, snapshot, shown)
    last = await last_restore(session, snapshot)
    order = Order(
        JobKind.RESTORE,
        session.profile.name,
        session.store.id,
        _source(snapshot, shown),
        target=snapshot,
        was=last.restore_id if last else None,
        values=(("userEmail", email),),
    )
    return Preflight(restores.START, values, wrong, notes, order, missing)


async def _restorable(session: Session, snapshot: str, shown: Snapshot) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wrong = _stands(snapshot, shown, RESTORABLE)
    space = await restore_space(session, snapshot)
    if space is None:
        return (*wrong, f"The server can't take the id {snapshot} apart, so it can't name a space for it."), ()
    if why := await blocked(space, snapshot, session):
        return (*wrong, why), ()
    note = f"The restore makes a new space, {space.id}"
    if space.cut:
        note += f": {space.uncut}, cut to 42 characters, so another snapshot of the space may want it, too"
    return wrong, (f"{note}.",)


async def _carried(session: Session, space: str, snapshot: str) -> tuple[str, ...]:
    """What the snapshot that a space carries is up to; one that nobody knows is left over from a creation that
    failed, or from a cancel."""
    shown, missing = await look_up(session, snapshot)
    if missing:
        return (
            f"{space} carries the snapshot {snapshot}, which the server does not know: it was cancelled, or its "
            f"creation failed half-way. {snapshots.COMPLETE_CANCEL.name} frees the space.",
        )
    return (f"A snapshot of {space} is under way: {snapshot} is {standing(shown.status)}",)


async def _bridge(session: Session) -> tuple[str, ...]:
    """Whether the server reaches its bridge, by asking it for what is not there (protocol §7.9: a creation without a
    bridge is refused after 7 s; hosted servers may have none any more)."""
    try:
        await look_up(session, NO_SUCH_ID)
    except (Rejected, Unavailable) as error:
        return (f"The server can't ask its snapshot bridge, without which none is taken: {error.words}",)
    return ()


def _unfit(space: str, properties: SpaceProperties) -> tuple[str, ...]:
    if properties.deleting:
        return (f"{space} is being deleted.",)
    if properties.count == "0":
        return (f"{space} is empty, and of an empty space no snapshot is taken.",)
    return ()


def _holds(space: str, properties: SpaceProperties, counted: Sample | None) -> str:
    if counted:
        return f"{space} held {counted.items:,} items, {counted.bytes:,} bytes, in the report of {counted.day}."
    return f"{space} shows {properties.count or 'no number of'} items; how many bytes is not known."


def _stands(snapshot: str, shown: Snapshot, wanted: str) -> tuple[str, ...]:
    if shown.status == wanted:
        return ()
    verb = "restarted" if wanted == RESTARTABLE else "restored"
    return (f"{snapshot} is {standing(shown.status)} Only {wanted} can be {verb}.",)


def standing(status: str | None) -> str:
    """The server's word for it, and what that means for a person."""
    return f"{status or 'without a status'}. {WHAT_NOW.get(status or '', '')}".rstrip()


def _source(snapshot: str, shown: Snapshot) -> str:
    parts = taken_apart(snapshot)
    return shown.source_space_id or (parts.space if parts else "")


EXPIRED = "RESTORATION_EXPIRED"


def of_snapshot(session: Session, snapshot: Snapshot) -> Order | None:
    """None for a complete one, of which nothing more will come."""
    if snapshot.status == RESTORABLE:
        return None
    return _order(session, JobKind.SNAPSHOT, snapshot.source_space_id, snapshot.snapshot_id)


def of_restore(session: Session, restore: Restore) -> Order | None:
    """None for one that expired; of one that is complete the job knows when it will, and says so in time."""
    if restore.status == EXPIRED:
        return None
    return _order(session, JobKind.RESTORE, restore.destination_space_id, restore.restore_id)


def _order(session: Session, kind: JobKind, space: str | None, target: str | None) -> Order:
    return Order(kind, session.profile.name, session.store.id, space or "", target=target, watch=True)
