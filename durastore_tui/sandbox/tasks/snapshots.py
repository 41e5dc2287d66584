"""The snapshot tasks of a preservation store (protocol §7.9-§7.18), with their side effects in the server's order."""

from collections.abc import Mapping
from typing import Any

from durastore_tui.sandbox.bridge import orders
from durastore_tui.sandbox.bridge.contents import PROPERTIES_FILE
from durastore_tui.sandbox.bridge.course import DAY
from durastore_tui.sandbox.bridge.files import java_properties, java_property, verbose_date
from durastore_tui.sandbox.bridge.ids import SnapshotId
from durastore_tui.sandbox.bridge.service import LARGEST_PAGE, Bridge, BridgeTrouble
from durastore_tui.sandbox.contents import NoSuchContent
from durastore_tui.sandbox.spaces import NoSuchSpace, no_such_item
from durastore_tui.sandbox.tasks.call import Call, Offer, TaskFailure
from durastore_tui.sandbox.tasks.inner import ask
from durastore_tui.sandbox.wire.replies import Json, pretty

SNAPSHOT_USER = "dc-snapshot"
"""The account by which the bridge reads spaces and fills them."""

SNAPSHOT_PROPERTY = "snapshot-id"

SECOND_LOOK = 7.0
"""Seconds that the server gives a failed bridge before it looks whether the snapshot is there all the same."""


def create_snapshot(call: Call) -> str:
    given = call.parameters()
    space_id = given["spaceId"]
    underway = _snapshot_id_in(call, space_id)
    if underway is not None:
        raise TaskFailure(409, f"A snapshot ({underway}) + is already underway for this space ({space_id})")
    now = call.world.clock.now()
    snapshot_id = SnapshotId(call.world.profile.account, call.store.id, space_id, now)
    properties = {
        "duracloud-host": call.world.profile.host,
        "duracloud-space-id": space_id,
        "duracloud-store-id": call.store.id,
        "snapshot-id": str(snapshot_id),
        "snapshot-date": verbose_date(now),
        "owner-id": call.world.profile.account,
        "description": given["description"],
        "user-email": given["userEmail"],
        "member-id": call.world.profile.member,
    }
    if None in properties.values():
        raise TaskFailure(500, "null")
    text = java_properties(properties, now)
    call.spaces.contents(space_id).put(PROPERTIES_FILE, text.encode("utf-8", "replace"), "text/x-java-properties", {})
    call.spaces.set_property(space_id, SNAPSHOT_PROPERTY, str(snapshot_id))
    call.spaces.grant(space_id, SNAPSHOT_USER, "READ")
    return pretty(_ordered(call, snapshot_id, given["description"], given["userEmail"]))


def _snapshot_id_in(call: Call, space_id: str) -> str | None:
    """What the properties file in the space says; None without a file, or without a space."""
    try:
        stored = call.spaces.contents(space_id).item(PROPERTIES_FILE).stored
    except (NoSuchSpace, NoSuchContent):
        return None
    return java_property((stored or b"").decode("utf-8", "replace"), SNAPSHOT_PROPERTY)


def _ordered(call: Call, wanted: SnapshotId, description: str, email: str) -> Json:
    """The bridge's answer; when it fails, what was written is taken back, unless the snapshot is there after all."""
    bridge = Bridge(call)
    try:
        answer = orders.create(call, bridge, wanted, description, email)
        if call.fault("create-times-out"):
            raise BridgeTrouble("Read timed out")
        if answer.status == 201:
            return answer.body
        failure = TaskFailure(
            answer.status, answer.body if answer.status == 409 else f"{answer.body} ({answer.status})", SECOND_LOOK
        )
    except BridgeTrouble as problem:
        failure = TaskFailure(500, str(problem), SECOND_LOOK)
    if bridge.records.snapshot(str(wanted)) is None:
        call.spaces.contents(wanted.space).delete(PROPERTIES_FILE)
        call.spaces.clear_properties(wanted.space, SNAPSHOT_PROPERTY)
    raise failure


def get_snapshot(call: Call) -> str:
    snapshot_id = call.parameters()["snapshotId"]
    _allowed(call, snapshot_id)
    # the two blanks are the server's
    return pretty(ask("get  snapshot", lambda: Bridge(call).get(f"/snapshot/{snapshot_id}")))


