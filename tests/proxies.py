"""Small proxies on free ports of this machine: HTTP with CONNECT, and SOCKS5. Every name leads to one server."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

REFUSED = 5


@dataclass
class LocalProxy:
    """`asked` holds the `host:port` of each connection that was asked for, and `logins` each login that came."""

    to_port: int
    status: str = "200 Connection established"
    reply: int = 0
    asked: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    port: int = 0

    async def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One CONNECT of an HTTP proxy, or one plain request whose address is absolute."""
        head = await reader.readuntil(b"\r\n\r\n")
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append(target)
        for line in head.decode().split("\r\n"):
            if line.lower().startswith("proxy-authorization: basic "):
                self.logins.append(base64.b64decode(line.split(" ")[2]).decode())
        if method != "CONNECT":
            await self._pass_on(reader, writer, head)
            return
        writer.write(f"HTTP/1.1 {self.status}\r\n\r\n".encode())
        if self.status.startswith("200"):
            await self._pass_on(reader, writer)

    async def socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One CONNECT of SOCKS5 (RFC 1928, RFC 1929)."""
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        writer.write(b"\x05\x02" if 2 in methods else b"\x05\x00")
        if 2 in methods:
            await reader.readexactly(1)
            user = await reader.readexactly((await reader.readexactly(1))[0])
            password = await reader.readexactly((await reader.readexactly(1))[0])
            self.logins.append(f"{user.decode()}:{password.decode()}")
            writer.write(b"\x01\x00")
        kind = (await reader.readexactly(4))[3]
        length = (await reader.readexactly(1))[0] if kind == 3 else {1: 4, 4: 16}[kind]
        host = await reader.readexactly(length)
        port = int.from_bytes(await reader.readexactly(2))
        self.asked.append(f"{host.decode() if kind == 3 else host.hex()}:{port}")
        writer.write(bytes((5, self.reply, 0, 1, 0, 0, 0, 0, 0, 0)))
        if not self.reply:
            await self._pass_on(reader, writer)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, first: bytes = b"") -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to_port)
        far_writer.write(first)
        try:
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        finally:
            far_writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def local_proxy(
    to_port: int, *, socks: bool = False, status: str = "200 OK", reply: int = 0, tls: ssl.SSLContext | None = None
) -> AsyncIterator[LocalProxy]:
    """The proxy, ended afterwards with everything that it passed on."""
    proxy = LocalProxy(to_port, status, reply)
    serve: Serve = proxy.socks if socks else proxy.connect
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, NotImplementedError):
            await serve(reader, writer)
        writer.close()

    listener = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
