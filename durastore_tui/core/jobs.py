"""Changes that take time: their states, and the one table of how these follow each other (design §5)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """Each is a word that claims no more than we know."""

    SENT = "sent"
    ACCEPTED = "accepted"
    SETTLING = "settling"
    SEEN = "seen"
    LATE = "late"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    LOST = "lost"


class JobKind(StrEnum):
    """What was asked for."""

    ENABLE = "enable"
    DISABLE = "disable"
    DELETE = "delete"
    SWITCH = "switch"
    POLICY = "policy"
    THAW = "thaw"
    SNAPSHOT = "snapshot"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One look at the outside world: when (UTC), at what (`name`, `tcp`, `tls`, `http`, `space`), and what it said."""

    at: datetime
    step: str
    result: str


@dataclass(frozen=True, slots=True)
class Job:
    """One change under way or over. `space` and `target` (item, snapshot or None) are exact ids."""

    id: str
    profile: str
    store: str
    kind: JobKind
    family: str | None
    space: str
    target: str | None
    state: JobState
    since: datetime
    updated: datetime
    words: str
    evidence: tuple[Evidence, ...] = ()
    streaming_type: str | None = None
    host: str | None = None
    usual: float | None = None
    most: float | None = None
    attempts: int = 0

    @property
    def open(self) -> bool:
        """Whether it still excludes another change of the same thing."""
        return self.state not in (JobState.SEEN, JobState.REFUSED)
