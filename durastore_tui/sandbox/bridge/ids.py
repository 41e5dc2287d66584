"""Snapshot ids, taken apart as the server does, with its traps (protocol §8.2)."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_SPACE_ID = 42


class MissingPart(Exception):
    """Fewer than four parts; the message is Java's."""


class UnparsableDate(Exception):
    """The fourth part is no date; the message is Java's."""


@dataclass(frozen=True)
class SnapshotId:
    """`timestamp` is epoch seconds, UTC."""

    account: str
    store: str
    space: str
    timestamp: float

    def __str__(self) -> str:
        return f"{self.account}_{self.store}_{self.space}_{stamp(self.timestamp)}"

    @property
    def restore_space(self) -> str:
        return f"{self.space}-{stamp(self.timestamp)}"[:LONGEST_SPACE_ID].removesuffix("-")


def stamp(moment: float) -> str:
    """Epoch seconds as ids show them."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d-%H-%M-%S")


def parse_snapshot_id(text: str) -> SnapshotId:
    """Raises MissingPart or UnparsableDate; parts after the fourth are ignored."""
    parts = text.rstrip("_").split("_") if text.strip("_") else []
    if len(parts) < 4:
        raise MissingPart(f"Index 3 out of bounds for length {len(parts)}")
    return SnapshotId(parts[0], parts[1], parts[2], _timestamp(parts[3]))


def _timestamp(part: str) -> float:
    found = re.match(r"(\d+)-(\d+)-(\d+)-(\d+)-(\d+)-(\d+)", part)
    unparsable = UnparsableDate(f'Unparseable date: "{part}"')
    if found is None:
        raise unparsable
    year, month, day, hour, minute, second = map(int, found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        raise unparsable from None
