"""Time that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class HeldClock:
    """Begins at 2026-01-01; a sleep moves it and returns at once."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)
        self.elapsed = 0.0

    def now(self) -> datetime:
        return self.time

    def monotonic(self) -> float:
        return self.elapsed

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.elapsed += seconds
        self.set_wrong(seconds)

    def set_wrong(self, seconds: float) -> None:
        """Somebody sets the clock forward, or back with a negative number; no time passes."""
        self.time += timedelta(seconds=seconds)
