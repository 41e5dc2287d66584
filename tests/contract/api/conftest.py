"""What every test of the wire needs: a clock that waits for nobody, and transports that get closed."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.transport import Transport
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.secret import Secret


class StillClock:
    """A second goes by at each look; sleeps are written down, not slept."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 2, tzinfo=UTC)
        self.slept: list[float] = []

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time

    def monotonic(self) -> float:
        return self.time.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


PASSWORD = "open sesame"
Connect = Callable[..., Transport]


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def log() -> RequestLog:
    return RequestLog()


@pytest.fixture
async def connect(clock: StillClock, log: RequestLog) -> AsyncIterator[Connect]:
    """Makes a transport to an address, as root with a password worth hiding."""
    opened: list[Transport] = []

    def connected(
        url: str,
        timeout: float = 10,
        most_bytes: int = 1_000_000,
        user: str = "root",
        password: str = PASSWORD,
        ca_file: Path | None = None,
    ) -> Transport:
        endpoint = Endpoint(url, user, Secret(password), ca_file=ca_file, timeout=timeout)
        transport = Transport(endpoint, log, clock, chance=lambda: 0.5, most_bytes=most_bytes)
        opened.append(transport)
        return transport

    yield connected
    for transport in opened:
        await transport.aclose()
