"""Storage statistics, counted once a night (protocol §10.1); for administrators."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from durastore_tui.api.reply import Reply, document
from durastore_tui.api.transport import Query, Transport
from durastore_tui.core.urls import space_path

MIDNIGHT = datetime.min.time()


@dataclass(frozen=True, slots=True)
class Sample:
    """How much there was on a day (UTC), in bytes and items; of a longer stretch, the average from that day on."""

    day: date
    bytes: int
    items: int
    space: str | None = None


@dataclass(frozen=True, slots=True)
class Night:
    """Every space that a night counted, by id; `day` is None when none of the last ones counted anything."""

    day: date | None = None
    spaces: Mapping[str, Sample] = field(default_factory=dict)


async def store_on(transport: Transport, store: str, day: date) -> tuple[Sample, ...]:
    """Every space of the store as that night counted it; nothing when it did not. Raises DuraStoreError."""
    return await _samples(await transport.read("GET", f"/report/store/{_moment(day)}", {"storeID": store}))


async def space_since(transport: Transport, store: str, space: str, begin: date, group_by: str) -> tuple[Sample, ...]:
    """The space over time, oldest first, by `day`, `week` or `month`; raises DuraStoreError."""
    return await _series(transport, f"/report/space{space_path(space)}", store, begin, group_by)


async def store_since(transport: Transport, store: str, begin: date, group_by: str) -> tuple[Sample, ...]:
    """The whole store over time, with spaces that are deleted by now; oldest first, by `day`, `week` or `month`.
    Raises DuraStoreError."""
    return await _series(transport, "/report/store", store, begin, group_by)


async def _series(transport: Transport, path: str, store: str, begin: date, group_by: str) -> tuple[Sample, ...]:
    query: Query = {"storeID": store, "start": _moment(begin), "groupBy": group_by}
    found = await _samples(await transport.read("GET", path, query))
    return tuple(sorted(found, key=lambda sample: sample.day))  # unsorted before 8.2.0


def _moment(day: date) -> int:
    return round(datetime.combine(day, MIDNIGHT, UTC).timestamp() * 1000)


async def _samples(reply: Reply) -> tuple[Sample, ...]:
    return await asyncio.to_thread(_parsed, reply)


def _parsed(reply: Reply) -> tuple[Sample, ...]:
    rows = document(reply)
    if not isinstance(rows, list):
        raise reply.malformed("not a list of samples")
    try:
        return tuple(map(_sample, rows))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise reply.malformed(f"not in the documented form: {error!r}") from None


def _sample(row: dict[str, object]) -> Sample:
    at, size, items, space = row["timestamp"], row["byteCount"], row["objectCount"], row.get("spaceId")
    if not (isinstance(at, int) and isinstance(size, int) and isinstance(items, int)):
        raise ValueError("timestamp, byteCount and objectCount are numbers")
    return Sample(datetime.fromtimestamp(at / 1000, UTC).date(), size, items, None if space is None else str(space))
