"""Restores of snapshots into new spaces (protocol §7.19-§7.22)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from durastore_tui.core.checks import email, snapshot_id, space_id
from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.common import BRIDGE_UNTOUCHED, COMPLETED, Done
from durastore_tui.core.tasks.model import SNAPSHOT_STORES, EpochMs, Kind, Param, Role, Task, Tier, Value
from durastore_tui.core.tasks.snapshots import SNAPSHOT

RESTORABLE = replace(SNAPSHOT, check=snapshot_id)
RESTORED = "RESTORATION_COMPLETE"
WRONG_ID = (r"Invalid Snapshot ID: ", r"Index \d+ out of bounds for length \d+$")
"""Raised while the space is read out of the id (protocol §7.19)."""
EMAIL = Param("userEmail", "who hears about it", "name@library.example", check=email)


@dataclass(frozen=True, slots=True)
class Requested:
    """The server's sentence: mail was sent to the operators."""

    description: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The restore's id, its first status, and the new space."""

    restore_id: str | None = None
    status: str | None = None
    space_id: str | None = None


@dataclass(frozen=True, slots=True)
class Restore:
    """One restore; end and expiration are None until it is complete."""

    restore_id: str | None = None
    snapshot_id: str | None = None
    status: str | None = None
    start_date: EpochMs | None = None
    end_date: EpochMs | None = None
    expiration_date: EpochMs | None = None
    status_text: str | None = None
    destination_host: str | None = None
    destination_port: int | None = None
    destination_store_id: str | None = None
    destination_space_id: str | None = None


def _one_id(values: Mapping[str, Value]) -> BadInput | None:
    if ("snapshotId" in values) == ("restoreId" in values):
        return BadInput("restoreId", "give either the snapshotId or the restoreId, not both")
    return None


REQUEST = Task(
    name="request-restore-snapshot",
    title="Request a restore",
    help="Mails the operators, who start the restore by hand.",
    section="§7.19",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(RESTORABLE, EMAIL),
    reply=Requested,
    proof=("description",),
    rejections=(*WRONG_ID, rf"Exception encountered attempting to initiate snapshot request\. {BRIDGE_UNTOUCHED}"),
    tier=Tier.CHANGE,
    idempotent=False,
    answers_within=120,
    now="The operators get a mail about {snapshotId}, and its history an event. No status changes.",
    later="An operator starts the restore, in their own time.",
    undo="Write to the operators.",
    since="3.6.0",
)

START = Task(
    name="restore-snapshot",
    title="Start a restore",
    help="Makes a new space and asks the preservation side to fill it.",
    section="§7.20",
    stores=SNAPSHOT_STORES,
    role=Role.ROOT,
    params=(RESTORABLE, EMAIL),
    reply=Started,
    proof=("restore_id",),
    rejections=(*WRONG_ID, r"A request to restore snapshot with ID .* has been made previously\."),
    failures=(
        r"Exception encountered attempting to initiate snapshot request\. Error reported: ",
        r"Unable to initialize snapshot restore, failed creating restore space due to: ",
    ),
    tier=Tier.DANGER,
    idempotent=False,
    answers_within=120,
    now="A new space is made for {snapshotId}, writable by the bridge alone.",
    later="People retrieve the content, in hours or days; the restored items expire some days after.",
    undo="Only the operators can cancel it. After a refusal the empty space stays and blocks the next attempt.",
    since="3.2.0",
)

SHOW = Task(
    name="get-restore",
    title="Show a restore",
    help="One restore by its id, or the one of a snapshot that changed last.",
    section="§7.21",
    stores=SNAPSHOT_STORES,
    role=Role.USER,
    params=(
        replace(SNAPSHOT, help="the snapshot: its restore that changed last", required=False),
        Param("restoreId", "the restore", "lakeshore_53_tdh-1-2025_2026-11-18-09-00-00", required=False),
    ),
    reply=Restore,
    proof=("restore_id",),
    since="3.2.0",
    check=_one_id,
)

COMPLETE = Task(
    name="complete-restore",
    title="Complete a restore",
    help="For operators: the bridge calls it itself. Works on any space of the store, restored or not.",
    section="§7.22",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(
        Param("spaceId", "the restored space", "tdh-1-2025-2025-10-20-14-03-00", check=space_id),
        Param("daysToExpire", "days until every item is deleted", "14", Kind.NUMBER, least=1, most=2**31 - 1),
    ),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.DANGER,
    answers_within=120,
    now="{spaceId} gets a rule that deletes every item in it.",
    later="All items of {spaceId} are gone after {daysToExpire} days.",
    undo="Completing it again with more days moves the date; deleted items do not come back.",
    since="3.4.0",
)

TASKS = (REQUEST, START, SHOW, COMPLETE)
