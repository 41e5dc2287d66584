"""Whether a server may be changed from here, and for how long."""

import re
from datetime import timedelta

from durastore_tui.core.clock import Clock
from durastore_tui.core.errors import BadInput

USUAL, LONGEST = timedelta(minutes=15), timedelta(hours=8)
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "": "minutes"}


def duration(text: str) -> timedelta:
    """As in `15m`, `90s`, `1h` or a number of minutes; nothing is 15 minutes. At most 8 hours; raises BadInput."""
    if not text.strip():
        return USUAL
    read = re.fullmatch(r"\s*(\d{1,6})\s*([smh]?)\s*", text, re.ASCII)
    span = timedelta(**{UNITS[read[2]]: int(read[1])}) if read else timedelta()
    if not timedelta() < span <= LONGEST:
        raise BadInput("duration", f"{text.strip()} is no time for a write window: say 15m, 90s or 1h, at most 8h.")
    return span


class WriteWindow:
    """Open or shut; on a read-only server open for a time, which no set clock changes. May be asked from any thread."""

    def __init__(self, clock: Clock, *, read_only: bool) -> None:
        self._clock = clock
        self._read_only = read_only
        self._until: float | None = None

    @property
    def shut(self) -> bool:
        """Whether nothing may be changed now."""
        return self._read_only and not self.left

    @property
    def left(self) -> timedelta | None:
        """How long it is still open, None when it is not open for a time."""
        until = self._until
        left = timedelta() if until is None else timedelta(seconds=until - self._clock.monotonic())
        return left if left > timedelta() else None

    def open_for(self, span: timedelta) -> None:
        """From now on; afterwards it is shut by itself."""
        self._read_only, self._until = True, self._clock.monotonic() + span.total_seconds()

    def shut_now(self) -> None:
        """Read-only from now on."""
        self._read_only, self._until = True, None
