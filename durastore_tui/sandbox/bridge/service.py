"""The bridge as DuraStore sees it: an HTTP service behind it, which can be down (protocol §8.6)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from durastore_tui.sandbox.bridge.contents import Page, SnapshotContents
from durastore_tui.sandbox.bridge.files import java_date
from durastore_tui.sandbox.bridge.history import History, int32, window
from durastore_tui.sandbox.bridge.inner_url import BASE, inner_url
from durastore_tui.sandbox.bridge.records import Records, Restore
from durastore_tui.sandbox.tasks.call import Call
from durastore_tui.sandbox.wire.replies import Json

LARGEST_PAGE = 1_000

PORT = 443
"""Of DuraStore, as restores name their destination."""

GONE = "bridge.preservation.example"
"""The name of a bridge that is no more."""

BEFORE_6_0 = {
    "REPLICATING_TO_STORAGE": "WAITING_FOR_DPN",
    "RETRIEVING_FROM_STORAGE": "WAITING_FOR_DPN",
    "STORAGE_RETRIEVAL_COMPLETE": "DPN_TRANSFER_COMPLETE",
    "VERIFYING_RETRIEVED_CONTENT": "VERIFYING_DPN_TO_BRIDGE_TRANSFER",
}
"""Names that statuses had in older releases (protocol §8.1, §8.5)."""

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

_STATUS_TEXTS = {
    "RETRIEVING_FROM_STORAGE": "Restoration request issued",
    "STORAGE_RETRIEVAL_COMPLETE": "Completed restore to bridge storage",
    "RESTORATION_COMPLETE": "Completed transfer to duracloud",
    "RESTORATION_EXPIRED": "Restoration expired",
    "ERROR": "Failed to transfer to duracloud",
}


class BridgeTrouble(Exception):
    """The call did not come to an answer of the bridge; the message is that of Java's HTTP client."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: Json = None


_FAILED = Answer(500)

Get = Callable[[str, dict[str, str]], Answer]


