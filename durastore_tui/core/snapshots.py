"""Ids and history of snapshots, taken apart as the server and its bridge put them together (protocol §8.2, §8.4)."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

_STAMP = "%Y-%m-%d-%H-%M-%S"
_LONGEST_SPACE = 42

Facts = tuple[tuple[str, str | tuple[str, ...] | None], ...]


@dataclass(frozen=True, slots=True)
class SnapshotId:
    """What a snapshot id says. `taken` is in the server's zone, normally UTC. Restore ids have the same form."""

    account: str
    store: str
    space: str
    taken: datetime

    def __str__(self) -> str:
        return f"{self.account}_{self.store}_{self.space}_{self.taken.strftime(_STAMP)}"

    @property
    def uncut_restore_space(self) -> str:
        """What the restore's space would be called if names could be longer."""
        return f"{self.space}-{self.taken.strftime(_STAMP)}"

    @property
    def restore_space(self) -> str:
        """The space that a restore will make: cut to 42 characters, so that long names can collide."""
        return self.uncut_restore_space[:_LONGEST_SPACE].removesuffix("-")


def taken_apart(snapshot_id: str) -> SnapshotId | None:
    """The parts as the server finds them, None where it fails: underscores in a part break it, more parts do not."""
    account, store, space, stamp, *_ = (*snapshot_id.split("_"), "", "", "", "")
    try:
        return SnapshotId(account, store, space, datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC))
    except ValueError:
        return None


def facts(event: str) -> Facts | None:
    """Names and values of a history event in the bridge's form, None for any other text: that is shown as it is."""
    text = event if '"' in event else event.replace("'", '"')
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return None
    pairs = tuple((name, _value(value)) for each in found for name, value in each.items())
    return pairs if pairs and None not in (value for _, value in pairs) else None


def _value(value: object) -> str | tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    return value if isinstance(value, str) else None
