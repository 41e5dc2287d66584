"""A connection to a host through a proxy: CONNECT of HTTP (RFC 9110 §9.3.6), or SOCKS5 (RFC 1928, RFC 1929)."""

import asyncio
import base64
import ssl

from durastore_tui.core.proxies import Proxy

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]

NO_LOGIN, LOGIN = 0, 2
BY_NAME = 3
REPLIES = {
    1: "general failure",
    2: "not allowed by its rules",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "time-out",
    7: "command not supported",
    8: "address type not supported",
}


class TunnelRefused(OSError):
    """The proxy answered, and not with a tunnel; the text is what it said."""


async def open_tunnel(proxy: Proxy, host: str, port: int, tls: ssl.SSLContext) -> Streams:
    """Opens it; `tls` secures the way to an https proxy. Raises TunnelRefused, and OSError and EOFError when the proxy
    is not reached or hangs up."""
    secured = tls if proxy.scheme == "https" else None
    reader, writer = await asyncio.open_connection(proxy.host, proxy.port, ssl=secured)
    try:
        shake_hands = _socks if proxy.scheme.startswith("socks") else _connect
        await shake_hands(proxy, host, port, reader, writer)
    except BaseException:
        writer.transport.abort()
        raise
    return reader, writer


async def _connect(
    proxy: Proxy, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    lines = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
    if proxy.user:
        login = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {login}")
    writer.write("\r\n".join([*lines, "", ""]).encode("ascii"))
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise TunnelRefused("the answer is not HTTP") from None
    version, _, status = head.split(b"\r\n")[0].decode("latin-1").partition(" ")
    if not version.startswith("HTTP/") or not status.startswith("2"):
        raise TunnelRefused(f"it answered {status[:100]}" if status else "the answer is not HTTP")


async def _socks(
    proxy: Proxy, host: str, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """The proxy resolves the name."""
    methods = bytes((NO_LOGIN, LOGIN) if proxy.user else (NO_LOGIN,))
    writer.write(bytes((5, len(methods))) + methods)
    version, method = await reader.readexactly(2)
    if version != 5 or method not in methods:
        raise TunnelRefused("it requires a login" if version == 5 else "it is not a SOCKS5 proxy")
    if method == LOGIN:
        user, password = proxy.user.encode()[:255], proxy.password.encode()[:255]
        writer.write(bytes((1, len(user))) + user + bytes((len(password),)) + password)
        if (await reader.readexactly(2))[1]:
            raise TunnelRefused("it rejected the login")
    name = host.encode("idna")[:255]
    writer.write(bytes((5, 1, 0, BY_NAME, len(name))) + name + port.to_bytes(2))
    _, reply, _, kind = await reader.readexactly(4)
    if reply:
        raise TunnelRefused(f"it answered: {REPLIES.get(reply, reply)}")
    length = (await reader.readexactly(1))[0] if kind == BY_NAME else {1: 4, 4: 16}.get(kind, 0)
    await reader.readexactly(length + 2)
