"""The spaces of one store: existence, properties, ACLs, lifecycle. Their contents are in `contents.py`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from durastore_tui.sandbox.clock import Clock, iso
from durastore_tui.sandbox.contents import Contents
from durastore_tui.sandbox.state import Database

_CHANGES = "deletion_asked IS NOT NULL OR expiry_set IS NOT NULL"
"""Whether time will do something to a space."""

TABLES = f"""
CREATE TABLE IF NOT EXISTS space (
    world TEXT, store TEXT, id TEXT, created REAL,
    pattern TEXT, generated INTEGER, bytes INTEGER,
    deletion_asked REAL, deletion_fails INTEGER DEFAULT 0,
    policy TEXT DEFAULT '', bucket_policy TEXT DEFAULT '', cors TEXT DEFAULT '',
    expiry_after REAL, expiry_set REAL,
    PRIMARY KEY (world, store, id));
CREATE INDEX IF NOT EXISTS changing_space ON space (world, store) WHERE {_CHANGES};
CREATE TABLE IF NOT EXISTS tag (
    world TEXT, store TEXT, space TEXT, kind TEXT, name TEXT, value TEXT,
    PRIMARY KEY (world, store, space, kind, name));
"""

HIDDEN_SPACE = "signedcookies"
"""Where cookies wait under their tokens: never listed, but there for whoever knows its name."""

DELETION = 60.0
"""How long the background worker takes to delete a space."""


class NoSuchSpace(Exception):
    """The message is the server's own: dots stand in a pair of brackets for each bucket (protocol §3.7, §17)."""

    def __init__(self, space_id: str, buckets: int) -> None:
        garbled = space_id.replace(".", "[" * buckets + "." + "]" * buckets)
        super().__init__(f"No S3 bucket found matching spaceID: {garbled}")


class StorageDown(Exception):
    """S3 is out of reach. `delay` is how long the server tries, in unscaled seconds (protocol §17)."""

    def __init__(self, delay: float) -> None:
        super().__init__(
            "Could not retrieve list of S3 buckets due to error: Unable to execute HTTP request: Connect to"
            " s3.amazonaws.com:443 [s3.amazonaws.com/192.0.2.1] failed: Connection refused"
        )
        self.delay = delay


def no_such_item(bucket: str, content_id: str) -> str:
    """What S3's SDK says of a missing item."""
    return (
        f"Could not find content item with ID {content_id} in S3 bucket {bucket}. S3 error: NOT FOUND (Service: Amazon"
        " S3; Status Code: 404; Error Code: 404 NOT FOUND; Request ID: null; S3 Extended Request ID: null; Proxy: null)"
    )


@dataclass(frozen=True)
class Space:
    """A row. `generated` items follow the listing `pattern`; `bytes` is their size for the reports."""

    id: str
    created: float
    pattern: str
    generated: int
    bytes: int
    deletion_asked: float | None
    deletion_fails: bool
    policy: str
    bucket_policy: str
    cors: str
    expiry_after: float | None
    expiry_set: float | None


@dataclass(frozen=True)
class Measured:
    """How much a space holds now."""

    id: str
    created: float
    bytes: int
    objects: int


@dataclass(frozen=True)
class NewSpace:
    """A space as a world seeds it, or as `PUT /{space}` makes it."""

    id: str
    created: float
    acls: Mapping[str, str]
    pattern: str = "plain"
    generated: int = 0
    bytes: int = 0
    policy: str = ""
    properties: Mapping[str, str] | None = None


