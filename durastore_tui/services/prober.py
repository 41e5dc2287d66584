"""Asks a streaming host from outside whether it answers: name, TCP (or the proxy), TLS, HTTP (protocol §9.2)."""

import asyncio
import contextlib
import os
import re
import socket
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from durastore_tui.api.tls import client_context
from durastore_tui.api.tunnel import Streams, TunnelRefused, open_tunnel
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import is_loopback
from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Evidence
from durastore_tui.core.proxies import Proxy, proxy_for

HTTPS = 443
STEP_SECONDS = 10.0
REST_SECONDS = 5.0
STATUS_LINE_MOST = 4096
CANNOT_CHECK = "cannot check from here"
KNOWN_NAME = "aws.amazon.com"
"""A name that every resolver with a way to the internet knows: where it does not resolve either, no name does."""
GATEWAY_ERRORS = ("502", "503", "504")
HOST_NAME = re.compile(r"[A-Za-z0-9_.-]{1,253}")


@dataclass(frozen=True, slots=True)
class Probe:
    """One look at a host: a line a step, up to the first that failed.

    `answered`: HTTP came back, whatever its status. `silent`: the host is not there: no name, or it refuses the TLS
    handshake. Neither: something is there that we can't judge. `blocked`: this machine cannot check any such host,
    because the resolver, the network or the proxy does not let it. A host of CloudFront always accepts connections to
    its port, deployed or not, so a connection that fails says nothing about the distribution. Behind a proxy only what
    the host itself must have sent counts: a proxy may open a tunnel before it reaches the host, and then fail.
    """

    at: datetime
    evidence: tuple[Evidence, ...]
    answered: bool
    silent: bool
    blocked: bool = False


class _Stop(Exception):
    """A step failed; `silent` and `blocked` as in Probe."""

    def __init__(self, step: str, result: str, *, silent: bool = False, blocked: bool = False) -> None:
        super().__init__(result)
        self.evidence = (step, f"{CANNOT_CHECK}: {result}" if blocked else result)
        self.silent = silent
        self.blocked = blocked


class Prober:
    """One per event loop. Keeps each host's last answer, and gives it again when asked within five seconds.

    The proxy of the environment is used as for DuraCloud. No connection is used twice: a second name on the same
    connection would seem to answer.
    """

    def __init__(self, clock: Clock, ca_file: Path | None = None) -> None:
        self._clock = clock
        self._ca_file = ca_file
        self._context: ssl.SSLContext | None = None
        self._last: dict[str, tuple[float, Probe]] = {}

    def last(self, host: str) -> Probe | None:
        """What the last look found, with its time."""
        return self._last[host][1] if host in self._last else None

    async def probe(self, host: str) -> Probe:
        """Asks `host` or `host:port`; never raises."""
        now, steady = self._clock.now(), self._clock.monotonic()
        asked, last = self._last.get(host, (0.0, None))
        if last and steady - asked < REST_SECONDS:
            return last
        lines: list[tuple[str, str]] = []
        silent = blocked = False
        try:
            await self._walk(host, lines)
        except _Stop as stop:
            lines.append(stop.evidence)
            silent, blocked = stop.silent, stop.blocked
        probe = Probe(
            at=now,
            evidence=tuple(Evidence(now, step, result) for step, result in lines),
            answered=lines[-1][0] == "http" and lines[-1][1].startswith("answered"),
            silent=silent,
            blocked=blocked,
        )
        self._last[host] = steady, probe
        return probe

    async def _walk(self, host: str, lines: list[tuple[str, str]]) -> None:
        name, port = _split(host)
        proxy = _proxy(name, port)
        if proxy:
            opening = self._through(proxy, name, port, lines)
        else:
            address = await _resolved(name, port)
            lines.append(("name", f"{name} is {address}"))
            opening = _connected(address, port)
        async with opening as (reader, writer):
            if not proxy:
                lines.append(("tcp", f"port {port} is open"))
            await self._handshake(writer, name, proxy)
            lines.append(("tls", "the certificate is good"))
            lines.append(("http", await _asked(reader, writer, host, proxy)))

    @contextlib.asynccontextmanager
    async def _through(
        self, proxy: Proxy, name: str, port: int, lines: list[tuple[str, str]]
    ) -> AsyncIterator[Streams]:
        """Open a tunnel. A proxy that rejects it says nothing about the host: it may reject every host."""
        trusted = await self._trusted(name)
        try:
            async with asyncio.timeout(STEP_SECONDS):
                reader, writer = await open_tunnel(proxy, name, port, trusted)
        except TunnelRefused as refused:
            raise _Stop("proxy", f"{proxy} did not open a tunnel: {refused}", blocked=True) from refused
        except (OSError, EOFError, TimeoutError, UnicodeError) as error:
            raise _Stop("proxy", f"{proxy} cannot be reached: {_reason(error)}", blocked=True) from error
        lines.append(("proxy", f"{proxy} opens a tunnel to port {port}"))
        try:
            yield reader, writer
        finally:
            writer.transport.abort()

    async def _trusted(self, name: str) -> ssl.SSLContext:
        if self._context is None:
            trust_env = not (self._ca_file and is_loopback(name))  # the sample server brings its own authority
            try:
                self._context = await asyncio.to_thread(client_context, self._ca_file, trust_env=trust_env)
            except BadInput as wrong:
                raise _Stop("tls", wrong.sentence.rstrip("."), blocked=True) from wrong
        return self._context

    async def _handshake(self, writer: asyncio.StreamWriter, name: str, proxy: Proxy | None) -> None:
        trusted = await self._trusted(name)
        try:
            async with asyncio.timeout(STEP_SECONDS):
                await writer.start_tls(trusted, server_hostname=name)
        except ssl.SSLCertVerificationError as error:
            raise _Stop("tls", f"the certificate is not trusted: {error.verify_message}", blocked=True) from error
        except TimeoutError as error:
            raise _Stop("tls", f"no handshake: {_reason(error)}", blocked=proxy is not None) from error
        except (OSError, EOFError) as error:
            by_host = _is_alert(error) or (proxy is None and not isinstance(error, ssl.SSLError))
            said = f"the handshake was refused: {_reason(error)}"
            raise _Stop("tls", said, silent=by_host, blocked=proxy is not None and not by_host) from error