def get_snapshots(call: Call) -> str:
    summaries = ask("get list of snapshots", Bridge(call).summaries)
    if not call.caller.is_admin:
        seen = set(call.spaces.listed_for(call.caller.rights))
        summaries = [summary for summary in summaries if summary["sourceSpaceId"] in seen]
    return pretty({"snapshots": summaries})


def get_snapshots_totals(call: Call) -> str:
    status = call.parameters()["status"]
    return pretty(ask("get total count, size, and files of snapshots", lambda: Bridge(call).totals(status)))


def get_snapshot_contents(call: Call) -> str:
    given = call.parameters()
    _allowed(call, given["snapshotId"])
    below = f"/snapshot/{given['snapshotId']}/content?{_page(given)}&prefix={given['prefix'] or ''}"
    return pretty(ask("get snapshot contents", lambda: Bridge(call).get(below)))


def get_snapshot_history(call: Call) -> str:
    given = call.parameters()
    _allowed(call, given["snapshotId"])
    below = f"/snapshot/{given['snapshotId']}/history?{_page(given)}"
    return pretty(ask("get snapshot history", lambda: Bridge(call).get(below)))


def _page(given: Mapping[str, Any]) -> str:
    size = given["pageSize"] if 1 <= given["pageSize"] <= LARGEST_PAGE else LARGEST_PAGE
    return f"page={max(given['pageNumber'], 0)}&pageSize={size}"


def _allowed(call: Call, snapshot_id: str) -> None:
    """Before 8.0 readers of the source space only; since then the check is not wired (protocol §1.4)."""
    if call.caller.is_admin or call.world.profile.release >= (8, 0, 0):
        return
    found = Bridge(call).records.snapshot(snapshot_id)
    readable = found is not None and found.space in call.spaces.listed_for(call.caller.rights)
    if not readable:
        raise TaskFailure(403, f"You are not authorized to access snapshot {snapshot_id}.")


def restart_snapshot(call: Call) -> str:
    snapshot_id = call.parameters()["snapshotId"]
    return pretty(ask("restart snapshot", lambda: orders.restart(call, Bridge(call), snapshot_id), wanted=202))


def cleanup_snapshot(call: Call) -> str:
    """On any space of this store: it destroys content."""
    call.spaces.set_expiry(call.parameters()["spaceId"], call.world.clock.lasting(DAY))
    return pretty({"contentExpirationDays": 1})


def complete_snapshot(call: Call) -> str:
    space_id = call.parameters()["spaceId"]
    call.spaces.clear_lifecycle(space_id)
    call.spaces.clear_properties(space_id)
    return pretty({"result": "Snapshot complete was successful"})


def complete_cancel_snapshot(call: Call) -> str:
    space_id = call.parameters()["spaceId"]
    call.spaces.clear_properties(space_id, SNAPSHOT_PROPERTY)
    try:
        call.spaces.contents(space_id).delete(PROPERTIES_FILE)
    except NoSuchContent:
        raise TaskFailure(500, no_such_item(call.world.bucket(call.store.id, space_id), PROPERTIES_FILE)) from None
    call.spaces.revoke(space_id, SNAPSHOT_USER)
    return pretty({"result": f"completed cancellation for {space_id}"})


OFFERS = (
    Offer("create-snapshot", create_snapshot),
    Offer("get-snapshot", get_snapshot),
    Offer("cleanup-snapshot", cleanup_snapshot),
    Offer("complete-snapshot", complete_snapshot),
    Offer("get-snapshots", get_snapshots),
    Offer("get-snapshots-totals", get_snapshots_totals, since=(7, 1, 0)),
    Offer("get-snapshot-contents", get_snapshot_contents),
    Offer("get-snapshot-history", get_snapshot_history, since=(3, 4, 0)),
    Offer("restart-snapshot", restart_snapshot, since=(3, 4, 0)),
)
"""In wire order."""


LAST_OFFERS = (Offer("complete-cancel-snapshot", complete_cancel_snapshot, since=(3, 5, 0)),)
"""Listed after the restores."""
