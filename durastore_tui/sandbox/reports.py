"""The nightly storage statistics, computed: 24 months of daily samples with two step-ups and one clean-up (§10.1)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, pairwise

from durastore_tui.sandbox.spaces import Measured

DAY = 86_400
HISTORY_DAYS = 730
TAKEN_AT = 23.5 * 3_600
"""When the nightly job counts, in seconds of the day, UTC."""

_CURVE = ((0.0, 0.48), (0.30, 0.56), (0.31, 0.78), (0.60, 0.84), (0.61, 1.06), (0.85, 1.13), (0.86, 0.94), (1.0, 1.0))
"""Share of today's size, by age: 0 is the oldest sample, 1 the latest."""


@dataclass(frozen=True)
class Sample:
    """`day` counts from 1970-01-01."""

    day: int
    bytes: int
    objects: int

    @property
    def taken(self) -> float:
        return self.day * DAY + TAKEN_AT


def latest_day(now: float) -> int:
    """The last night that was counted."""
    return int((now - TAKEN_AT) // DAY)


def share(day: int, latest: int) -> float:
    """How much of today's size there was on a day."""
    place = 1 - (latest - day) / HISTORY_DAYS
    for (start, low), (stop, high) in pairwise(_CURVE):
        if place <= stop:
            return low + (high - low) * (place - start) / (stop - start)
    return 1.0


def samples(spaces: Iterable[Measured], now: float) -> Iterator[Sample]:
    """The daily sums over some spaces, oldest first; a space counts from the night after it was made."""
    latest = latest_day(now)
    coming = sorted((_first_day(space, latest), space.bytes, space.objects) for space in spaces)
    size = objects = counted = 0
    for day in range(coming[0][0] if coming else latest + 1, latest + 1):
        while counted < len(coming) and coming[counted][0] <= day:
            size, objects, counted = size + coming[counted][1], objects + coming[counted][2], counted + 1
        part = share(day, latest)
        yield Sample(day, int(size * part), int(objects * part))


def of_day(spaces: Iterable[Measured], day: int, now: float) -> Iterator[tuple[str, Sample]]:
    """Every space that was counted on a day, with its id."""
    latest = latest_day(now)
    part = share(day, latest)
    for space in spaces:
        if _first_day(space, latest) <= day <= latest:
            yield space.id, Sample(day, int(space.bytes * part), int(space.objects * part))


def _first_day(space: Measured, latest: int) -> int:
    return max(latest_day(space.created) + 1, latest - HISTORY_DAYS)


GROUPINGS: dict[str, Callable[[datetime], object]] = {
    "day": lambda date: date.date(),
    "week": lambda date: date.isocalendar()[:2],
    "month": lambda date: (date.year, date.month),
}


def grouped(found: Iterable[Sample], grouping: str) -> Iterator[Sample]:
    """Truncated averages; a bucket bears the day of its first sample."""

    def bucket(sample: Sample) -> object:
        return GROUPINGS[grouping](datetime.fromtimestamp(sample.taken, UTC))

    for _, members in groupby(found, bucket):
        inside = list(members)
        count = len(inside)
        size, objects = sum(one.bytes for one in inside), sum(one.objects for one in inside)
        yield Sample(inside[0].day, size // count, objects // count)
