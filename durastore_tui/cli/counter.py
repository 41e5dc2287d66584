"""How far a long read has come, on one line of a terminal."""

from datetime import datetime, timedelta
from typing import TextIO

from durastore_tui.core.clock import Clock

FIRST_AFTER = timedelta(seconds=1)
BETWEEN = timedelta(seconds=0.2)


class Counter:
    """Counts what was read, as in `12,000 rows`. Draws over its own line; without a screen it draws nothing."""

    def __init__(self, screen: TextIO | None, clock: Clock, unit: str = "rows") -> None:
        self._screen = screen
        self._clock = clock
        self._unit = unit
        self._drawn = False
        self._due = clock.now() + FIRST_AFTER
        self.count = 0

    def add(self, number: int = 1) -> None:
        """So many more were read."""
        self.set(self.count + number)

    def set(self, count: int) -> None:
        """So many were read in all."""
        self.count = count
        if self._screen is None:
            return
        now = self._clock.now()
        if now >= self._due or self._due - now > FIRST_AFTER:  # the second: the clock was set back
            self._draw(f"\r{self.count:,} {self._unit}\x1b[K", now)

    def clear(self) -> None:
        """Take the line away, before anything else is printed."""
        if self._drawn:
            self._draw("\r\x1b[K", self._clock.now())
            self._drawn = False

    def _draw(self, text: str, now: datetime) -> None:
        if self._screen is not None:
            self._screen.write(text)
            self._screen.flush()
            self._drawn, self._due = True, now + BETWEEN
