"""What the bridge keeps: a row a snapshot, a row a restore."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields

from durastore_tui.sandbox.bridge.course import SNAPSHOT_PHASES, Course
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.state import Database

SETTLED = ("SNAPSHOT_COMPLETE", "CANCELLED", "ERROR", "FAILED_TO_TRANSFER_FROM_DURACLOUD")
EXPIRED = "RESTORATION_EXPIRED"

_STILL_MOVING = f"status NOT IN {SETTLED}"

TABLES = f"""
CREATE TABLE IF NOT EXISTS snapshot (
    world TEXT, store TEXT, id TEXT, date REAL, space TEXT, description TEXT, email TEXT, member TEXT,
    alternates TEXT, status TEXT, since REAL, ahead REAL, halts_at REAL, halts_as TEXT,
    items INTEGER, bytes INTEGER, pattern TEXT, generated INTEGER, events TEXT, event_count INTEGER,
    PRIMARY KEY (world, store, id));
CREATE INDEX IF NOT EXISTS moving_snapshot ON snapshot (world, store)
    WHERE {_STILL_MOVING};
CREATE TABLE IF NOT EXISTS restore (
    world TEXT, store TEXT, id TEXT, snapshot TEXT, space TEXT, status TEXT, started REAL, entered REAL,
    ended REAL, expires REAL, since REAL, ahead REAL, halts_at REAL, halts_as TEXT,
    PRIMARY KEY (world, store, id));
CREATE INDEX IF NOT EXISTS restore_of ON restore (world, store, snapshot);
CREATE TABLE IF NOT EXISTS history (
    world TEXT, store TEXT, snapshot TEXT, at REAL, text TEXT);
CREATE INDEX IF NOT EXISTS history_of ON history (world, store, snapshot, at);
"""


@dataclass(frozen=True)
class Snapshot:
    """`date` and `since` are epoch seconds; `items` and `bytes` what it has once all is transferred.

    Its contents are `generated` ids of a listing `pattern`, with what was stored in the space over them; its history
    has `event_count` events of the kind `events`, and younger ones in rows.
    """

    id: str
    date: float
    space: str
    description: str | None
    email: str
    member: str | None
    alternates: tuple[str, ...] | None
    status: str
    since: float
    ahead: float
    halts_at: float | None
    halts_as: str | None
    items: int
    bytes: int
    pattern: str
    generated: int
    events: str = ""
    event_count: int = 0

    @property
    def course(self) -> Course:
        return Course(self.since, self.ahead, self.halts_at, self.halts_as)

    def items_now(self, clock: Clock) -> int:
        """How many are in the bridge's database: they grow while it transfers; the properties file comes last."""
        if self.is_staged:
            return self.items
        begun, transfer = SNAPSHOT_PHASES[0][1], SNAPSHOT_PHASES[1][1]
        part = min(max((self.course.done(clock) - begun) / transfer, 0.0), 1.0)
        return round((self.items - 1) * part)

    @property
    def bytes_now(self) -> int:
        """0 until it is staged."""
        return self.bytes if self.is_staged else 0

    @property
    def is_staged(self) -> bool:
        """Whether everything has arrived at the bridge."""
        return self.status not in ("INITIALIZED", SNAPSHOT_PHASES[1][0], "FAILED_TO_TRANSFER_FROM_DURACLOUD")


@dataclass(frozen=True)
class Restore:
    """All moments are epoch seconds; `entered` is when it came into its status."""

    id: str
    snapshot: str
    space: str
    status: str
    started: float
    entered: float
    ended: float | None
    expires: float | None
    since: float
    ahead: float
    halts_at: float | None
    halts_as: str | None

    @property
    def course(self) -> Course:
        return Course(self.since, self.ahead, self.halts_at, self.halts_as)


_SNAPSHOT = tuple(field.name for field in fields(Snapshot))
_RESTORE = tuple(field.name for field in fields(Restore))


