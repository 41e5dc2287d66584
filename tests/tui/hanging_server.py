"""The stand-in behind a socket that leaves the requests of a test's choice without an answer."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.stand_in import StandIn

Hangs = Callable[[str], bool]


class HangingServer:
    """`hangs` says of "GET /spaces?storeID=51" whether it gets no answer; `waiting` and `hung_up` list those."""

    def __init__(self) -> None:
        self.stand_in = StandIn()
        self.hangs: Hangs = lambda request: False
        self.waiting: list[str] = []
        self.hung_up: list[str] = []
        self.port = 0
        self.context = self.stand_in.world().context

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.context}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(reader, writer):
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines) if name != "Host"]
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        body = await reader.readexactly(length)
        asked = f"{method} {target.removeprefix(self.context)}"
        if self.hangs(asked):
            self.waiting.append(asked)
            await reader.read(1)
            self.hung_up.append(asked)
            return False
        answer = self.stand_in.ask(method, target.removeprefix(self.context), None, body, headers)
        sent = [(name, value) for name, value in answer.headers if name.lower() not in ("content-length", "connection")]
        sent.append(("Content-Length", str(len(answer.body))))
        written = "".join(f"{name}: {value}\r\n" for name, value in sent)
        writer.write(f"HTTP/1.1 {answer.status} \r\n{written}\r\n".encode() + answer.body)
        return True


@asynccontextmanager
async def hanging_server() -> AsyncIterator[HangingServer]:
    """The server on a free port, with every connection closed afterwards."""
    server, tasks = HangingServer(), set[asyncio.Task[None]]()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        await server.serve(reader, writer)

    listener = await asyncio.start_server(connected, "127.0.0.1", 0)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
