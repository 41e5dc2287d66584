"""What DuraStore orders from the bridge: snapshots, restarts, restores (protocol §8.6)."""

from durastore_tui.sandbox.bridge import history
from durastore_tui.sandbox.bridge.contents import PROPERTIES_FILE
from durastore_tui.sandbox.bridge.course import HOUR, RESTORE_PHASES, SNAPSHOT_PHASES, begins
from durastore_tui.sandbox.bridge.ids import SnapshotId, parse_snapshot_id, stamp
from durastore_tui.sandbox.bridge.inner_url import inner_url
from durastore_tui.sandbox.bridge.records import Restore, Snapshot
from durastore_tui.sandbox.bridge.service import Answer, Bridge
from durastore_tui.sandbox.contents import copy_stored
from durastore_tui.sandbox.tasks.call import Call

_TRANSFER_FAILS_AT = begins(SNAPSHOT_PHASES, "TRANSFERRING_FROM_DURACLOUD") + HOUR
_PRESERVATION_FAILS_AT = begins(SNAPSHOT_PHASES, "REPLICATING_TO_STORAGE") + 12 * HOUR
_RESTORE_FAILS_AT = begins(RESTORE_PHASES, "TRANSFERRING_TO_DURACLOUD") + HOUR / 2
METADATA_PER_ITEM = 560
"""Bytes that manifests and properties of one item take in the staged directory, which is what a snapshot measures."""


def create(call: Call, bridge: Bridge, wanted: SnapshotId, description: str, email: str) -> Answer:
    """201 with a new snapshot, 409 for an empty space; a message as body when it is refused."""
    bridge.reach()
    snapshot_id = str(wanted)
    if bridge.records.snapshot(snapshot_id) is not None:
        return Answer(500, f"A snapshot with id {snapshot_id} already exists - please use a different name")
    contents = call.spaces.contents(wanted.space)
    if set(contents.page(limit=2)) <= {PROPERTIES_FILE}:
        return Answer(409, "A snapshot of an empty space may not be taken.")
    space, now = call.spaces.find(wanted.space), call.world.clock.now()
    items, (halts_at, halts_as) = contents.count(), _failure(call)
    made = Snapshot(
        id=snapshot_id,
        date=parse_snapshot_id(snapshot_id).timestamp,
        space=wanted.space,
        description=description,
        email=email,
        member=call.world.profile.member,
        alternates=(),
        status="INITIALIZED",
        since=now,
        ahead=0.0,
        halts_at=halts_at,
        halts_as=halts_as,
        items=items,
        bytes=space.bytes + contents.stored_size() + items * METADATA_PER_ITEM,
        pattern=space.pattern,
        generated=space.generated,
    )
    bridge.records.add_snapshots([made])
    place = (call.world.name, call.store.id)
    copy_stored(call.world.db, (*place, wanted.space), (*place, snapshot_id))
    bridge.history.add(snapshot_id, history.snapshot_initiated(snapshot_id, email))
    return Answer(201, {"snapshotId": snapshot_id, "status": made.status})


def _failure(call: Call) -> tuple[float | None, str | None]:
    if call.fault("transfer-fails"):
        return _TRANSFER_FAILS_AT, "FAILED_TO_TRANSFER_FROM_DURACLOUD"
    if call.fault("preservation-fails"):
        return _PRESERVATION_FAILS_AT, "ERROR"
    return None, None


def restart(call: Call, bridge: Bridge, snapshot_id: str) -> Answer:
    """202, only after a failed transfer. Raises IllegalUrl."""
    path = inner_url(f"/snapshot/{snapshot_id}/restart").path
    bridge.reach()
    if len(path) != 3 or path[2] != "restart":
        return Answer(404)
    found = bridge.records.snapshot(path[1])
    if found is None or found.status != "FAILED_TO_TRANSFER_FROM_DURACLOUD":
        return Answer(500)
    bridge.records.change_snapshot(
        found.id, status="INITIALIZED", since=call.world.clock.now(), ahead=0.0, halts_at=None, halts_as=None
    )
    return Answer(202, {"description": "successfully restarted snapshot: INITIALIZED", "status": "INITIALIZED"})


def request_restore(bridge: Bridge, snapshot_id: str, email: str | None) -> Answer:
    """201: operators get a mail; nothing changes but the history."""
    bridge.reach()
    if bridge.records.snapshot(snapshot_id) is None:
        return Answer(500)
    bridge.history.add(snapshot_id, history.restore_requested(email))
    return Answer(201, {"description": "Your request has been sent."})


def restore(call: Call, bridge: Bridge, snapshot_id: str, space: str, email: str) -> Answer:
    """201 with a new restore, only of a complete snapshot."""
    bridge.reach()
    snapshot = bridge.records.snapshot(snapshot_id)
    if snapshot is None or snapshot.status != "SNAPSHOT_COMPLETE":
        return Answer(500)
    now, status = call.world.clock.now(), RESTORE_PHASES[0][0]
    account = call.world.profile.host.split(".")[0]
    restore_id = f"{account}_{call.store.id}_{snapshot.space}_{stamp(now)}"
    if bridge.records.restore(restore_id) is not None:
        return Answer(500)
    fails = call.fault("restore-fails")
    bridge.records.add_restore(
        Restore(
            id=restore_id,
            snapshot=snapshot_id,
            space=space,
            status=status,
            started=now,
            entered=now,
            ended=None,
            expires=None,
            since=now,
            ahead=0.0,
            halts_at=_RESTORE_FAILS_AT if fails else None,
            halts_as="ERROR" if fails else None,
        )
    )
    bridge.history.add(snapshot_id, history.restore_initiated(restore_id, email))
    return Answer(201, {"restoreId": restore_id, "status": bridge.shown(status)})
