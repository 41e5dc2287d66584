"""Time and sleep as something handed in, so that tests and the demo can hold them."""

import asyncio
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")


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


async def within(clock: Clock, seconds: float, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of the work; raises TimeoutError, and cancels the work, once `seconds` have passed on the clock."""
    working = asyncio.ensure_future(work)
    limits = []
    try:
        await asyncio.sleep(0)  # most work is done at once, and needs no limit
        if not working.done():
            limits = [asyncio.ensure_future(clock.sleep(seconds))]
            await asyncio.wait({working, *limits}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise TimeoutError
        return working.result()
    finally:
        for each in (working, *limits):
            each.cancel()
        await asyncio.gather(working, *limits, return_exceptions=True)
