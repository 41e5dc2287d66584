"""A server that answers as it is told: cut, dripped, endless, garbled. It is not the stand-in."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """One request as it came; header names lower-case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Misbehaving:
    """Answers the n-th request with the n-th answer, and the last one for ever after."""

    answers: tuple[Answer, ...]
    scheme: str = "http"
    requests: list[Heard] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    all_hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0
    open: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/durastore"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        try:
            while not writer.is_closing() and (heard := await _request(reader)):
                self.requests.append(heard)
                self.arrived.set()
                await self.answers[min(len(self.requests), len(self.answers)) - 1](writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
            self.open -= 1
            if not self.open:
                self.all_hung_up.set()


async def _request(reader: asyncio.StreamReader) -> Heard | None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.strip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return Heard(method, target, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> Answer:
    """A whole answer; with `length` more or fewer bytes are promised than come, and the line is cut."""

    async def write(writer: asyncio.StreamWriter) -> None:
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}", "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()
        if length is not None:
            writer.close()

    return write


def raw(*pieces: bytes) -> Answer:
    """Bytes as they are, then the line is cut."""

    async def write(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
        await writer.drain()
        writer.close()

    return write


def endless(head: bytes, again: bytes) -> Answer:
    """A beginning, and then the same bytes until nobody reads them."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(again)
            await writer.drain()
            await asyncio.sleep(0)

    return write


def stalled(beginning: bytes = b"") -> Answer:
    """A beginning, or nothing, and then silence until the other side hangs up."""

    async def write(writer: asyncio.StreamWriter) -> None:
        writer.write(beginning)
        await writer.drain()
        await asyncio.Event().wait()

    return write


@asynccontextmanager
async def misbehaving(*answers: Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[Misbehaving]:
    """The server on a free port of this machine, with everything it started ended afterwards."""
    server = Misbehaving(answers, "https" if tls else "http")
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        await server.serve(reader, writer)

    listener = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
