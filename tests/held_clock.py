"""Time that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class HeldClock:
    """Begins at 2026-01-01; a sleep moves it and returns at once."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
