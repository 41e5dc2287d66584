"""What of a Glacier store can be read: an item thaws 3 to 5 hours after it was asked for, and for 14 days (§7.8)."""

import hashlib
from dataclasses import dataclass

from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.contents import NoSuchContent
from durastore_tui.sandbox.items import Item
from durastore_tui.sandbox.state import Database
from durastore_tui.sandbox.world import Store, World

TABLES = """
CREATE TABLE IF NOT EXISTS thaw (
    world TEXT, store TEXT, space TEXT, content TEXT, asked REAL, readable_for REAL, never INTEGER DEFAULT 0,
    PRIMARY KEY (world, store, space, content)) WITHOUT ROWID;
"""

HOUR, DAY = 3_600.0, 86_400.0

READABLE_FOR = 14 * DAY
"""Real time, whatever the speed of processes."""

FREEZES_AFTER = DAY
"""A new item is readable until the nightly transition takes it."""

FROZEN_MESSAGE = (
    "The storage state of this content item does not allow for this action to be taken. To resolve this issue:"
    " 1. Request that this content item be retrieved from offline storage"
    " 2. Wait (retrieval may take up to 5 hours) 3. Retry this request"
)


@dataclass(frozen=True)
class Thaw:
    """`ready` and `refrozen` are epoch seconds; an item that never thaws has neither."""

    ready: float | None
    refrozen: float | None

    def readable(self, clock: Clock) -> bool:
        return self.ready is not None and self.refrozen is not None and self.ready <= clock.now() < self.refrozen

    def underway(self, clock: Clock) -> bool:
        return self.ready is None or clock.now() < self.ready


def thawing_time(space: str, content: str) -> float:
    """Between three and five hours, the same each time for the same item; in seconds of process time."""
    code = hashlib.sha256(f"{space}/{content}".encode()).digest()[0]
    return 3 * HOUR + code / 255 * 2 * HOUR


class Thaws:
    """Of one store."""

    def __init__(self, db: Database, clock: Clock, world: str, store: str) -> None:
        self._db, self._clock, self._key = db, clock, (world, store)

    def find(self, space: str, content: str) -> Thaw | None:
        row = self._db.row(
            "SELECT asked, readable_for, never FROM thaw WHERE (world, store, space, content) = (?, ?, ?, ?)",
            *self._key,
            space,
            content,
        )
        if row is None:
            return None
        if row["never"]:
            return Thaw(None, None)
        ready = row["asked"] + self._clock.lasting(thawing_time(space, content))
        return Thaw(ready, ready + row["readable_for"])

    def ask(self, space: str, content: str) -> None:
        """Starts a thaw; of an item that is readable it only prolongs that."""
        now, found = self._clock.now(), self.find(space, content)
        if found is not None and found.ready is not None and found.readable(self._clock):
            self._keep(space, content, found.ready, now - found.ready + READABLE_FOR)
        else:
            self.add(space, content, now)

    def add(self, space: str, content: str, asked: float, *, never: bool = False) -> None:
        """A thaw that was asked for at a moment, in epoch seconds."""
        self._db.write(
            "INSERT OR REPLACE INTO thaw VALUES (?, ?, ?, ?, ?, ?, ?)",
            *self._key,
            space,
            content,
            asked,
            READABLE_FOR,
            never,
        )

    def add_thawed(self, space: str, content: str, left: float) -> None:
        """A thaw that is done, with so many seconds left."""
        self.add(space, content, self._clock.now() - self._clock.lasting(thawing_time(space, content)))
        self._db.write(
            "UPDATE thaw SET readable_for = ? WHERE (world, store, space, content) = (?, ?, ?, ?)",
            left,
            *self._key,
            space,
            content,
        )

    def _keep(self, space: str, content: str, ready: float, readable_for: float) -> None:
        self._db.write(
            "UPDATE thaw SET readable_for = ? WHERE (world, store, space, content) = (?, ?, ?, ?)",
            readable_for,
            *self._key,
            space,
            content,
        )


def thaws(world: World, store: Store) -> Thaws:
    return Thaws(world.db, world.clock, world.name, store.id)


STORAGE_CLASS = "GLACIER"
"""Of an archived item; a retrieved one keeps it."""


def archived(world: World, store: Store, item: Item) -> bool:
    """Whether an item of this store has been moved to Glacier, retrieved or not."""
    if store.type != "AMAZON_GLACIER":
        return False
    return item.stored is None or world.clock.now() >= item.modified + FREEZES_AFTER


def frozen(world: World, store: Store, space: str, content: str) -> bool:
    """Whether reading, copying or describing this item is refused with FROZEN_MESSAGE. False for a missing item."""
    try:
        item = world.spaces(store.id).contents(space).item(content)
    except NoSuchContent:
        return False
    if not archived(world, store, item):
        return False
    found = thaws(world, store).find(space, content)
    return found is None or not found.readable(world.clock)