class Spaces:
    """Every method that names a space raises `NoSuchSpace` when it is not there (any more)."""

    def __init__(self, db: Database, clock: Clock, world: str, store: str) -> None:
        self._db, self._clock = db, clock
        self._key = (world, store)

    def ids(self) -> list[str]:
        self._settle()
        found = self._db.rows("SELECT id FROM space WHERE world = ? AND store = ? ORDER BY id", *self._key)
        return [row["id"] for row in found if row["id"] != HIDDEN_SPACE]

    def listed_for(self, names: Sequence[str]) -> list[str]:
        """What a caller below ADMIN sees: by ACL, and without the spaces whose deletion was asked."""
        self._settle()
        marks = ", ".join("?" * len(names))
        found = self._db.rows(
            "SELECT DISTINCT id FROM space JOIN tag USING (world, store)"  # noqa: S608 - question marks
            " WHERE world = ? AND store = ? AND space = id AND kind = 'acl' AND deletion_asked IS NULL"
            f" AND name IN ({marks}) ORDER BY id",
            *self._key,
            *names,
        )
        return [row["id"] for row in found]

    def measured(self) -> list[Measured]:
        """All of them, for the reports."""
        self._settle()
        rows = self._db.rows(
            "SELECT space.id AS id, created, bytes + coalesce(sum(length(body)), 0) AS bytes,"
            " generated + count(content.id) FILTER (WHERE NOT deleted)"
            " - count(content.id) FILTER (WHERE covers) AS objects"
            " FROM space LEFT JOIN content ON (content.world, content.store, content.space) ="
            " (space.world, space.store, space.id)"
            " WHERE (space.world, space.store) = (?, ?) AND space.id != ?"
            " GROUP BY space.id ORDER BY space.id",
            *self._key,
            HIDDEN_SPACE,
        )
        return [Measured(**row) for row in rows]

    def exists(self, space_id: str) -> bool:
        self._settle()
        return (
            self._db.row("SELECT 1 FROM space WHERE (world, store, id) = (?, ?, ?)", *self._key, space_id) is not None
        )

    def find(self, space_id: str) -> Space:
        self._settle()
        row = self._db.row(
            "SELECT id, created, pattern, generated, bytes, deletion_asked, deletion_fails, policy, bucket_policy,"
            " cors, expiry_after, expiry_set FROM space WHERE (world, store, id) = (?, ?, ?)",
            *self._key,
            space_id,
        )
        if row is None:
            raise self.no_such(space_id)
        return Space(**row)

    def no_such(self, space_id: str) -> NoSuchSpace:
        """The error of a space that is not there."""
        row = self._db.row("SELECT count(*) AS buckets FROM space WHERE (world, store) = (?, ?)", *self._key)
        return NoSuchSpace(space_id, row["buckets"] if row else 0)

    def add(self, new: NewSpace) -> None:
        self._db.write(
            "INSERT INTO space (world, store, id, created, pattern, generated, bytes, policy) VALUES (?,?,?,?,?,?,?,?)",
            *self._key,
            new.id,
            new.created,
            new.pattern,
            new.generated,
            new.bytes,
            new.policy,
        )
        self._put("acl", new.id, new.acls.items())
        self._put("property", new.id, (new.properties or {}).items())

    def contents(self, space_id: str) -> Contents:
        space = self.find(space_id)
        return Contents(self._db, self._clock, (*self._key, space_id), space.pattern, space.generated, space.created)

    # -- properties and ACLs

    def own_properties(self, space_id: str) -> dict[str, str]:
        """What was set as bucket tags: without the creation date and the count."""
        self.find(space_id)
        return self._all("property", space_id)

    def properties(self, space_id: str) -> dict[str, str]:
        """As HEAD shows them; `+` in a value comes back as `@` (protocol §3.3)."""
        space = self.find(space_id)
        shown = {name: value.replace("+", "@") for name, value in self.own_properties(space_id).items()}
        if space.deletion_asked is not None:
            shown["is-delete"] = "true"
            if space.deletion_fails and self._clock.ended(space.deletion_asked, DELETION):
                shown["delete-error"] = "Unable to delete all contents"
        size = self.contents(space_id).count(up_to=1000)
        # the hidden space is made by other means, and bears no date (protocol §17)
        created = {} if space_id == HIDDEN_SPACE else {"space-created": iso(space.created)}
        return {**created, "space-count": "1000+" if size >= 1000 else str(size), **shown}

    def set_property(self, space_id: str, name: str, value: str) -> None:
        self.find(space_id)
        self._put("property", space_id, [(name, value)])

    def clear_properties(self, space_id: str, *names: str) -> None:
        """Removes the named ones, or, with no name, all."""
        self.find(space_id)
        for name in names or tuple(self.own_properties(space_id)):
            self._drop("property", space_id, name)

    def acls(self, space_id: str) -> dict[str, str]:
        self.find(space_id)
        return self._all("acl", space_id)

    def set_acls(self, space_id: str, acls: Mapping[str, str]) -> None:
        """Replaces the whole set."""
        for name in self.acls(space_id):
            self._drop("acl", space_id, name)
        self._put("acl", space_id, acls.items())

    def grant(self, space_id: str, name: str, access: str) -> None:
        self.find(space_id)
        self._put("acl", space_id, [(name, access)])

    def revoke(self, space_id: str, name: str) -> None:
        self.find(space_id)
        self._drop("acl", space_id, name)

    # -- lifecycle

    def set_expiry(self, space_id: str, after: float) -> None:
        """A bucket rule: what is in the space is gone so many seconds from now (protocol §7.16, §7.22)."""
        self._change(space_id, expiry_after=after, expiry_set=self._clock.now(), policy="")

    def clear_lifecycle(self, space_id: str) -> None:
        self._change(space_id, expiry_after=None, expiry_set=None, policy="")

    def set_policy(self, space_id: str, policy: str) -> None:
        self._change(space_id, expiry_after=None, expiry_set=None, policy=policy)

    def set_bucket_policy(self, space_id: str, bucket_policy: str) -> None:
        self._change(space_id, bucket_policy=bucket_policy)

    def set_cors(self, space_id: str, cors: str) -> None:
        self._change(space_id, cors=cors)

    def fill(self, space_id: str, pattern: str, generated: int, size: int) -> None:
        """Replaces the generated contents, as a restore does."""
        self._change(space_id, pattern=pattern, generated=generated, bytes=size)

    def empty(self, space_id: str) -> None:
        """Everything in it is gone; the space stays."""
        self._change(space_id, generated=0, bytes=0)
        self._db.write("DELETE FROM content WHERE (world, store, space) = (?, ?, ?)", *self._key, space_id)

    def ask_deletion(self, space_id: str, *, fails: bool) -> None:
        """Starts the background worker; the space stays until it is through. An empty one goes at once (§3.5, §17)."""
        if fails or self.contents(space_id).count(up_to=1):
            self._change(space_id, deletion_asked=self._clock.now(), deletion_fails=fails)
        else:
            self.remove(space_id)

    def remove(self, space_id: str) -> None:
        """At once, with contents, properties and ACLs."""
        self._db.write("DELETE FROM content WHERE (world, store, space) = (?, ?, ?)", *self._key, space_id)
        self._db.write("DELETE FROM tag WHERE (world, store, space) = (?, ?, ?)", *self._key, space_id)
        self._db.write("DELETE FROM space WHERE (world, store, id) = (?, ?, ?)", *self._key, space_id)

    # -- inside

    def _settle(self) -> None:
        """Lets happen what is due by now: space deletions and expiries."""
        coming = self._db.rows(
            "SELECT id, deletion_asked, deletion_fails, expiry_set + expiry_after AS expiry"  # noqa: S608
            f" FROM space WHERE (world, store) = (?, ?) AND ({_CHANGES})",
            *self._key,
        )
        for space in coming:
            asked, expiry = space["deletion_asked"], space["expiry"]
            if asked is not None and not space["deletion_fails"] and self._clock.ended(asked, DELETION):
                self.remove(space["id"])
            elif expiry is not None and expiry <= self._clock.now():
                self._expire(space["id"])

    def _expire(self, space_id: str) -> None:
        """The rule stays and takes later items when they are old enough."""
        self._db.write(
            "UPDATE space SET generated = 0, bytes = 0 WHERE (world, store, id) = (?, ?, ?) AND generated > 0",
            *self._key,
            space_id,
        )
        self._db.write(
            "DELETE FROM content WHERE (world, store, space) = (?, ?, ?) AND modified + (SELECT expiry_after FROM space"
            " WHERE (space.world, space.store, space.id) = (content.world, content.store, content.space)) <= ?",
            *self._key,
            space_id,
            self._clock.now(),
        )

    def _change(self, space_id: str, **fields: object) -> None:
        self.find(space_id)
        assignments = ", ".join(f"{name} = ?" for name in fields)
        self._db.write(
            f"UPDATE space SET {assignments} WHERE (world, store, id) = (?, ?, ?)",  # noqa: S608 - field names of ours
            *fields.values(),
            *self._key,
            space_id,
        )

    def _all(self, kind: str, space_id: str) -> dict[str, str]:
        rows = self._db.rows(
            "SELECT name, value FROM tag WHERE (world, store, space, kind) = (?, ?, ?, ?) ORDER BY name",
            *self._key,
            space_id,
            kind,
        )
        return {row["name"]: row["value"] for row in rows}

    def _put(self, kind: str, space_id: str, pairs: Iterable[tuple[str, str]]) -> None:
        self._db.write_many(
            "INSERT OR REPLACE INTO tag VALUES (?, ?, ?, ?, ?, ?)",
            [(*self._key, space_id, kind, name, value) for name, value in pairs],
        )

    def _drop(self, kind: str, space_id: str, name: str) -> None:
        self._db.write(
            "DELETE FROM tag WHERE (world, store, space, kind, name) = (?, ?, ?, ?, ?)",
            *self._key,
            space_id,
            kind,
            name,
        )
