"""How far a process has come: a pure function of what was recorded, the clock's now and its speed."""

from dataclasses import dataclass
from math import inf

from durastore_tui.sandbox.clock import Clock

HOUR, DAY = 3_600.0, 86_400.0

Phases = tuple[tuple[str, float], ...]
"""Statuses in order, each with how long it lasts (seconds of process time, before speed)."""

SNAPSHOT_PHASES: Phases = (
    ("INITIALIZED", HOUR / 6),
    ("TRANSFERRING_FROM_DURACLOUD", 2 * HOUR),
    ("REPLICATING_TO_STORAGE", DAY),
    ("CLEANING_UP", DAY),
    ("SNAPSHOT_COMPLETE", inf),
)
RESTORE_PHASES: Phases = (
    ("RETRIEVING_FROM_STORAGE", HOUR),
    ("STORAGE_RETRIEVAL_COMPLETE", HOUR),
    ("VERIFYING_RETRIEVED_CONTENT", HOUR),
    ("VERIFYING_SNAPSHOT_REPO_AGAINST_MANIFEST", HOUR),
    ("TRANSFERRING_TO_DURACLOUD", HOUR),
    ("TRANSFER_TO_DURACLOUD_COMPLETE", HOUR),
    ("VERIFYING_TRANSFERRED_CONTENT", HOUR),
    ("RESTORATION_COMPLETE", inf),
)


@dataclass(frozen=True)
class Course:
    """`since` is epoch seconds; `ahead` the process time that was already behind it then.

    With `halts_as` it stops at `halts_at` and stays in that status.
    """

    since: float
    ahead: float = 0.0
    halts_at: float | None = None
    halts_as: str | None = None

    def done(self, clock: Clock) -> float:
        """Process time until now, in seconds."""
        passed = self.ahead + (clock.now() - self.since) * clock.speed
        return passed if self.halts_at is None else min(passed, self.halts_at)

    def moment(self, process_time: float, clock: Clock) -> float:
        """When it was or will be so far, in epoch seconds."""
        return self.since + clock.lasting(process_time - self.ahead)

    def reached(self, phases: Phases, clock: Clock) -> list[tuple[str, float]]:
        """Every status that it has entered by now, with the process time of entering."""
        done, entered, entries = self.done(clock), 0.0, []
        for status, lasts in phases:
            entries.append((status, entered))
            entered += lasts
            if self.halts_at is not None and entered > self.halts_at:
                break
            if entered > done:
                return entries
        halted = self.halts_as is not None and self.halts_at is not None and done >= self.halts_at
        if halted and self.halts_as != entries[-1][0]:
            entries.append((self.halts_as or "", self.halts_at or 0.0))
        return entries


def begins(phases: Phases, wanted: str) -> float:
    """The process time at which a status is entered."""
    entered = 0.0
    for status, lasts in phases:
        if status == wanted:
            return entered
        entered += lasts
    raise KeyError(wanted)
