"""What a space holds: generated items, and over them what was put, changed or deleted."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import merge
from itertools import islice

from durastore_tui.sandbox import listing
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.items import Item, generated_item, stored_item
from durastore_tui.sandbox.patterns import pattern_listing
from durastore_tui.sandbox.state import Database

TABLES = """
CREATE TABLE IF NOT EXISTS content (
    world TEXT, store TEXT, space TEXT, id TEXT, covers INTEGER, deleted INTEGER DEFAULT 0,
    body BLOB, seed TEXT, mimetype TEXT, modified REAL, properties TEXT, encoding TEXT,
    PRIMARY KEY (world, store, space, id)) WITHOUT ROWID;
"""

PAGE = 1000
"""S3 never lists more in one call (protocol §3.2)."""


class NoSuchContent(Exception):
    """The item is not there."""

    def __init__(self, content_id: str) -> None:
        super().__init__(content_id)


def copy_stored(db: Database, source: tuple[str, str, str], target: tuple[str, str, str]) -> None:
    """Takes along what was put, changed or deleted over generated items. Keys are world, store and space."""
    db.write(
        "INSERT OR REPLACE INTO content SELECT ?, ?, ?, id, covers, deleted, body, seed, mimetype, modified,"
        " properties, encoding FROM content WHERE (world, store, space) = (?, ?, ?)",
        *target,
        *source,
    )


class Contents:
    """The items of one space, sorted by id. A row that `covers` replaces (or hides) a generated item."""

    def __init__(
        self, db: Database, clock: Clock, key: tuple[str, str, str], pattern: str, generated: int, created: float
    ) -> None:
        self._db, self._clock, self._key = db, clock, key
        self._created = created
        self._generated = pattern_listing(pattern, generated)

    def page(self, prefix: str | None = None, marker: str | None = None, limit: int = PAGE) -> list[str]:
        """At most `limit` ids after `marker`, never more than 1,000."""
        return list(islice(self.ids(prefix, marker), min(limit, PAGE) if limit > 0 else PAGE))

    def ids(self, prefix: str | None = None, marker: str | None = None) -> Iterator[str]:
        """All ids that start with `prefix` and come after `marker`, in order."""
        covered = {
            row["id"]
            for row in self._db.each(
                "SELECT id FROM content WHERE (world, store, space) = (?, ?, ?) AND covers", *self._key
            )
        }
        untouched = (found for found in listing.ids(self._generated, prefix, marker) if found not in covered)
        return merge(self._stored(prefix or "", marker or ""), untouched)

    def count(self, up_to: int | None = None) -> int:
        """How many items there are; `up_to` caps the answer."""
        row = self._db.row(
            "SELECT count(*) FILTER (WHERE NOT deleted) AS stored, count(*) FILTER (WHERE covers) AS covered"
            " FROM content WHERE (world, store, space) = (?, ?, ?)",
            *self._key,
        )
        total = len(self._generated) + (row["stored"] - row["covered"] if row else 0)
        return total if up_to is None else min(total, up_to)

    def stored_size(self) -> int:
        """Bytes of what was put."""
        row = self._db.row(
            "SELECT coalesce(sum(length(body)), 0) AS size FROM content WHERE (world, store, space) = (?, ?, ?)",
            *self._key,
        )
        return row["size"] if row else 0

    def item(self, content_id: str) -> Item:
        """Raises `NoSuchContent`."""
        row = self._row(content_id)
        if row is None and listing.holds(self._generated, content_id):
            return self._generate(self._seed(content_id), content_id)
        if row is None or row["deleted"]:
            raise NoSuchContent(content_id)
        stored: tuple[str, float, dict[str, str]] = row["mimetype"], row["modified"], json.loads(row["properties"])
        if row["body"] is not None:
            return stored_item(content_id, row["body"], *stored, row["encoding"])
        mimetype, modified, properties = stored
        original = self._generate(row["seed"], content_id)
        return replace(original, mimetype=mimetype, modified=modified, properties=properties)

    def put(
        self, content_id: str, body: bytes, mimetype: str, properties: Mapping[str, str], encoding: str | None = None
    ) -> Item:
        """Stores or replaces an item."""
        return self._save(content_id, body, None, mimetype, properties, encoding)

    def copy(self, content_id: str, source: Item, seed: str, mimetype: str, properties: Mapping[str, str]) -> Item:
        """`seed` is that of the source, for bytes that were never stored."""
        return self._save(content_id, source.stored, seed, mimetype, properties, source.encoding)

    def describe(self, content_id: str, mimetype: str, properties: Mapping[str, str]) -> None:
        """Replaces type and properties; the bytes stay. Raises `NoSuchContent`."""
        self.copy(content_id, self.item(content_id), self.seed(content_id), mimetype, properties)

    def delete(self, content_id: str) -> None:
        """Raises `NoSuchContent`."""
        self.item(content_id)
        self._db.write("DELETE FROM content WHERE (world, store, space, id) = (?, ?, ?, ?)", *self._key, content_id)
        if listing.holds(self._generated, content_id):
            self._db.write(
                "INSERT INTO content (world, store, space, id, covers, deleted) VALUES (?, ?, ?, ?, 1, 1)",
                *self._key,
                content_id,
            )

    def seed(self, content_id: str) -> str:
        """What the generated bytes of an item are made from."""
        row = self._row(content_id)
        return row["seed"] if row is not None and row["seed"] else self._seed(content_id)

    def _seed(self, content_id: str) -> str:
        return "/".join((*self._key, content_id))

    def _generate(self, seed: str, content_id: str) -> Item:
        return generated_item(seed, content_id, self._created, self.ids)

    def _save(
        self,
        content_id: str,
        body: bytes | None,
        seed: str | None,
        mimetype: str,
        properties: Mapping[str, str],
        encoding: str | None,
    ) -> Item:
        self._db.write(
            "INSERT OR REPLACE INTO content VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
            *self._key,
            content_id,
            listing.holds(self._generated, content_id),
            body,
            seed,
            mimetype,
            self._clock.now(),
            json.dumps(dict(properties)),
            encoding,
        )
        return self.item(content_id)

    def _row(self, content_id: str) -> sqlite3.Row | None:
        return self._db.row(
            "SELECT * FROM content WHERE (world, store, space, id) = (?, ?, ?, ?)", *self._key, content_id
        )

    def _stored(self, prefix: str, marker: str) -> Iterator[str]:
        rows = self._db.each(
            "SELECT id FROM content WHERE (world, store, space) = (?, ?, ?) AND NOT deleted"
            " AND id >= ? AND id < ? AND id > ? ORDER BY id",
            *self._key,
            prefix,
            prefix + listing.LAST_CODE_POINT,
            marker,
        )
        return (row["id"] for row in rows)