def _proxy(name: str, port: int) -> Proxy | None:
    try:
        return proxy_for(f"https://{name}:{port}", os.environ)
    except BadInput as wrong:
        raise _Stop("proxy", wrong.sentence.rstrip("."), blocked=True) from wrong
    except ValueError:  # a port that is none
        return None


def _split(host: str) -> tuple[str, int]:
    """Name and port of what the server calls a host: its text is not trusted to be one."""
    name, _, port = host.partition(":")
    if not HOST_NAME.fullmatch(name) or not (port or str(HTTPS)).isdecimal():
        raise _Stop("name", "this is not a valid host name")
    return name, int(port or HTTPS)


async def _resolved(name: str, port: int) -> str:
    """The first address; names under `.localhost` are this machine, which few resolvers know (RFC 6761)."""
    if is_loopback(name):
        return "127.0.0.1"
    try:
        return await _address(name, port)
    except TimeoutError as error:
        raise _Stop("name", "the resolver did not answer", blocked=True) from error
    except (OSError, UnicodeError) as error:
        # a new name of CloudFront may not resolve yet; where a known name does not either, the resolver is to blame
        is_known = getattr(error, "errno", None) != socket.EAI_AGAIN and await _resolves(KNOWN_NAME)
        said = f"{name} does not resolve: {_reason(error)}"
        raise _Stop("name", said, silent=is_known, blocked=not is_known) from error


async def _address(name: str, port: int) -> str:
    async with asyncio.timeout(STEP_SECONDS):
        found = await asyncio.get_running_loop().getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return str(found[0][4][0])


async def _resolves(name: str) -> bool:
    try:
        return bool(await _address(name, HTTPS))
    except (OSError, UnicodeError, TimeoutError):
        return False


@contextlib.asynccontextmanager
async def _connected(address: str, port: int) -> AsyncIterator[Streams]:
    try:
        async with asyncio.timeout(STEP_SECONDS):
            reader, writer = await asyncio.open_connection(address, port)
    except (OSError, TimeoutError, OverflowError) as error:
        raise _Stop("tcp", f"no connection to port {port}: {_reason(error)}", blocked=True) from error
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str, proxy: Proxy | None) -> str:
    """Any status counts as an answer: 403 and 404 come from an edge that is deployed (protocol §9.2). A gateway's error
    behind a proxy may be that proxy's own, where it opens TLS to look inside."""
    request = f"HEAD / HTTP/1.1\r\nHost: {host}\r\nUser-Agent: durastore-tui\r\nConnection: close\r\n\r\n"
    try:
        async with asyncio.timeout(STEP_SECONDS):
            writer.write(request.encode("ascii"))
            await writer.drain()
            line = (await reader.read(STATUS_LINE_MOST)).split(b"\r\n")[0].decode("latin-1")
    except (OSError, TimeoutError, UnicodeError) as error:
        raise _Stop("http", f"no answer: {_reason(error)}") from error
    version, _, status = line.partition(" ")
    if not version.startswith("HTTP/") or not status[:3].isdecimal():
        raise _Stop("http", "the answer is not HTTP")
    if proxy and status[:3] in GATEWAY_ERRORS:
        raise _Stop("http", f"status {status[:3]}, which may come from {proxy}", blocked=True)
    return f"answered {status[:3]}"


def _is_alert(error: BaseException) -> bool:
    """Whether the other side said in TLS that it does not know this host."""
    reason = error.reason or "" if isinstance(error, ssl.SSLError) else ""
    return "_ALERT_" in reason or reason == "TLSV1_UNRECOGNIZED_NAME"


def _reason(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"nothing within {STEP_SECONDS:.0f} s"
    if isinstance(error, ssl.SSLError):
        return error.reason or "TLS error"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
