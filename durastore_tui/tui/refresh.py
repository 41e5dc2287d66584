"""When a place asks the server again by itself: every so often, and more seldom the longer it fails."""

from datetime import datetime, timedelta
from typing import Any

from durastore_tui.core.errors import ReadCancelled, Unauthorized
from durastore_tui.core.resource import Failed, Ready, Resource, Stale

EVERY = timedelta(seconds=30)
MOST = timedelta(minutes=5)
"""However long it fails."""


class Refresh:
    """What one place remembers of its failures; `every` is None where nothing is asked by itself."""

    def __init__(self) -> None:
        self._tries = 0
        self._tried_at: datetime | None = None

    def period(self, every: timedelta) -> timedelta:
        """Time between two tries as things stand."""
        return max(every, min(every * 2**self._tries, MOST)) if self._tries else every

    def put_off(self, now: datetime) -> None:
        """Counts the time to the next try from now: the user cancelled the last one."""
        self._tried_at = now

    def due(self, every: timedelta | None, shown: Resource[Any], now: datetime) -> bool:
        """Whether it is time; a refresh that runs is waited for, and a login or a right that lacks, and a read that the
        user cancelled, is not asked for again. True counts as a try."""
        match shown:
            case Ready(_, at):
                self._tries, since = 0, max(at, self._tried_at or at)
            case Stale(_, _, Unauthorized() | ReadCancelled() | None) | Failed(Unauthorized() | ReadCancelled(), _):
                return False
            case Stale() | Failed():
                self._tries, since = max(1, self._tries), self._tried_at or now
                self._tried_at = since
            case _:
                return False
        if every is None or now - since < self.period(every):
            return False
        self._tried_at, self._tries = now, min(self._tries + 1, 10) if self._tries else 0
        return True
