"""Lakeshore's snapshots, restores, what they left in store 53, and the thaws of store 52 (demo-world §6.2 to §6.6)."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from durastore_tui.sandbox.bridge import history
from durastore_tui.sandbox.bridge.contents import NASTY_COPIES, PROPERTIES_FILE, generated_contents
from durastore_tui.sandbox.bridge.course import DAY, HOUR, RESTORE_PHASES, SNAPSHOT_PHASES, begins
from durastore_tui.sandbox.bridge.files import METADATA_SPACE, keep_metadata, properties_of
from durastore_tui.sandbox.bridge.records import Records, Restore, Snapshot
from durastore_tui.sandbox.spaces import NewSpace
from durastore_tui.sandbox.tasks.restores import RESTORE_PROPERTY
from durastore_tui.sandbox.tasks.snapshots import SNAPSHOT_PROPERTY, SNAPSHOT_USER
from durastore_tui.sandbox.thaws import Thaws
from durastore_tui.sandbox.world import Store, World
from durastore_tui.sandbox.worlds.kept import (
    COMPLETE,
    TRANSFER,
    TRANSFERRING,
    Kept,
    Restored,
    restore_of,
    snapshot_of,
    tell,
    tell_begun,
)
from durastore_tui.sandbox.worlds.seeds import GB, KB, MB, TB

STORE, GLACIER = "53", "52"
MINUTE, YEAR = 60.0, 365 * DAY

EMAIL = "ana.ruiz@lakeshore.example"
ORPHAN = "orphan-2024-05-06-07-08-09"

_CLEANING = begins(SNAPSHOT_PHASES, "CLEANING_UP")
_STAGED = begins(SNAPSHOT_PHASES, "REPLICATING_TO_STORAGE")

_LONG_DESCRIPTION = (
    "Newspapers of 1918, all issues of the Lakeshore Herald that survive, scanned from the bound volumes and from"
    " microfilm where pages are missing; with the corrected page order, the structural metadata of the first campaign"
    " and the transcriptions of the influenza project. "
)


def _uuids(name: str, count: int = 1) -> tuple[str, ...]:
    return tuple(f"urn-uuid-{uuid5(NAMESPACE_URL, f'{name} {number}')}" for number in range(count))


HAND_MADE = (
    Kept("oh-batch-2026-10", 3 * MINUTE, 1_180, 26 * GB, "Oral histories, October", "INITIALIZED", 0.0),
    Kept("wlsu-reels-1971", 9 * HOUR, 640, 58 * GB, "", "INITIALIZED", 0.0, stays=True, pattern="reels"),
    Kept(
        "wwii-oh-2-2026",
        2 * HOUR,
        11_902,
        266 * GB,
        "World War II oral histories, second batch",
        "TRANSFERRING_FROM_DURACLOUD",
        TRANSFERRING + TRANSFER * 4_117 / 11_902,
        pattern="audio-masters",
    ),
    Kept(
        "tdh-1-2026",
        DAY,
        9_840,
        98_412_007_113,
        "TDR-2026-3 tdh-1-2026",
        "REPLICATING_TO_STORAGE",
        _STAGED + DAY / 2,
        pattern="letters",
    ),
    Kept(
        "maps-batch-7", 5 * DAY, 2_004, 512 * GB, "Maps, batch 7", "CLEANING_UP", _CLEANING, stays=True, pattern="maps"
    ),
    Kept(
        "oh-batch-2026-04",
        200 * DAY,
        7_731,
        143 * GB,
        "Oral history batch 42, donor: O'Brien family",
        pattern="audio-masters",
        alternates=_uuids("oh-batch-2026-04"),
    ),
    Kept("tdh-1-2025", 400 * DAY, 9_840, 98_400 * MB, "TDR-2025-1 tdh-1-2025", pattern="letters"),
    Kept(
        "newspapers-1918",
        3 * YEAR,
        184_233,
        1_970 * GB,
        (_LONG_DESCRIPTION * 2)[:512],
        pattern="newspapers",
        alternates=_uuids("newspapers-1918", 3),
    ),
    Kept("theses-2019", 6 * YEAR, 1_000, 41 * GB, "Theses 2019", pattern="theses", events="long-life", event_count=450),
    Kept("history-heavy", 4 * YEAR, 12, 3 * MB, "Audited every hour", events="long-life", event_count=1_400),
    Kept(
        "film-reel-9",
        2 * DAY,
        611,
        42 * TB,
        "[red]markup[/red] in a title\nand a second line",
        "FAILED_TO_TRANSFER_FROM_DURACLOUD",
        TRANSFERRING + TRANSFER * 331 / 610,
        stays=True,
        pattern="film-masters",
    ),
    Kept(
        "private-donor-papers",
        30 * DAY,
        1_406,
        210 * GB,
        "Papers of a donor",
        "ERROR",
        _STAGED + DAY,
        stays=True,
        pattern="letters",
    ),
    Kept(
        "musee-copies",
        90 * DAY,
        88,
        1_100 * MB,
        'Fonds Élise Müller (copies de sécurité) №7 "l\'original" 🎬',
        pattern=NASTY_COPIES,
        alternates=_uuids("musee-copies"),
    ),
    Kept(
        "a-space-with-exactly-forty-two-characters0",
        60 * DAY,
        5,
        12 * KB,
        "日本語テスト 箱12",
        events="long-life",
        event_count=400,
    ),
    Kept("dance-archive", YEAR, 0, 0, "Dance archive, called off", "CANCELLED", 0.0, stays=True),
    Kept("no-description", 10 * DAY, 3, 9 * KB, None, member=None, alternates=None),
)

BATCHES = 44


def _batches(born: float) -> Iterator[Kept]:
    """One every two months, the oldest first."""
    for number in range(BATCHES):
        age = (BATCHES - number) * 60 * DAY
        month = datetime.fromtimestamp(born - age, UTC).strftime("%Y-%m")
        code = int.from_bytes(hashlib.sha256(f"monthly {number}".encode()).digest()[:6])
        items, size = 50 + code % 39_951, 200 * MB + code * 7_919 % (479_800 * MB)
        yield Kept(f"monthly-batch-{month}", age, items, size, f"Monthly batch {month}", pattern="audio-masters")


class Planted:
    """The snapshots by their number in demo-world §6.4, which leaves out 16."""

    def __init__(self, world: World) -> None:
        rows = [*HAND_MADE, *_batches(world.born)]
        self.rows = [snapshot_of(world, STORE, row) for row in rows]
        numbers = [*range(1, 16), 17, *range(18, 18 + BATCHES)]
        self.numbered = dict(zip(numbers, self.rows, strict=True))


def plant(world: World) -> None:
    store = next(store for store in world.profile.stores if store.id == STORE)
    planted = Planted(world)
    Records(world.db, world.name, STORE).add_snapshots(planted.rows)
    _plant_sources(world, store, planted)
    _plant_metadata(world, store, planted)
    _plant_restores(world, planted)
    _tell(world, planted)
    world.spaces(STORE).add(NewSpace(ORPHAN, world.born - 900 * DAY, {SNAPSHOT_USER: "WRITE"}))
    _plant_thaws(world)


def _plant_sources(world: World, store: Store, planted: Planted) -> None:
    """The spaces of snapshots that are under way, locked."""
    spaces = world.spaces(STORE)
    for number in (1, 2, 3, 4, 5, 11, 12):
        snapshot = planted.numbered[number]
        acls = {"root": "WRITE"} if number == 12 else {"admin": "WRITE"}
        spaces.add(
            NewSpace(
                snapshot.space,
                snapshot.date - 20 * DAY,
                {**acls, SNAPSHOT_USER: "READ"},
                snapshot.pattern,
                snapshot.generated,
                snapshot.bytes,
                properties={SNAPSHOT_PROPERTY: snapshot.id},
            )
        )
        text = properties_of(world, store, snapshot).encode()
        spaces.contents(snapshot.space).put(PROPERTIES_FILE, text, "text/x-java-properties", {})


def _plant_metadata(world: World, store: Store, planted: Planted) -> None:
    world.spaces(STORE).add(NewSpace(METADATA_SPACE, world.born - 8 * YEAR, {}))
    for snapshot in planted.rows:
        if snapshot.ahead == COMPLETE:
            keep_metadata(world, store, snapshot)


def _restored(planted: Planted) -> Iterator[Restored]:
    of = planted.numbered
    yield Restored(of[7], 6 * DAY, "RESTORATION_COMPLETE", 5 * DAY, expires_in=9 * DAY)
    yield Restored(of[6], 2 * HOUR, "RETRIEVING_FROM_STORAGE", 2 * HOUR)
    moving = [status for status, _ in RESTORE_PHASES[1:-1]]
    for number, status in enumerate(moving, start=18):
        yield Restored(of[number], (number - 17) * HOUR + 10 * MINUTE, status, 10 * MINUTE)
    yield Restored(of[25], 40 * DAY, "RESTORATION_EXPIRED", 12 * DAY, expires_in=-12 * DAY, space_gone=True)
    yield Restored(of[26], 3 * DAY, "ERROR", 2.5 * DAY)
    yield Restored(of[27], 15 * DAY, "RESTORATION_COMPLETE", 14 * DAY - 5 * HOUR, expires_in=5 * HOUR)
    yield Restored(of[28], 20 * DAY, "RESTORATION_COMPLETE", 10 * DAY, expires_in=4 * DAY, space_gone=True)


def _plant_restores(world: World, planted: Planted) -> None:
    for row in _restored(planted):
        restore = restore_of(world, STORE, row)
        Records(world.db, world.name, STORE).add_restore(restore)
        if not row.space_gone:
            _plant_restore_space(world, row.of, restore)
        told = [(row.age, history.restore_initiated(restore.id, EMAIL))]
        if restore.ended is not None and restore.expires is not None:
            day = datetime.fromtimestamp(restore.expires, UTC).strftime("%Y-%m-%d")
            told.append((world.born - restore.ended, history.restore_completed(restore.id, day)))
        if row.status == "RESTORATION_EXPIRED":
            told.append((row.entered_age, history.restore_expired(restore.id)))
        tell(world, STORE, row.of, told)


def _plant_restore_space(world: World, snapshot: Snapshot, restore: Restore) -> None:
    filled = restore.ahead >= begins(RESTORE_PHASES, "TRANSFER_TO_DURACLOUD_COMPLETE") and restore.status != "ERROR"
    pattern, generated = generated_contents(snapshot) if filled else ("plain", 0)
    spaces = world.spaces(STORE)
    spaces.add(
        NewSpace(
            restore.space,
            restore.started,
            {SNAPSHOT_USER: "WRITE"},
            pattern,
            generated,
            snapshot.bytes if filled else 0,
            properties={RESTORE_PROPERTY: restore.id},
        )
    )
    if restore.expires is not None:
        spaces.set_expiry(restore.space, restore.expires - world.clock.now())


def _tell(world: World, planted: Planted) -> None:
    for snapshot in planted.rows:
        if snapshot.ahead != COMPLETE:
            tell_begun(world, STORE, snapshot)
    asked = [(190 * DAY, "Bag replicated to node 3 of 3"), (DAY, history.restore_requested(EMAIL))]
    tell(world, STORE, planted.numbered[6], asked)
    found = "fixity mismatch on node 2 of 3: piece-00717.tif differs from its manifest"
    tell(world, STORE, planted.numbered[12], [(29 * DAY, found)])


def _plant_thaws(world: World) -> None:
    thaws, space = Thaws(world.db, world.clock, world.name, GLACIER), "masters-audio"

    def item(number: int) -> str:
        return f"preservation/OH-{number:04d}_pm.wav"

    thaws.add(space, item(1), world.born - 40 * MINUTE)
    thaws.add(space, item(2), world.born - 3 * HOUR - 10 * MINUTE)
    thaws.add_thawed(space, item(3), 9 * DAY)
    thaws.add_thawed(space, item(4), 5 * HOUR)
    thaws.add(space, item(5), world.born - 30 * DAY, never=True)
