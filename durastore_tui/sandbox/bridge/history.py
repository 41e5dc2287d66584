"""What happened to a snapshot: events in the bridge's own words, stored or computed by index (protocol §8.4)."""

import json
from collections.abc import Callable

from durastore_tui.sandbox.bridge.course import DAY
from durastore_tui.sandbox.bridge.records import Snapshot
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.state import Database

Event = tuple[float, str]
"""Epoch seconds, and what the server calls `history`."""


def _record(*pairs: str) -> str:
    return f"[{','.join(f'{{{pair}}}' for pair in pairs)}]"


def snapshot_initiated(snapshot_id: str, email: str) -> str:
    action = "'snapshot-action':'SNAPSHOT_INITIATED'"
    return _record(action, f"'initiating-user':'{email}'", f"'snapshot-id':'{snapshot_id}'")


def snapshot_staged(snapshot_id: str) -> str:
    return _record("'snapshot-action':'SNAPSHOT_STAGED'", f"'snapshot-id':'{snapshot_id}'")


def snapshot_completed(snapshot_id: str, alternates: tuple[str, ...] | None) -> str:
    ids = ",".join(f"'{alternate}'" for alternate in alternates or ())
    action = "'snapshot-action':'SNAPSHOT_COMPLETED'"
    return _record(action, f"'snapshot-id':'{snapshot_id}'", f"'alternate-ids':[{ids}]")


def restore_requested(email: str | None) -> str:
    user = "null" if email is None else email
    return _record("'restore-action':'RESTORE_REQUESTED'", f"'initiating-user':'{user}'")


def restore_initiated(restore_id: str, email: str) -> str:
    action = "'restore-action':'RESTORE_INITIATED'"
    return _record(action, f"'restore-id':'{restore_id}'", f"'initiating-user':'{email}'")


def restore_completed(restore_id: str, expires_on: str) -> str:
    action = "'restore-action':'RESTORE_COMPLETED'"
    return _record(action, f"'restore-id':'{restore_id}'", f"'expiration-date':'{expires_on}'")


def restore_expired(restore_id: str) -> str:
    return _record("'restore-action':'RESTORE_EXPIRED'", f"'restore-id':'{restore_id}'")


class History:
    """Newest first. Events in rows are younger than the computed ones."""

    def __init__(self, db: Database, clock: Clock, world: str, store: str) -> None:
        self._db, self._clock, self._key = db, clock, (world, store)

    def add(self, snapshot_id: str, text: str, at: float | None = None) -> None:
        moment = self._clock.now() if at is None else at
        self._db.write("INSERT INTO history VALUES (?, ?, ?, ?, ?)", *self._key, snapshot_id, moment, text)

    def count(self, snapshot: Snapshot) -> int:
        return self._stored(snapshot) + snapshot.event_count

    def page(self, snapshot: Snapshot, first: int, stop: int) -> list[Event]:
        """The events from index `first` up to `stop`."""
        stored = self._stored(snapshot)
        rows = self._db.rows(
            "SELECT at, text FROM history WHERE (world, store, snapshot) = (?, ?, ?)"
            " ORDER BY at DESC, rowid DESC LIMIT ? OFFSET ?",
            *self._key,
            snapshot.id,
            max(min(stop, stored) - first, 0),
            first,
        )
        events = [(row["at"], row["text"]) for row in rows]
        computed = range(max(first - stored, 0), max(stop - stored, 0))
        return events + [_EVENTS[snapshot.events](snapshot, snapshot.event_count - 1 - index) for index in computed]

    def _stored(self, snapshot: Snapshot) -> int:
        row = self._db.row(
            "SELECT count(*) AS found FROM history WHERE (world, store, snapshot) = (?, ?, ?)", *self._key, snapshot.id
        )
        return row["found"] if row else 0


def window(page: int, size: int, total: int) -> range:
    """The indices of a page by the bridge's arithmetic, which repeats the last events past the end (§7.14)."""
    begin, end = int32(page * size), int32(int32(page * size) + size)
    stop = min(end, total)
    if begin < 0:
        begin = 0
    elif begin > stop:
        begin = max(stop - size, 0)
    if stop < begin:
        raise IndexError(f"fromIndex({begin}) > toIndex({stop})")
    return range(begin, stop)


def int32(number: int) -> int:
    """As Java's int arithmetic wraps."""
    return (number + 2**31) % 2**32 - 2**31


def _life(snapshot: Snapshot, index: int) -> Event:
    """The three events that every preserved snapshot has, oldest first."""
    texts = (
        snapshot_initiated(snapshot.id, snapshot.email),
        snapshot_staged(snapshot.id),
        snapshot_completed(snapshot.id, snapshot.alternates),
    )
    return (snapshot.date + (1.5, 7_203.25, 7_203.25 + DAY)[index], texts[index])


def _long_life(snapshot: Snapshot, index: int) -> Event:
    """Years of audits after the first three; what other systems write is free text of any kind."""
    if index < 3:
        return _life(snapshot, index)
    audit = index - 2
    texts = (
        "Bag replicated to node 3 of 3",
        json.dumps([{"audit": audit, "result": "OK", "by": "preservation"}]),
        _record("'note':'checked by O'Brien'", f"'audit':'{audit}'"),
        "",
        f"Audit {audit}: " + "all files present, all digests equal. " * 27,
        _record("'audit-action':'FIXITY_CHECKED'", f"'audit':'{audit}'"),
    )
    return (snapshot.date + 2 * DAY + audit * 3_600.0, texts[audit % len(texts)][:1_000])


_EVENTS: dict[str, Callable[[Snapshot, int], Event]] = {"life": _life, "long-life": _long_life}
