"""What ASGI hides: the case of header names, and the line itself. Leans on uvicorn's h11 protocol."""

from asyncio import AbstractEventLoop
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

Names = list[tuple[bytes, bytes]]


class _Connection(h11.Connection):
    """Keeps the headers of the latest request as they were written."""

    headers: Names = []  # noqa: RUF012 - replaced, never changed

    def next_event(self) -> Any:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self.headers = event.headers.raw_items()
        return event


class CasePreservingProtocol(H11Protocol):
    """HTTP/1.1 whose requests can be asked for their headers' own spelling."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = _Connection(h11.SERVER, 256 * 1024)


class Line:
    """The connection below one request."""

    def __init__(self, receive: Any) -> None:
        self._receive = receive
        self._cycle: RequestResponseCycle = receive.__self__

    @property
    def headers(self) -> Names:
        connection = self._cycle.conn
        return connection.headers if isinstance(connection, _Connection) else []

    @property
    def gone(self) -> bool:
        """Whether the client has left."""
        return self._cycle.disconnected

    async def until_gone(self) -> None:
        """Once the body was read, the next thing to receive is that the client left."""
        await self._receive()

    def cut(self) -> None:
        self._cycle.transport.abort()

    def write_and_close(self, data: bytes) -> None:
        """Past HTTP, for answers that break its rules."""
        self._cycle.transport.write(data)
        self._cycle.transport.close()
