"""CloudFront, as far as DuraStore shows it: one distribution a space and family, on the stand-in's clock."""

import hashlib
import sqlite3
from dataclasses import dataclass

from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.state import Database

TABLES = """
CREATE TABLE IF NOT EXISTS distribution (
    world TEXT, store TEXT, space TEXT, family TEXT, host TEXT UNIQUE, type TEXT,
    enabled REAL, deletion_asked REAL, deletion_fails INTEGER DEFAULT 0,
    PRIMARY KEY (world, store, space, family));
"""

DEPLOYMENT = 900.0
"""Seconds until a change has reached every edge; a deletion waits for the same."""


@dataclass(frozen=True)
class Distribution:
    """`host` is without the edge's port; `enabled` and `deletion_asked` are epoch seconds."""

    world: str
    store: str
    space: str
    family: str
    host: str
    type: str
    enabled: float
    deletion_asked: float | None
    deletion_fails: bool


class Distributions:
    """All of them; each method first lets the deletions happen that are due."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock

    def of_space(self, world: str, store: str, space: str, family: str) -> Distribution | None:
        return self._one(
            "SELECT * FROM distribution WHERE (world, store, space, family) = (?, ?, ?, ?)", world, store, space, family
        )

    def of_host(self, host: str) -> Distribution | None:
        return self._one("SELECT * FROM distribution WHERE host = ?", host)

    def create(self, world: str, store: str, space: str, family: str, kind: str) -> Distribution:
        """`kind` is OPEN or SECURE."""
        letter = "d" if family == "HLS" else "s"
        seed = f"{world} {store} {space} {family} {self._clock.now()}"
        host = f"{letter}{hashlib.sha256(seed.encode()).hexdigest()[:13]}.cloudfront.localhost"
        made = Distribution(world, store, space, family, host, kind, self._clock.now(), None, False)
        self.add(made)
        return made

    def add(self, new: Distribution) -> None:
        self._db.write(
            "INSERT INTO distribution VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            new.world,
            new.store,
            new.space,
            new.family,
            new.host,
            new.type,
            new.enabled,
            new.deletion_asked,
            new.deletion_fails,
        )

    def revive(self, host: str) -> None:
        """Enables one whose deletion was asked: the worker then finds it enabled and gives up."""
        found = self.of_host(host)
        if found is None or found.deletion_asked is None:
            return
        enabled = found.enabled if self.answers(found) else self._clock.now()
        self._db.write(
            "UPDATE distribution SET deletion_asked = NULL, deletion_fails = 0, enabled = ? WHERE host = ?",
            enabled,
            host,
        )

    def ask_deletion(self, host: str, *, fails: bool) -> None:
        """Disables it; a background worker deletes it once that is deployed (protocol §7.5)."""
        self._db.write(
            "UPDATE distribution SET deletion_asked = ?, deletion_fails = ? WHERE host = ? AND deletion_asked IS NULL",
            self._clock.now(),
            fails,
            host,
        )

    def answers(self, one: Distribution) -> bool:
        """Whether the edge knows the host: deployed, and not yet disabled everywhere."""
        deployed = one.enabled + self._clock.lasting(DEPLOYMENT)
        if one.deletion_asked is None:
            return self._clock.now() >= deployed
        return deployed <= one.deletion_asked and not self._clock.ended(one.deletion_asked, DEPLOYMENT)

    def _one(self, query: str, *values: str) -> Distribution | None:
        self._db.write(
            "DELETE FROM distribution WHERE deletion_asked <= ? AND NOT deletion_fails",
            self._clock.now() - self._clock.lasting(DEPLOYMENT),
        )
        found: sqlite3.Row | None = self._db.row(query, *values)
        return None if found is None else Distribution(**found)
