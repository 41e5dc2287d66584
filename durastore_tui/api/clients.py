"""Connections to one endpoint: one set for reads, and a fresh one for each write."""

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookiejar import DefaultCookiePolicy

import httpx

from durastore_tui import __version__
from durastore_tui.api.tls import client_context
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.proxies import Proxy, proxy_for

CONNECT_WITHIN = 10.0
CUT_OFF = 0.0
"""No loop's clock is there any more: whose time limit this is, its time is up."""
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": f"durastore-tui/{__version__}"}


def limits(within: float) -> httpx.Timeout:
    """Seconds for the read, the write and the wait for a connection; fewer for making one."""
    return httpx.Timeout(within, connect=min(CONNECT_WITHIN, within))


class Closed(ConnectionError):
    """Nobody here waits for the answer any more."""

    def __str__(self) -> str:
        return "the connection was closed by this program (a defect)"


class Clients:
    """Opened at the first use, on the loop that uses them."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.proxy: Proxy | None = None
        """What all connections go through, once they are opened."""
        self._endpoint = endpoint
        self._opening = asyncio.Lock()
        self._opened: tuple[httpx.AsyncClient, httpx.AsyncClient] | None = None
        self._in_use: set[asyncio.Timeout] = set()
        self._none_in_use = asyncio.Event()
        self._closed = False
        self._closing: asyncio.Future[None] | None = None

    @asynccontextmanager
    async def use(self, write: bool, within: float) -> AsyncIterator[httpx.AsyncClient]:
        """The client for one read or write of at most `within` seconds; raises TimeoutError, BadInput for an
        unreadable `ca_file` and for a proxy that is none, and Closed once we are."""
        if self._closed:
            raise Closed
        limit = asyncio.timeout(within)
        try:
            async with limit:
                self._in_use.add(limit)
                yield await self._get(write)
        except TimeoutError:
            if limit.when() == CUT_OFF:
                raise Closed from None
            raise
        finally:
            self._in_use.discard(limit)
            if not self._in_use:
                self._none_in_use.set()

    async def aclose(self, *, gently: bool = False) -> None:
        """Begins nothing more and closes every connection; `gently` lets what is under way be answered before. For who
        is cancelled meanwhile it goes on, and waits for no answer any more."""
        self._closed = True
        if not gently:
            self._cut_off()
        self._closing = asyncio.ensure_future(self._close())
        try:
            await asyncio.shield(self._closing)
        except asyncio.CancelledError:
            self._cut_off()
            raise

    def _cut_off(self) -> None:
        for limit in self._in_use:
            if not limit.expired():
                limit.reschedule(CUT_OFF)

    async def _close(self) -> None:
        try:
            if self._in_use:
                self._none_in_use.clear()
                await self._none_in_use.wait()
        finally:
            for client in self._opened or ():
                await client.aclose()

    async def _get(self, write: bool) -> httpx.AsyncClient:
        async with self._opening:
            if self._opened is None:
                # httpx would read the variables too, and fails at IPv6 ranges in NO_PROXY.
                self.proxy = proxy_for(self._endpoint.url, os.environ)
                tls = await self._tls()
                # Servers hang up on idle connections, some after 5 s: to be there at that moment costs a repeat.
                kept = httpx.Limits(max_connections=10, keepalive_expiry=4)
                # An idle connection that just died would look like a lost write: writes keep none.
                alone = httpx.Limits(max_keepalive_connections=0)
                self._opened = self._client(tls, kept), self._client(tls, alone)
        reader, writer = self._opened
        return writer if write else reader

    async def _tls(self) -> ssl.SSLContext:
        who = self._endpoint
        if who.plain and who.loopback:
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # never used, and without the 20 ms of authorities
        # The sample server brings its own authority: a broken variable does not stop it.
        trust_env = not (who.loopback and who.ca_file)
        return await asyncio.to_thread(client_context, who.ca_file, trust_env=trust_env)

    def _client(self, tls: ssl.SSLContext, pool: httpx.Limits) -> httpx.AsyncClient:
        who = self._endpoint
        who.password.hold_with(f"{who.user}:")
        login = httpx.BasicAuth(who.user, who.password.reveal()) if who.user else None
        client = httpx.AsyncClient(
            auth=login, verify=tls, trust_env=False, proxy=self._proxy(tls), limits=pool, headers=_HEADERS
        )
        # A session cookie could outlive the login it was made for, and is never needed (protocol §1.2).
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        return client

    def _proxy(self, tls: ssl.SSLContext) -> httpx.Proxy | None:
        if self.proxy is None:
            return None
        login = (self.proxy.user, self.proxy.password) if self.proxy.user else None
        return httpx.Proxy(self.proxy.url, auth=login, ssl_context=tls if self.proxy.scheme == "https" else None)
