"""The one seam to the wire: login, time limits, repeats of reads, errors, log. Writes go out once."""

import asyncio
import random
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import httpx

from durastore_tui.api.mapping import refusal
from durastore_tui.api.reply import Reply
from durastore_tui.api.request_log import Request, RequestLog
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput, DuraStoreError, Lost, Malformed, Unreachable
from durastore_tui.core.redact import redact
from durastore_tui.core.urls import address

Query = Mapping[str, str | int | None]

MOST_BYTES = 32 * 1024 * 1024
WAITS = (0.3, 1.0)
CONNECT_WITHIN = 10.0
PASSING_STATUSES = frozenset({429, 502, 503, 504})
NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
    httpx.InvalidURL,
)


@dataclass(frozen=True, slots=True)
class _Call:
    """One thing to ask, however many attempts it takes; `within` seconds each."""

    method: str
    path: str
    query: Query
    headers: Mapping[str, str]
    body: bytes | None
    within: float
    write: bool = False

    @property
    def asked(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def task(self) -> str | None:
        return self.path.removeprefix("/task/") if self.path.startswith("/task/") else None


@dataclass(slots=True)
class _Heard:
    """How much of an answer has come."""

    status: int | None = None
    body: bytearray = field(default_factory=bytearray)


class _Passing(Exception):
    """Wraps an error that may be gone when a read is asked again."""

    def __init__(self, error: DuraStoreError) -> None:
        super().__init__()
        self.error = error


class _TooLarge(Exception):
    """More bytes than anybody wants to hold."""


@lru_cache(maxsize=4)
def tls_context(ca_file: Path | None, trust_env: bool) -> ssl.SSLContext:
    """Verifying context: the usual authorities, and the own one when given; raises BadInput."""
    context = httpx.create_ssl_context(trust_env=trust_env)
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:  # ssl.SSLError is one
            raise BadInput("ca_file", f"{ca_file} is no readable certificate file: {error.strerror}") from None
    return context


class Transport:
    """Talks to one endpoint with one login, on one event loop. Nothing is opened before the first call."""

    def __init__(
        self,
        endpoint: Endpoint,
        log: RequestLog,
        clock: Clock,
        *,
        chance: Callable[[], float] = random.random,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        """Raises BadInput when the endpoint's address may not be asked; `chance` spreads the waits (0 to 1)."""
        endpoint.check()
        self.endpoint = endpoint
        self.log = log
        self._clock = clock
        self._chance = chance
        self._most_bytes = most_bytes
        self._opening = asyncio.Lock()
        self._reader: httpx.AsyncClient | None = None
        self._writer: httpx.AsyncClient | None = None

    async def read(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        within: float | None = None,
    ) -> Reply:
        """GET or HEAD, asked again after a passing failure; raises DuraStoreError."""
        return await self._repeated(self._call(method, path, query, headers, None, within))

    async def ask(self, path: str, query: Query | None = None, body: bytes = b"", within: float | None = None) -> Reply:
        """POST of a task that only looks, repeated like a read; raises DuraStoreError."""
        return await self._repeated(self._call("POST", path, query, None, body, within))

    async def send(
        self, path: str, query: Query | None = None, body: bytes = b"", within: float | None = None
    ) -> Reply:
        """POST that changes the server, sent once; raises DuraStoreError, Lost when no answer came."""
        try:
            return await self._exchange(self._call("POST", path, query, None, body, within, write=True))
        except _Passing as passing:
            raise passing.error from None

    async def aclose(self) -> None:
        """Closes every connection."""
        for client in (self._reader, self._writer):
            if client is not None:
                await client.aclose()
        self._reader = self._writer = None

    def _call(
        self,
        method: str,
        path: str,
        query: Query | None,
        headers: Mapping[str, str] | None,
        body: bytes | None,
        within: float | None,
        write: bool = False,
    ) -> _Call:
        return _Call(method, path, query or {}, headers or {}, body, within or self.endpoint.timeout, write)
