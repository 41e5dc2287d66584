"""Snapshots of spaces in a preservation store (protocol §7.9-§7.18)."""

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.core.checks import description, email, space_id
from durastore_tui.core.tasks.common import BRIDGE_UNTOUCHED, COMPLETED, Done
from durastore_tui.core.tasks.model import SNAPSHOT_STORES, Body, EpochMs, Kind, Param, Role, Task, Tier

PAGE = 1000
STATUSES = (
    "INITIALIZED",
    "TRANSFERRING_FROM_DURACLOUD",
    "REPLICATING_TO_STORAGE",
    "CLEANING_UP",
    "SNAPSHOT_COMPLETE",
    "FAILED_TO_TRANSFER_FROM_DURACLOUD",
    "ERROR",
    "CANCELLED",
)

SNAPSHOT = Param("snapshotId", "the snapshot", "lakeshore_53_tdh-1-2025_2025-10-20-14-03-00")
SPACE = Param("spaceId", "the space", "oh-batch-2026-11", check=space_id)
PAGE_NUMBER = Param(
    "pageNumber", "counted from 0", "0", Kind.NUMBER, required=False, least=0, most=2**31 - 1, default="0"
)
PAGE_SIZE = Param(
    "pageSize", "rows of a page", "1000", Kind.NUMBER, required=False, least=1, most=PAGE, default=str(PAGE)
)


@dataclass(frozen=True, slots=True)
class Created:
    """The new snapshot's id and first status."""

    snapshot_id: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot; the count grows during transfer, the size in bytes is 0 until staging is over."""

    snapshot_id: str | None = None
    snapshot_date: EpochMs | None = None
    status: str | None = None
    source_host: str | None = None
    source_space_id: str | None = None
    source_store_id: str | None = None
    description: str | None = None
    content_item_count: int | None = None
    total_size_in_bytes: int | None = None
    member_id: str | None = None
    alternate_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """One row of the list of snapshots."""

    snapshot_id: str | None = None
    description: str | None = None
    source_space_id: str | None = None
    source_store_id: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshots:
    """Every snapshot that this login may see, in no stated order."""

    snapshots: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all snapshots in one status: how many, bytes, files."""

    total_count: int | None = None
    total_size: int | None = None
    total_files: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item; properties are None when the bridge holds none."""

    content_id: str | None = None
    content_properties: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """A page of items by ascending id; `total_count` is the whole snapshot's, whatever the prefix."""

    total_count: int | None = None
    content_items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event; the text is the bridge's own form or anybody's (protocol §8.4)."""

    history_date: EpochMs | None = None
    history: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """A page of events, newest first; `total_count` is this page's, and pages past the end repeat rows."""

    total_count: int | None = None
    history_items: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Restarted:
    """What restart answers; the published page promises the id, the server sends a sentence."""

    snapshot_id: str | None = None
    description: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class CleanedUp:
    """Days until every item of the space expires."""

    content_expiration_days: int | None = None


CREATE = Task(
    name="create-snapshot",
    title="Create a snapshot",
    help="Copies the space to preservation storage; afterwards its items are deleted from this store.",
    section="§7.9",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(
        SPACE,
        Param("description", "what this snapshot is", "Oral history batch 42", check=description),
        Param("userEmail", "who hears about it", "name@library.example", check=email),
    ),
    reply=Created,
    proof=("snapshot_id",),
    failures=(
        r"Connect to \S+ \[.*\] failed: ",
        r"A snapshot with id .* already exists - please use a different name \(\d{3}\)$",
    ),
    tier=Tier.DANGER,
    idempotent=False,
    answers_within=120,
    now="{spaceId} becomes read-only for everybody but the operators.",
    later="Items are copied for hours or days; once preserved they are all deleted from {spaceId}.",
    undo="Only the operators of the bridge can cancel it.",
    since="3.2.0",
)

SHOW = Task(
    name="get-snapshot",
    title="Show a snapshot",
    help="Status, source, description, number of items and size of one snapshot.",
    section="§7.10",
    stores=SNAPSHOT_STORES,
    role=Role.USER,
    params=(SNAPSHOT,),
    reply=Snapshot,
    proof=("snapshot_id",),
    since="3.2.0",
)

