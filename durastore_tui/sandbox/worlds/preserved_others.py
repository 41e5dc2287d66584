"""The snapshots of `prairie` and `scale` (demo-world §6.1, §6.2b, §6.4)."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from durastore_tui.sandbox.bridge.course import DAY, SNAPSHOT_PHASES, begins
from durastore_tui.sandbox.bridge.ids import stamp
from durastore_tui.sandbox.bridge.records import Snapshot
from durastore_tui.sandbox.world import World
from durastore_tui.sandbox.worlds.kept import Kept, snapshot_of

YEAR = 365 * DAY

_REELS = Kept(
    "reels",
    8 * YEAR,
    900,
    0,
    "Reels for DPN",
    "REPLICATING_TO_STORAGE",
    begins(SNAPSHOT_PHASES, "REPLICATING_TO_STORAGE"),
    stays=True,
    pattern="reels",
    event_count=2,
    email="sam.lee@prairie.example",
)

SCALE_SNAPSHOTS = 10_000


def prairie(world: World) -> Iterator[Snapshot]:
    """One, that waits for a partner that is no more."""
    yield snapshot_of(world, "1", _REELS)


def scale(world: World) -> Iterator[Snapshot]:
    """A million items, twenty thousand events, and then batch after batch."""
    million = Kept("million", 2 * YEAR, 1_000_000, 9_000_000_000_000, "Scale test", email="lab@scale.example")
    first = snapshot_of(world, "61", million)
    yield first
    events = replace(million, space="events", age=3 * YEAR, items=500, events="long-life", event_count=20_000)
    yield snapshot_of(world, "61", events)
    for number in range(SCALE_SNAPSHOTS - 2):
        code = int.from_bytes(hashlib.sha256(f"batch {number}".encode()).digest()[:4])
        items, space, date = 10 + code % 4_991, f"batch-{number:05d}", first.date + YEAR - number * 3_600.0
        snapshot_id = f"scale_61_{space}_{stamp(date)}"
        size = items * 4_000_000
        yield replace(first, id=snapshot_id, date=date, space=space, items=items, bytes=size, generated=items - 1)
