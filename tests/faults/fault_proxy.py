"""A byte-level proxy on a free port of this machine: it spoils the requests and answers that its rules name.

It runs on a thread of its own, so that programs of any kind can be behind it. Each connection carries one request.
"""

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

Spoil = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Fault:
    """What happens to a request.

    `spoil` turns the server's whole answer, head and body, into the bytes that the client gets before the line is cut.
    Without an answer of the server it gets none. `forwards` says whether the server gets the request first. A `held`
    answer is sent once `FaultProxy.release` is called, or never.
    """

    name: str
    spoil: Spoil = lambda answer: answer
    forwards: bool = False
    held: bool = False


@dataclass(frozen=True)
class Rule:
    """Spoils requests of this method whose path, below the world and without its query, matches the whole pattern.

    `nth` is the number of the one matching request that is spoiled, from 1; None spoils all. With `after` only requests
    match that come after one whose path is this.
    """

    fault: Fault
    method: str = ".*"
    path: str = ".*"
    nth: int | None = None
    after: str | None = None

    def covers(self, method: str, path: str) -> bool:
        return bool(re.fullmatch(self.method, method) and re.fullmatch(self.path, path))


@dataclass(frozen=True)
class Exchange:
    """One request as it came; `status` is that of the server's own answer, None where it got no request."""

    method: str
    path: str
    body: bytes
    status: int | None = None
    fault: str | None = None


@dataclass(repr=False)
class FaultProxy:
    """`exchanges` has every request that came, in the order of their ends."""

    to_url: str
    port: int = 0
    rules: Sequence[Rule] = ()
    exchanges: list[Exchange] = field(default_factory=list)
    holds: threading.Event = field(default_factory=threading.Event)
    """Set once an answer is held."""
    _seen: Counter[Rule] = field(default_factory=Counter)
    _released: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None

    def behind(self, url: str) -> str:
        """The address of the proxy that leads to this URL of the server."""
        return urlsplit(url)._replace(netloc=f"127.0.0.1:{self.port}").geturl()

    def begin(self, *rules: Rule) -> None:
        """Start to count anew, with these rules; the first that covers a request decides."""
        self.exchanges.clear()
        self._seen.clear()
        self.holds.clear()
        self._released = asyncio.Event()
        self.rules = rules

    def release(self) -> None:
        """Send the answers that are held."""
        assert self._loop
        self._loop.call_soon_threadsafe(self._released.set)

    def received(self, task: str) -> int:
        """How often a program sent the task."""
        return sum(each.method == "POST" and each.path == f"/task/{task}" for each in self.exchanges)

    def executed(self, task: str) -> int:
        """How often the server executed it."""
        return sum(each.path == f"/task/{task}" and each.status == 200 for each in self.exchanges)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request and its answer."""
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(_length(head))
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        path = _below_the_world(target)
        fault = self._fault(method, path)
        answer = await self._answer(head, body) if fault is None or fault.forwards else b""
        status = int(answer.split(b" ", 2)[1]) if answer else None
        self.exchanges.append(Exchange(method, path, body, status, fault.name if fault else None))
        if fault and fault.held:
            self.holds.set()
            await self._released.wait()
        writer.write(fault.spoil(answer) if fault else answer)
        await writer.drain()

    def _fault(self, method: str, path: str) -> Fault | None:
        for rule in self.rules:
            if rule.covers(method, path) and self._has_come(rule.after):
                self._seen[rule] += 1
                return rule.fault if rule.nth in (None, self._seen[rule]) else None
        return None

    def _has_come(self, path: str | None) -> bool:
        return path is None or any(each.path == path for each in self.exchanges)

    async def _answer(self, head: bytes, body: bytes) -> bytes:
        server = urlsplit(self.to_url)
        reader, writer = await asyncio.open_connection(server.hostname, server.port)
        try:
            writer.write(_once(head + body))
            return _once(await reader.read(-1))
        finally:
            writer.close()


Proxy = TypeVar("Proxy", bound=FaultProxy)


def _once(message: bytes) -> bytes:
    """The request or answer, which says that nothing more comes on its connection."""
    head, mark, body = message.partition(b"\r\n\r\n")
    first, *headers = head.split(b"\r\n")
    kept = [line for line in headers if not line.lower().startswith(b"connection:")]
    return b"\r\n".join((first, b"Connection: close", *kept)) + mark + body


def _length(head: bytes) -> int:
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return int(found[1]) if found else 0


def _below_the_world(target: str) -> str:
    return target.partition("?")[0].partition("/durastore")[2]


def fault_proxy(to_url: str) -> AbstractContextManager[FaultProxy]:
    """A proxy in front of this URL, ended afterwards with every connection."""
    return running(FaultProxy(to_url))


@contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    """Starts the proxy, and ends it afterwards with every connection."""
    ready, loop = threading.Event(), asyncio.new_event_loop()
    over = asyncio.Event()

    async def listen() -> None:
        tasks: set[asyncio.Task[None]] = set()

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            tasks.add(task)
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                await proxy.serve(reader, writer)
            writer.close()

        listener = await asyncio.start_server(connected, "127.0.0.1", 0)
        proxy.port = listener.sockets[0].getsockname()[1]
        ready.set()
        await over.wait()
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    proxy._loop = loop
    thread = threading.Thread(target=loop.run_until_complete, args=(listen(),))
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
        loop.close()
