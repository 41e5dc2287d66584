"""The flow of a player on a SECURE space: a link sets cookies, leads on, and then playlist and segment are fetched.

The client is the standard library's, with its cookie jar: what it keeps and sends is decided by the headers alone.
"""

import json
import re
import ssl
from base64 import b64encode
from collections.abc import Callable
from http.client import HTTPSConnection
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import HTTPCookieProcessor, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

import pytest

from tests.sandbox_server import SandboxServer

SPACE = "lectures-secure"


class OnLoopback(HTTPSHandler):
    """Finds every streaming host on this machine, as the names do that end in .localhost."""

    def https_open(self, req: Request) -> Any:
        def connection(host: str, **given: Any) -> HTTPSConnection:
            made = HTTPSConnection(host, **given)
            create = made._create_connection  # type: ignore[attr-defined]
            made._create_connection = lambda address, *rest: create(("127.0.0.1", address[1]), *rest)  # type: ignore[attr-defined]
            return made

        return self.do_open(connection, req, context=self._context)  # type: ignore[attr-defined]


@pytest.fixture
def browser(sandbox: SandboxServer) -> Callable[[], OpenerDirector]:
    """Makes clients, each with cookies of its own."""
    trusted = ssl.create_default_context(cafile=str(sandbox.ca_file))
    return lambda: build_opener(ProxyHandler({}), OnLoopback(context=trusted), HTTPCookieProcessor(CookieJar()))


def task(server: SandboxServer, name: str, **body: object) -> dict[str, str]:
    login = b64encode(f"admin:{server.users['admin']}".encode()).decode()
    sent = Request(f"{server.url}/task/{name}", json.dumps(body).encode(), {"Authorization": f"Basic {login}"})  # noqa: S310  # loopback
    with build_opener(ProxyHandler({})).open(sent, timeout=30) as answer:
        found: dict[str, str] = json.load(answer)
        return found


def read(client: OpenerDirector, url: str) -> bytes:
    with client.open(url, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def status(client: OpenerDirector, url: str) -> int:
    """Of a request that is refused."""
    with pytest.raises(HTTPError) as refused:
        read(client, url)
    refused.value.close()
    return refused.value.code


def first_entry(playlist: bytes, url: str) -> str:
    """Where a playlist leads to next."""
    assert playlist.startswith(b"#EXTM3U")
    entries = [line for line in playlist.decode().splitlines() if line and not line.startswith("#")]
    return urljoin(url, entries[0])


def test_cookies_open_playlist_and_segment_and_without_them_both_are_refused(
    sandbox: SandboxServer, browser: Callable[[], OpenerDirector], secure_playlist: str
) -> None:
    viewer = browser()
    playlist_url = task(sandbox, "get-url-hls", spaceId=SPACE, contentId=secure_playlist)["streamUrl"]
    link = task(sandbox, "get-signed-cookies-url", spaceId=SPACE, redirectUrl=playlist_url)["signedCookiesUrl"]
    page = read(viewer, link).decode()
    leads_to = re.search(r'URL="([^"]+)"', page)
    assert leads_to
    assert leads_to[1] == playlist_url
    url = leads_to[1]
    while url.endswith(".m3u8"):
        stranger = browser()
        assert status(stranger, url) == 403
        url = first_entry(read(viewer, url), url)
    assert url.endswith(".ts")
    assert status(browser(), url) == 403
    assert len(read(viewer, url)) > 0


@pytest.fixture
def secure_playlist(sandbox: SandboxServer) -> str:
    """A playlist of the SECURE space."""
    login = b64encode(f"admin:{sandbox.users['admin']}".encode()).decode()
    asked = Request(f"{sandbox.url}/{SPACE}", headers={"Authorization": f"Basic {login}"})  # noqa: S310  # loopback
    with build_opener(ProxyHandler({})).open(asked, timeout=30) as answer:
        found: list[str] = re.findall(r"<item>([^<]*playlist[^<]*)</item>", answer.read().decode())
        return found[0]
