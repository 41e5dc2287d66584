"""Time and sleep as something handed in, so that tests and the demo can hold them."""

import asyncio
import time
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
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


SHOWN_AFTER = 5
"""Seconds; most answers come within one."""


def waiting_words(since: datetime | None, now: datetime) -> str:
    """The words for a wait that began at `since`, as in `waiting for DuraCloud, 34 s`; empty for a short one."""
    seconds = int((now - since).total_seconds()) if since else 0
    return f"waiting for DuraCloud, {seconds} s" if seconds >= SHOWN_AFTER else ""


MOST_APART = timedelta(minutes=2)
"""Smaller differences are ignored: they can come from network delay."""
NONE = timedelta()


def difference(date: str, age: str, at: datetime) -> timedelta | None:
    """How far the server is ahead of us, negative when behind; zero up to two minutes. None when `date` says no time.

    `date` and `age` are headers of an answer that came at `at`: a cache may have kept it for `age` seconds.
    """
    try:
        said = parsedate_to_datetime(date)
        kept = timedelta(seconds=int(age)) if age.isascii() and age.isdigit() else NONE
        ahead = (said if said.tzinfo else said.replace(tzinfo=UTC)) + kept - at
    except (ValueError, OverflowError):
        return None
    return ahead if abs(ahead) > MOST_APART else NONE


def in_words(ahead: timedelta) -> str:
    """As in "server clock 30 days ahead"; nothing when there is no difference."""
    if not ahead:
        return ""
    minutes = round(abs(ahead).total_seconds() / 60)
    unit, length = next(each for each in (("day", 1440), ("hour", 60), ("minute", 1)) if minutes >= 2 * each[1])
    return f"server clock {minutes // length} {unit}s {'ahead' if ahead > NONE else 'behind'}"