LIST = Task(
    name="get-snapshots",
    title="List snapshots",
    help="Every snapshot of this account and store that the login may see.",
    section="§7.11",
    stores=SNAPSHOT_STORES,
    role=Role.USER,
    body=Body.NONE,
    reply=Snapshots,
    proof=("snapshots",),
    answers_within=120,
    since="3.2.0",
)

TOTALS = Task(
    name="get-snapshots-totals",
    title="Total the snapshots",
    help="How many snapshots, bytes and files are in one status.",
    section="§7.12",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(Param("status", "the status to count", "SNAPSHOT_COMPLETE", choices=STATUSES),),
    reply=Totals,
    proof=("total_count",),
    answers_within=120,
    since="7.1.0",
)

CONTENTS = Task(
    name="get-snapshot-contents",
    title="Page through a snapshot's items",
    help="Items by ascending id. The total ignores the prefix; an unknown snapshot is an empty one.",
    section="§7.13",
    stores=SNAPSHOT_STORES,
    role=Role.USER,
    params=(
        SNAPSHOT,
        PAGE_NUMBER,
        PAGE_SIZE,
        Param("prefix", "only ids that start so, percent-encoded", "oh/1974/", required=False, default="all"),
    ),
    reply=Contents,
    proof=("content_items",),
    answers_within=120,
    since="3.2.0",
)

HISTORY = Task(
    name="get-snapshot-history",
    title="Page through a snapshot's history",
    help="Events, newest first. The total is the page's own; pages past the end repeat events.",
    section="§7.14",
    stores=SNAPSHOT_STORES,
    role=Role.USER,
    params=(SNAPSHOT, PAGE_NUMBER, PAGE_SIZE),
    reply=History,
    proof=("history_items",),
    answers_within=120,
    since="3.4.0",
)

RESTART = Task(
    name="restart-snapshot",
    title="Restart a snapshot",
    help="Starts a snapshot again that failed to transfer; in any other status the server refuses.",
    section="§7.15",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(SNAPSHOT,),
    reply=Restarted,
    proof=("description", "status"),
    rejections=(rf"Exception encountered attempting to restart snapshot\. {BRIDGE_UNTOUCHED}",),
    failures=(r"Exception encountered attempting to restart snapshot\. Error reported: ",),
    tier=Tier.CHANGE,
    idempotent=False,
    answers_within=120,
    now="{snapshotId} goes back to INITIALIZED.",
    later="Its items are copied again, for hours or days.",
    undo="Nothing; it ends as any snapshot does.",
    since="3.4.0",
)

CLEAN_UP = Task(
    name="cleanup-snapshot",
    title="Clean up after a snapshot",
    help="For operators: the bridge calls it itself. Works on any space of the store, snapshot or not.",
    section="§7.16",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(SPACE,),
    reply=CleanedUp,
    proof=("content_expiration_days",),
    tier=Tier.DANGER,
    answers_within=120,
    now="{spaceId} gets a rule that deletes every item in it.",
    later="All items of {spaceId} are gone after one day.",
    undo="Completing the snapshot within the day takes the rule away; deleted items do not come back.",
    since="3.2.0",
)

COMPLETE = Task(
    name="complete-snapshot",
    title="Complete a snapshot",
    help="For operators: the bridge calls it itself, once the space is empty.",
    section="§7.17",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(SPACE,),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.DANGER,
    answers_within=120,
    now="{spaceId} loses its lifecycle rules and properties, the snapshot's id among them; it can be written again.",
    later="Nothing more follows; the snapshot's status is the bridge's affair.",
    undo="Nothing sets the properties again.",
    since="3.2.0",
)

COMPLETE_CANCEL = Task(
    name="complete-cancel-snapshot",
    title="Complete a cancelled snapshot",
    help="For operators: frees the space after the bridge has cancelled. The bridge is not asked.",
    section="§7.18",
    stores=SNAPSHOT_STORES,
    role=Role.ADMIN,
    params=(SPACE,),
    reply=Done,
    proof=("result",),
    success=COMPLETED,
    tier=Tier.DANGER,
    idempotent=False,
    answers_within=120,
    now="{spaceId} loses the snapshot's id, its properties file and the bridge's access; it can be written again.",
    later="If the bridge is still copying, that copy fails.",
    undo="Nothing; a new snapshot starts from the beginning.",
    since="3.5.0",
)

TASKS = (CREATE, SHOW, LIST, TOTALS, CONTENTS, HISTORY, RESTART, CLEAN_UP, COMPLETE, COMPLETE_CANCEL)
