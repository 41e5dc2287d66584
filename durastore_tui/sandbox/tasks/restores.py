"""The restore tasks of a preservation store (protocol §7.19-§7.22), with their side effects in the server's order."""

from durastore_tui.sandbox.bridge import orders
from durastore_tui.sandbox.bridge.course import DAY
from durastore_tui.sandbox.bridge.ids import MissingPart, SnapshotId, UnparsableDate, parse_snapshot_id
from durastore_tui.sandbox.bridge.service import Bridge
from durastore_tui.sandbox.resources.spaces import broken_rule
from durastore_tui.sandbox.spaces import NewSpace
from durastore_tui.sandbox.tasks.call import Call, Offer, TaskFailure
from durastore_tui.sandbox.tasks.inner import ask
from durastore_tui.sandbox.tasks.snapshots import SNAPSHOT_USER
from durastore_tui.sandbox.wire.replies import pretty

RESTORE_PROPERTY = "restore-id"


def request_restore_snapshot(call: Call) -> str:
    given = call.parameters()
    snapshot_id = given["snapshotId"]
    _parsed(snapshot_id)
    body = ask(
        "initiate snapshot request",
        lambda: orders.request_restore(Bridge(call), snapshot_id, given["userEmail"]),
        wanted=201,
    )
    return pretty({"description": body["description"]})


def restore_snapshot(call: Call) -> str:
    given = call.parameters()
    snapshot_id = given["snapshotId"]
    parsed = _parsed(snapshot_id)
    space_id = parsed.restore_space
    if space_id in call.spaces.ids():
        raise TaskFailure(
            500,
            f"A request to restore snapshot with ID {parsed} has been made previously. The snapshot is being restored"
            f" to space: {space_id}",
        )
    _create_space(call, space_id)
    body = ask(
        "initiate snapshot request",
        lambda: orders.restore(call, Bridge(call), snapshot_id, space_id, given["userEmail"]),
        wanted=201,
    )
    call.spaces.set_property(space_id, RESTORE_PROPERTY, body["restoreId"])
    call.spaces.set_acls(space_id, {SNAPSHOT_USER: "WRITE"})
    return pretty({"restoreId": body["restoreId"], "status": body["status"], "spaceId": space_id})


def get_restore(call: Call) -> str:
    given = call.parameters()
    # an empty restore id is one all the same (protocol §7.21)
    named = given["restoreId"]
    below = f"/restore/by-snapshot/{given['snapshotId']}" if named is None else f"/restore/{named}"
    return pretty(ask("get restore", lambda: Bridge(call).get(below)))


def complete_restore(call: Call) -> str:
    """On any space of this store: it destroys content."""
    given = call.parameters()
    call.spaces.find(given["spaceId"])
    if given["daysToExpire"] == 0:
        raise TaskFailure(
            500,
            "'Days' for Expiration action must be a positive integer (Service: Amazon S3; Status Code: 400; Error Code:"
            " InvalidArgument)",
        )
    call.spaces.set_expiry(given["spaceId"], given["daysToExpire"] * DAY)
    return pretty({"result": "Complete restore was successful"})


def _parsed(snapshot_id: str) -> SnapshotId:
    try:
        return parse_snapshot_id(snapshot_id)
    except UnparsableDate:
        raise TaskFailure(500, f"Invalid Snapshot ID: {snapshot_id}") from None
    except MissingPart as problem:
        raise TaskFailure(500, str(problem)) from None


def _create_space(call: Call, space_id: str) -> None:
    problem = broken_rule(space_id)
    if problem is not None:
        bucket = call.world.bucket(call.store.id, space_id)
        raise TaskFailure(
            500,
            "Unable to initialize snapshot restore, failed creating restore space due to: Could not create S3 bucket"
            f" with name {bucket} due to error: {problem}",
        )
    call.spaces.add(NewSpace(space_id, call.world.clock.now(), {}))


OFFERS = (
    Offer("restore-snapshot", restore_snapshot),
    Offer("request-restore-snapshot", request_restore_snapshot, since=(3, 6, 0)),
    Offer("complete-restore", complete_restore, since=(3, 4, 0)),
    Offer("get-restore", get_restore),
)
"""In wire order."""