def _snapshot(row: sqlite3.Row) -> Snapshot:
    values = {name: row[name] for name in _SNAPSHOT}
    alternates = json.loads(row["alternates"])
    return Snapshot(**{**values, "alternates": alternates and tuple(alternates)})


def _restore(row: sqlite3.Row) -> Restore:
    return Restore(**{name: row[name] for name in _RESTORE})


class Records:
    """The rows of one store, in the order in which they were made."""

    def __init__(self, db: Database, world: str, store: str) -> None:
        self._db, self._key = db, (world, store)

    def summaries(self) -> list[tuple[str, str | None, str, str]]:
        """Id, description, space and status of every snapshot: there may be thousands."""
        rows = self._db.rows(
            "SELECT id, description, space, status FROM snapshot WHERE (world, store) = (?, ?) ORDER BY rowid",
            *self._key,
        )
        return [tuple(row) for row in rows]

    def snapshots(self, status: str) -> list[Snapshot]:
        return list(map(_snapshot, self._db.rows(f"{_FROM_SNAPSHOT} AND status = ?", *self._key, status)))

    def moving(self) -> list[Snapshot]:
        """Those that time still changes."""
        return list(map(_snapshot, self._db.rows(f"{_FROM_SNAPSHOT} AND {_STILL_MOVING}", *self._key)))

    def snapshot(self, snapshot_id: str) -> Snapshot | None:
        row = self._db.row(f"{_FROM_SNAPSHOT} AND id = ?", *self._key, snapshot_id)
        return None if row is None else _snapshot(row)

    def add_snapshots(self, new: Iterable[Snapshot]) -> None:
        rows = ((*self._key, *(vars(one) | {"alternates": json.dumps(one.alternates)}).values()) for one in new)
        marks = ", ".join("?" * (len(_SNAPSHOT) + 2))
        into = f"INSERT INTO snapshot (world, store, {', '.join(_SNAPSHOT)}) VALUES ({marks})"  # noqa: S608 - our names
        self._db.write_many(into, rows)

    def change_snapshot(self, snapshot_id: str, **values: object) -> None:
        self._change("snapshot", snapshot_id, values)

    def moving_restores(self) -> list[Restore]:
        rows = self._db.rows(f"{_FROM_RESTORE} AND status NOT IN ('{EXPIRED}', 'ERROR')", *self._key)
        return list(map(_restore, rows))

    def restore(self, restore_id: str) -> Restore | None:
        row = self._db.row(f"{_FROM_RESTORE} AND id = ?", *self._key, restore_id)
        return None if row is None else _restore(row)

    def latest_restore(self, snapshot_id: str) -> Restore | None:
        """The one that changed last."""
        by_change = f"{_FROM_RESTORE} AND snapshot = ? ORDER BY entered DESC, rowid DESC"
        row = self._db.row(by_change, *self._key, snapshot_id)
        return None if row is None else _restore(row)

    def add_restore(self, new: Restore) -> None:
        marks = ", ".join("?" * (len(_RESTORE) + 2))
        into = f"INSERT INTO restore (world, store, {', '.join(_RESTORE)}) VALUES ({marks})"  # noqa: S608 - our names
        self._db.write(into, *self._key, *vars(new).values())

    def change_restore(self, restore_id: str, **values: object) -> None:
        self._change("restore", restore_id, values)

    def _change(self, table: str, row_id: str, values: dict[str, object]) -> None:
        assignments = ", ".join(f"{name} = ?" for name in values)
        update = f"UPDATE {table} SET {assignments} WHERE (world, store, id) = (?, ?, ?)"  # noqa: S608 - our names
        self._db.write(update, *values.values(), *self._key, row_id)


_FROM_SNAPSHOT = "SELECT * FROM snapshot WHERE (world, store) = (?, ?)"
_FROM_RESTORE = "SELECT * FROM restore WHERE (world, store) = (?, ?)"