class Bridge:
    """What one call of a task can ask. Every request raises BridgeTrouble when the bridge is out of reach."""

    def __init__(self, call: Call) -> None:
        world, store = call.world, call.store
        self._call, self._world, self._clock = call, world, world.clock
        self.records = Records(world.db, world.name, store.id)
        self.history = History(world.db, world.clock, world.name, store.id)

    def reach(self) -> None:
        """Raises BridgeTrouble when the bridge is down or gone."""
        host = BASE.split("/")[2]
        if self._call.store.bridge == "gone" or self._call.fault("bridge-gone"):
            raise BridgeTrouble(f"{GONE}: Name or service not known")
        if self._call.store.bridge == "down" or self._call.fault("bridge-down"):
            raise BridgeTrouble(f"Connect to {host} [/{host.split(':')[0]}] failed: Connection refused")

    def get(self, below: str) -> Answer:
        """What `GET` answers. Raises IllegalUrl too, for ids and prefixes that no URL can hold unencoded."""
        url = inner_url(below)
        self.reach()
        for pattern, answer in self._gets():
            found = re.fullmatch(pattern, "/".join(url.path), re.DOTALL)
            if found is not None:
                return _converting(answer, found["id"], url.query)
        return Answer(405 if url.path in (("restore", ""), ("restore", "request")) else 404)

    def _gets(self) -> tuple[tuple[str, Get], ...]:
        return (
            (r"snapshot/(?P<id>[^/]+)", self._snapshot),
            (r"snapshot/(?P<id>[^/]+)/content", self._contents),
            (r"snapshot/(?P<id>[^/]+)/history", self._history),
            (r"restore/by-snapshot/(?P<id>[^/]+)", self._restore_of),
            (r"restore/(?!request$)(?P<id>[^/]+)", self._restore),
        )

    def shown(self, status: str) -> str:
        """A status as this release calls it."""
        return BEFORE_6_0.get(status, status) if self._world.profile.release < (6, 0, 0) else status

    def summaries(self) -> Answer:
        """Every snapshot of this store, in the database's natural order."""
        self.reach()
        listed = [
            {
                "snapshotId": snapshot_id,
                "description": description,
                "sourceSpaceId": space,
                "sourceStoreId": self._call.store.id,
                "status": self.shown(status),
            }
            for snapshot_id, description, space, status in self.records.summaries()
        ]
        return Answer(200, listed)

    def totals(self, status: str) -> Answer:
        """Raises IllegalUrl too."""
        host, store = self._world.profile.host, self._call.store.id
        asked = inner_url(f"/snapshot/total?host={host}&storeId={store}&status={status}").query.get("status", "")
        self.reach()
        if asked not in STATUSES:
            return Answer(404)
        found = self.records.snapshots(asked)
        return Answer(
            200,
            {
                "totalCount": len(found),
                "totalSize": sum(snapshot.bytes_now for snapshot in found),
                "totalFiles": sum(snapshot.items_now(self._clock) for snapshot in found),
            },
        )

    def _snapshot(self, snapshot_id: str, _: dict[str, str]) -> Answer:
        found = self.records.snapshot(snapshot_id)
        if found is None:
            return Answer(404)
        return Answer(
            200,
            {
                "snapshotId": found.id,
                "snapshotDate": int(found.date) * 1000,
                "status": self.shown(found.status),
                "sourceHost": self._world.profile.host,
                "sourceSpaceId": found.space,
                "sourceStoreId": self._call.store.id,
                "description": found.description,
                "contentItemCount": found.items_now(self._clock),
                "totalSizeInBytes": found.bytes_now,
                "memberId": found.member,
                "alternateIds": None if found.alternates is None else list(found.alternates),
            },
        )

    def _contents(self, snapshot_id: str, query: dict[str, str]) -> Answer:
        found = self.records.snapshot(snapshot_id)
        number, size = _page(query)
        if int32(number * size) < 0:
            return _FAILED
        if found is None:
            return Answer(200, {"totalCount": 0, "contentItems": []})
        transferred = found.items_now(self._clock)
        contents = SnapshotContents(self._world.db, self._clock, self._world.name, self._call.store.id, found)
        if self._call.fault("folded-order"):
            contents.fold()
        items = contents.page(Page(number, size, transferred, query.get("prefix") or None))
        return Answer(200, {"totalCount": transferred, "contentItems": items})

    def _history(self, snapshot_id: str, query: dict[str, str]) -> Answer:
        found = self.records.snapshot(snapshot_id)
        number, size = _page(query)
        if found is None:
            return _FAILED
        try:
            wanted = window(number, size, self.history.count(found))
        except IndexError:
            return _FAILED
        events = self.history.page(found, wanted.start, wanted.stop)
        items = [{"historyDate": _milliseconds(at), "history": text} for at, text in events]
        return Answer(200, {"totalCount": len(items), "historyItems": items})

    def _restore(self, restore_id: str, _: dict[str, str]) -> Answer:
        return self._restored(self.records.restore(restore_id))

    def _restore_of(self, snapshot_id: str, _: dict[str, str]) -> Answer:
        return self._restored(self.records.latest_restore(snapshot_id))

    def _restored(self, found: Restore | None) -> Answer:
        if found is None:
            return Answer(404)
        return Answer(
            200,
            {
                "restoreId": found.id,
                "snapshotId": found.snapshot,
                "status": self.shown(found.status),
                "startDate": _milliseconds(found.started),
                "endDate": _milliseconds(found.ended),
                "expirationDate": _milliseconds(found.expires),
                "statusText": f"{_STATUS_TEXTS.get(found.status, '')} on: {java_date(found.entered)}",
                "destinationHost": self._world.profile.host,
                "destinationPort": PORT,
                "destinationStoreId": self._call.store.id,
                "destinationSpaceId": found.space,
            },
        )


def _page(query: dict[str, str]) -> tuple[int, int]:
    """Number and size; a size out of range is the largest. Raises ValueError."""
    size = int(query.get("pageSize") or LARGEST_PAGE)
    return int(query.get("page") or 0), size if 1 <= size <= LARGEST_PAGE else LARGEST_PAGE


def _converting(answer: Get, row_id: str, query: dict[str, str]) -> Answer:
    """A parameter that is no number is not found, says JAX-RS."""
    try:
        return answer(row_id, query)
    except ValueError:
        return Answer(404)


def _milliseconds(moment: float | None) -> int | None:
    """Whole seconds are all that the bridge's database keeps (protocol §17)."""
    return None if moment is None else int(moment) * 1000
