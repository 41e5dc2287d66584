"""Real time that runs faster, and alike in every process that is given the same beginning."""

import asyncio
import time
from datetime import UTC, datetime


class FastClock:
    """`speed` seconds go by in each real one since `began` (epoch seconds)."""

    def __init__(self, speed: float, began: float) -> None:
        self._speed = speed
        self._began = began

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._began + (time.time() - self._began) * self._speed, UTC)

    def monotonic(self) -> float:
        return time.monotonic() * self._speed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._speed)
