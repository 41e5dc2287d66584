"""What went over the wire, redacted, the newest few hundred."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from durastore_tui.core.redact import MASK

CUT = "…"
"""Ends a text of which only the beginning is kept."""

GIVEN_UP = "given up here before an answer came"


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt: when (UTC), what, how it ended (status None: no answer). All texts are redacted."""

    at: datetime
    method: str
    path: str
    status: int | None
    ms: float
    bytes: int
    task: str | None
    body: str
    words: str
    answer: str = ""

    @property
    def whole(self) -> bool:
        """Whether it could be sent again as it stands here: nothing of it was masked or cut."""
        return MASK not in self.path + self.body and not self.body.endswith(CUT)

    @property
    def given_up(self) -> bool:
        """Whether it was us who ended it, so that it says nothing of the server."""
        return self.words == GIVEN_UP


class RequestLog:
    """A ring of requests. Callbacks run on the thread that asked."""

    def __init__(self, keep: int = 500) -> None:
        self._requests: deque[tuple[int, Request]] = deque(maxlen=keep)
        self._numbers = count(1)
        self._listeners: list[Callable[[Request], None]] = []
        self._under_way: dict[object, datetime] = {}

    def __iter__(self) -> Iterator[Request]:
        return (request for _, request in self.numbered())

    def numbered(self) -> tuple[tuple[int, Request], ...]:
        """What is kept, oldest first; the numbers count every request since the start, from 1."""
        return tuple(self._requests)

    def add(self, request: Request) -> None:
        """Keeps it and tells everybody who subscribed."""
        self._requests.append((next(self._numbers), request))
        for listener in tuple(self._listeners):
            listener(request)

    @contextmanager
    def under_way(self, started: datetime) -> Iterator[None]:
        """Marks a request as not answered yet, its repeats included."""
        key = object()
        self._under_way[key] = started
        try:
            yield
        finally:
            del self._under_way[key]

    @property
    def waiting_since(self) -> datetime | None:
        """When the oldest request under way was started (UTC), None when there is none."""
        return min(tuple(self._under_way.values()), default=None)

    def subscribe(self, listener: Callable[[Request], None]) -> Callable[[], None]:
        """Calls `listener` for each request from now on; the result ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)
