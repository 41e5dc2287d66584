"""The stand-in's one clock: real time plus what was advanced; processes may run faster than it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """`now()` is epoch seconds, UTC. `speed` divides durations of processes and never moves `now()`."""

    def __init__(self, speed: float = 1.0, source: Callable[[], float] = time.time) -> None:
        self.speed = speed
        self.offset = 0.0
        self._source = source

    def now(self) -> float:
        return self._source() + self.offset

    def advance(self, seconds: float) -> None:
        self.offset += seconds

    def lasting(self, seconds: float) -> float:
        """How long a process of so many seconds takes at this speed."""
        return seconds / self.speed

    def ended(self, started: float, seconds: float) -> bool:
        """Whether a process of so many seconds (unscaled), begun at `started`, is over."""
        return self.now() >= started + self.lasting(seconds)


def iso(moment: float) -> str:
    """As spaces and content show times: no zone (protocol §3.3)."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%S")
