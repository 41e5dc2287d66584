"""What jobs ask of a server and of the edge."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Protocol, TypeVar

from durastore_tui.api import content, spaces, tasks
from durastore_tui.api.request_log import RequestLog
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.api.tasks import TaskReply
from durastore_tui.api.transport import Transport
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import Conflict, Malformed, Missing, Unauthorized
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.prober import Probe, Prober

Answer = TypeVar("Answer")

FIRST_SECONDS = 2.0
"""How long others wait for the answer to the first request with a login."""


class Server(Protocol):
    """Each raises the error tree. `write` sends once."""

    async def write(self, store: str, request: Request) -> TaskReply: ...

    async def ask(self, store: str, task: Task, values: Mapping[str, Value]) -> object | None:
        """The reply of a task that only looks."""

    async def space(self, store: str, space: str) -> SpaceProperties: ...

    async def find(self, store: str, space: str, item: str) -> None:
        """Raises Missing when the item is not there."""

    async def readable(self, store: str, space: str, item: str) -> bool | None:
        """Whether one byte of it can be read: an archived item answers 409. None for an empty item, by its HEAD."""

    async def close(self) -> None: ...


class Asker(Protocol):
    """Asks a streaming host."""

    async def probe(self, host: str) -> Probe: ...


@dataclass(frozen=True, slots=True)
class Line:
    """The two that a profile's jobs are told by."""

    server: Server
    edge: Asker


class ApiServer:
    """The real server, through a transport of the jobs' own. The first request with a login goes alone, and where one
    is answered by 401 none follows: many jobs must not lock an account whose password was changed."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._tried = asyncio.Event()
        self._trying = self._is_tried = False
        self._refused: Unauthorized | None = None
        self._sizes: dict[tuple[str, str, str], int | None] = {}

    async def write(self, store: str, request: Request) -> TaskReply:
        return await self._in_turn(lambda: tasks.send(self._transport, store, request.task, request.body))

    async def ask(self, store: str, task: Task, values: Mapping[str, Value]) -> object | None:
        try:
            return (await self._in_turn(lambda: tasks.run(self._transport, store, task, values))).value
        except Missing as error:
            # DuraStore answers no task with 404, but a proxy may (protocol §6.1).
            if error.status == HTTPStatus.NOT_FOUND:
                raise Malformed(error.asked, error.status, error.words) from None
            raise

    async def space(self, store: str, space: str) -> SpaceProperties:
        return await self._in_turn(lambda: spaces.properties(self._transport, store, space))

    async def find(self, store: str, space: str, item: str) -> None:
        properties = await self._in_turn(lambda: content.head(self._transport, store, space, item))
        self._sizes[store, space, item] = properties.size

    async def readable(self, store: str, space: str, item: str) -> bool | None:
        if (store, space, item) not in self._sizes:
            await self.find(store, space, item)
        if self._sizes[store, space, item] == 0:
            return None
        try:
            await self._in_turn(partial(content.read_first_byte, self._transport, store, space, item))
        except Conflict:
            return False
        return True

    async def _in_turn(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Send the first request alone for a moment: a wrong login is rejected at once. Then send the others."""
        if self._is_tried or self._trying:
            if not self._is_tried:
                with suppress(TimeoutError):
                    async with asyncio.timeout(FIRST_SECONDS):
                        await self._tried.wait()
            return await self._unless_refused(ask)
        self._trying = True
        try:
            return await self._unless_refused(ask)
        finally:
            self._is_tried = True
            self._tried.set()

    async def _unless_refused(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        if self._refused:
            raise self._refused
        try:
            return await ask()
        except Unauthorized as refused:
            self._refused = refused
            raise

    async def close(self) -> None:
        await self._transport.aclose()


def connect(endpoint: Endpoint, clock: Clock, log: RequestLog | None = None) -> Line:
    """A line to a real server; nothing is asked yet. `log` hears of every request, on the runner's thread."""
    return Line(ApiServer(Transport(endpoint, log or RequestLog(), clock)), Prober(clock, endpoint.ca_file))
