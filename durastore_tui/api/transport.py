"""The one seam to the wire: login, time limits, repeats of reads, errors, log. Writes go out once."""

import asyncio
import random
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import Any

import httpx

from durastore_tui.api.clients import Clients, Closed, limits
from durastore_tui.api.decoding import Decoder, TooLarge, Undecodable
from durastore_tui.api.mapping import refusal
from durastore_tui.api.reply import Reply
from durastore_tui.api.request_log import CUT, GIVEN_UP, Request, RequestLog
from durastore_tui.api.tls import Tls, tls_failure, tls_of
from durastore_tui.api.words import is_html
from durastore_tui.core.clock import Clock, difference
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import (
    DuraStoreError,
    Malformed,
    NameUnknown,
    NoReply,
    ProxyFailed,
    Unreachable,
    Untrusted,
)
from durastore_tui.core.proxies import Proxy
from durastore_tui.core.redact import redact
from durastore_tui.core.urls import address

Query = Mapping[str, str | int | None]

MOST_BYTES = 32 * 1024 * 1024
MOST_BODY_KEPT = 4096
WORK_AT_ONCE, WORK_PER_PIECE = 1024 * 1024, 4096
"""Bytes of a body to handle before anything else gets its turn; a piece has a cost of its own, however small it is."""
WAITS = (0.3, 1.0)
"""Seconds before each further attempt of a read, unless the server names a time."""
MAX_RETRY_AFTER = 30.0
"""Seconds; a server that asks for a longer pause has its error shown at once."""
WITHIN = 60.0
"""Seconds for a read: the server itself fails after 20 to 51 s when its storage is down (protocol §17, row 28)."""
PASSING_STATUSES = frozenset({429, 502, 503, 504})
GAVE_UP_STATUSES = frozenset({408, 499})
"""4xx of a server or proxy that stopped waiting while the request may still have been carried out."""


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
    """How far an exchange has come."""

    sent: bool = False
    status: int | None = None
    body: bytearray = field(default_factory=bytearray)


class _Passing(Exception):
    """Wraps an error that may be gone when a read is retried, after `pause` seconds if the server named them."""

    def __init__(self, error: DuraStoreError, pause: float | None = None) -> None:
        super().__init__()
        self.error = error
        self.pause = pause


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
        self.tls: Tls | None = None
        """How the last answer was secured; None over plain http, and before there was one."""
        self.ahead = timedelta()
        """How far the server's clock is ahead of ours, by its last answer; see core.server_clock."""
        self._clock = clock
        self._chance = chance
        self._most_bytes = most_bytes
        self._clients = Clients(endpoint)

    async def read(
        self,
        method: str,
        path: str,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        within: float | None = None,
    ) -> Reply:
        """GET or HEAD, asked again after a passing failure; raises DuraStoreError."""
        with self.log.under_way(self._clock.now()):
            return await self._repeated(self._call(method, path, query, headers, None, within))

    async def ask(self, path: str, query: Query | None = None, body: bytes = b"", within: float | None = None) -> Reply:
        """POST of a task that only looks, repeated like a read; raises DuraStoreError."""
        with self.log.under_way(self._clock.now()):
            return await self._repeated(self._call("POST", path, query, None, body, within))

    async def send(
        self, path: str, query: Query | None = None, body: bytes = b"", within: float | None = None
    ) -> Reply:
        """POST that changes the server, sent once.

        Raises NoReply when it was sent and no answer came that rejects it. A 500 in DuraStore's own words is raised as
        it is: the task's declaration says what it proves.
        """
        try:
            with self.log.under_way(self._clock.now()):
                return await self._exchange(self._call("POST", path, query, None, body, within, write=True))
        except _Passing as passing:
            raise passing.error from None

    async def aclose(self, *, gently: bool = False) -> None:
        """As Clients.aclose."""
        await self._clients.aclose(gently=gently)

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
        # What a person asked for goes before what a request usually needs.
        seconds = self.endpoint.timeout or within or WITHIN
        return _Call(method, path, query or {}, headers or {}, body, seconds, write)

    async def _repeated(self, call: _Call) -> Reply:
        for wait in WAITS:
            try:
                return await self._exchange(call)
            except _Passing as passing:
                if passing.pause is not None and passing.pause > MAX_RETRY_AFTER:
                    raise passing.error from None
                pause = wait * (0.5 + self._chance()) if passing.pause is None else passing.pause
                await self._clock.sleep(pause)
        try:
            return await self._exchange(call)
        except _Passing as passing:
            raise passing.error from None

    async def _exchange(self, call: _Call) -> Reply:
        """One attempt, logged; raises DuraStoreError, or _Passing around one."""
        started, began = self._clock.now(), self._clock.monotonic()
        heard = _Heard()
        try:
            headers = await self._hear(call, heard)
            failure = _refused(call, heard, headers, started)
        except asyncio.CancelledError:
            self._keep(call, started, self._clock.monotonic() - began, heard, GIVEN_UP)
            raise
        except (OSError, httpx.HTTPError, httpx.InvalidURL, UnicodeError, TooLarge, Undecodable) as error:
            failure = _broken(call, heard, error, self._clients.proxy)
        cause = failure.error if isinstance(failure, _Passing) else failure
        self._keep(call, started, self._clock.monotonic() - began, heard, cause.words if cause else "")
        if failure:
            raise failure
        return Reply(call.asked, heard.status or 0, headers, bytes(heard.body))

    async def _hear(self, call: _Call, heard: _Heard) -> Mapping[str, str]:
        url = address(self.endpoint.url, call.path, call.query)

        async def under_way(event: str, info: Mapping[str, Any]) -> None:
            # A proxy is asked first, by CONNECT; that is not yet our request.
            if event == "http11.send_request_headers.started" and info["request"].method != b"CONNECT":
                heard.sent = True

        async with (
            self._clients.use(call.write, call.within) as client,
            client.stream(
                call.method,
                url,
                headers=call.headers,
                content=call.body,
                timeout=limits(call.within),
                extensions={"trace": under_way},
            ) as response,
        ):
            heard.status = response.status_code
            self.tls = tls_of(response)
            date, age = (response.headers.get(name, "") for name in ("date", "age"))
            if (ahead := difference(date, age, self._clock.now())) is not None:
                self.ahead = ahead
            await self._read_body(response, heard.body)
            return MappingProxyType(_text_headers(response))

    async def _read_body(self, response: httpx.Response, body: bytearray) -> None:
        """Appends the decoded body; lets other work and the time limit in every few milliseconds."""
        decoder = Decoder(response.headers.get("content-encoding", ""), self._most_bytes)
        work = 0
        async for chunk in response.aiter_raw():
            for piece in decoder.decode(chunk):
                body += piece
                work += len(piece) + WORK_PER_PIECE
                if work > WORK_AT_ONCE:
                    work = 0
                    await asyncio.sleep(0)
        decoder.finish()

    def _keep(self, call: _Call, started: datetime, seconds: float, heard: _Heard, words: str) -> None:
        self.log.add(
            Request(
                at=started,
                method=call.method,
                path=redact(address("", call.path, call.query)),
                status=heard.status,
                ms=seconds * 1000,
                bytes=len(heard.body),
                task=call.task,
                body=_kept(call.body or b""),
                words=redact(words),
                answer=_kept(heard.body),
            )
        )


