"""Time and sleep as something handed in, so that tests and the demo can hold them."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Now in UTC, seconds that only ever grow, and a sleep in seconds."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


class WallClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Counts the time that the machine was suspended, where the system can."""
        suspended = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if suspended is None else time.clock_gettime(suspended)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
