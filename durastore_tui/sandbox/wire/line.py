"""What ASGI hides: the reason phrase, and the line itself. Leans on uvicorn's h11 protocol."""

from asyncio import AbstractEventLoop
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState


class _Connection(h11.Connection):
    """Writes no reason phrase, as Tomcat does (protocol §17)."""

    def send_with_data_passthrough(self, event: h11.Event) -> list[bytes] | None:
        if isinstance(event, h11.Response):
            event = h11.Response(status_code=event.status_code, headers=list(event.headers.raw_items()), reason=b"")
        return super().send_with_data_passthrough(event)


class TomcatProtocol(H11Protocol):
    """HTTP/1.1 as Tomcat speaks it."""

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