def _kept(body: bytes | bytearray) -> str:
    return redact(body[:MOST_BODY_KEPT].decode(errors="replace")) + (CUT if len(body) > MOST_BODY_KEPT else "")


def _text_headers(response: httpx.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name = raw_name.decode("latin-1").lower()
        try:
            value = raw_value.decode()
        except UnicodeDecodeError:
            value = raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _refused(call: _Call, heard: _Heard, headers: Mapping[str, str], now: datetime) -> DuraStoreError | _Passing | None:
    status = heard.status or 0
    if 200 <= status < 300:
        return None
    error = refusal(call.asked, status, headers, bytes(heard.body))
    if not call.write:
        return _Passing(error, _pause(headers, now)) if status in PASSING_STATUSES else error
    rejects = 400 <= status < 500 and status not in GAVE_UP_STATUSES
    return error if rejects or _is_own_failure(heard, headers) else NoReply(error.asked, error.status, error.words)


def _pause(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds out of `Retry-After`, which holds them or an HTTP date; None where it is absent or garbled."""
    named = headers.get("retry-after", "").strip()
    if named.isascii() and named.isdigit():
        return float(named[:9])
    try:
        until = parsedate_to_datetime(named)
    except ValueError:
        return None
    # The date is by the server's clock, which `Date` shows.
    with suppress(ValueError):
        now = parsedate_to_datetime(headers.get("date", ""))
    return max(0.0, (_aware(until) - _aware(now)).total_seconds())


def _aware(time: datetime) -> datetime:
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _is_own_failure(heard: _Heard, headers: Mapping[str, str]) -> bool:
    """Whether this is DuraStore's 500: its body is text, that of a container or proxy is a web page or empty."""
    content_type = headers.get("content-type", "")
    return heard.status == 500 and bool(heard.body.strip()) and not is_html(content_type, bytes(heard.body))


def _broken(call: _Call, heard: _Heard, error: Exception, proxy: Proxy | None) -> DuraStoreError | _Passing:
    """No whole answer came. A time-out is not passing: a person has waited long enough."""
    slow = isinstance(error, TimeoutError | httpx.TimeoutException)
    said = str(error) or type(error).__name__
    if slow:
        said = f"gave up waiting after {call.within:g} s"
    elif isinstance(error, Undecodable):
        said = f"the answer cannot be decoded: {said}"
    elif heard.status is not None and not isinstance(error, TooLarge):
        said = f"the answer broke off or is garbled: {said}"
    kind, said = _kind(call, heard, error, slow, said)
    if proxy and heard.status is None:
        said = f"{said}, through the proxy {proxy}"
    if issubclass(kind, Unreachable) and proxy and _is_proxy_failure(error):
        kind = ProxyFailed
    failure = kind(call.asked, heard.status, said)
    lasting = slow or isinstance(error, Closed | TooLarge | Undecodable) or isinstance(failure, Untrusted)
    return failure if lasting else _Passing(failure)


def _kind(call: _Call, heard: _Heard, error: Exception, slow: bool, said: str) -> tuple[type[DuraStoreError], str]:
    """The kind of failure, and its words, which TLS has better ones for."""
    if call.write and heard.sent:
        return NoReply, said
    if not slow and heard.status is not None:
        return Malformed, said
    causes = tuple(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return NameUnknown, said
    return next((found for cause in causes if (found := tls_failure(cause))), (Unreachable, said))


def _is_proxy_failure(error: Exception) -> bool:
    """Whether the proxy could not be reached or rejected the connection. TLS to the server goes through it."""
    if isinstance(error, httpx.ProxyError):
        return True
    return isinstance(error, httpx.ConnectError) and not any(map(tls_failure, _causes(error)))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it came from: the libraries wrap what the system said."""
    while error:
        yield error
        error = error.__cause__ or error.__context__
