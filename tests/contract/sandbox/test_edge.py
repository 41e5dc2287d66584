"""The edge over TLS: silent until deployed, cookies where secure, silent again when deleted."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from durastore_tui.sandbox.app import App
from durastore_tui.sandbox.distributions import DEPLOYMENT
from durastore_tui.sandbox.faults import Scope
from durastore_tui.sandbox.resources.control import Controls
from durastore_tui.sandbox.serve import LOOPBACK, serving
from durastore_tui.sandbox.wire.messages import Request
from durastore_tui.sandbox.world import Profile, Store
from durastore_tui.sandbox.worlds.preserved import nothing
from durastore_tui.sandbox.worlds.seeds import Seed, Stream
from durastore_tui.sandbox.worlds.universe import Universe
from tests.stand_in import Time, basic

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROFILE = Profile("lakeshore", "acme", "acme.example", (8, 2, 1), (Store("1", "AMAZON_S3"),), "m")
SPACES = (
    Seed("1", "open-space", 88, 1, "2020-01-01", pattern="films", streams=(Stream("OPEN", "dopen"),)),
    Seed("1", "secure-space", 88, 1, "2020-01-01", pattern="films", streams=(Stream("SECURE", "dsecure"),)),
    Seed("1", "starred-space", 88, 1, "2020-01-01", pattern="films", streams=(Stream("OPEN", "dstarred"),)),
    Seed("1", "new-space", 88, 1, "2020-01-01", pattern="films"),
)
REFUSED = (ssl.SSLError, ConnectionError)
PLAYLIST = "films/bobine-001/film-playlist.m3u8"


@dataclass
class Visitor:
    universe: Universe
    time: Time
    trusted: ssl.SSLContext

    async def get(self, host: str, path: str, *headers: str, method: str = "GET") -> tuple[int, list[str], bytes]:
        """Status, header lines and body, as a browser connects. Raises one of REFUSED when the host is not deployed."""
        port = self.universe.engine.ports["edge"]
        reader, writer = await asyncio.open_connection(LOOPBACK, port, ssl=self.trusted, server_hostname=host)
        lines = "\r\n".join(
            [f"{method} /{path} HTTP/1.1", f"Host: {host}:{port}", "Connection: close", *headers, "", ""]
        )
        writer.write(lines.encode())
        whole = await reader.read(-1)
        writer.close()
        head, _, body = whole.partition(b"\r\n\r\n")
        status, *shown = head.decode().split("\r\n")
        return int(status.split()[1]), shown, body

    def task(self, name: str, **body: object) -> dict[str, str]:
        engine = self.universe.engine
        app = App(self.universe.worlds, engine, Controls(engine, self.universe.reset))
        sent = json.dumps(body).encode()
        answer = app.answer(Request("POST", f"/durastore/task/{name}", "", (basic("root"),), sent))
        assert isinstance(answer.body, bytes)
        assert answer.status == 200, answer.body
        found: dict[str, str] = json.loads(answer.body)
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def visitor() -> AsyncIterator[Visitor]:
    time = Time()
    universe = Universe(None, 1.0, source=time, worlds=((PROFILE, SPACES, nothing),))
    async with serving(universe) as authority:
        trusted = ssl.create_default_context()
        authority.configure_trust(trusted)
        yield Visitor(universe, time, trusted)
    universe.close()


async def test_an_open_space_is_served_to_anyone(visitor: Visitor) -> None:
    status, headers, body = await visitor.get("dopen.cloudfront.localhost", PLAYLIST)
    assert status == 200
    assert "Content-Type: application/x-mpegURL" in headers
    assert body.startswith(b"#EXTM3U")


async def test_a_part_of_a_segment_is_served(visitor: Visitor) -> None:
    status, headers, body = await visitor.get(
        "dopen.cloudfront.localhost", "films/bobine-001/film-v2m00000.ts", "Range: bytes=10-19"
    )
    assert (status, len(body)) == (206, 10)
    assert any(line.startswith("Content-Range: bytes 10-19/") for line in headers)


async def test_the_default_origin_allows_any_https_page(visitor: Visitor) -> None:
    _, headers, _ = await visitor.get("dopen.cloudfront.localhost", PLAYLIST, "Origin: https://any.example")
    assert "Access-Control-Allow-Origin: https://any.example" in headers
    _, headers, _ = await visitor.get("dopen.cloudfront.localhost", PLAYLIST, "Origin: http://plain.example")
    assert not any(line.startswith("Access-Control") for line in headers)


PREFLIGHT = "Access-Control-Request-Method: GET"


def crossing(headers: list[str]) -> dict[str, str]:
    pairs = (line.partition(": ") for line in headers if line.startswith("Access-Control"))
    return {name.removeprefix("Access-Control-Allow-"): value for name, _, value in pairs}


@pytest.mark.parametrize("space", ["open", "secure"])
async def test_a_browser_may_ask_before_it_sends(visitor: Visitor, space: str) -> None:
    asked = ("Origin: https://any.example", PREFLIGHT, "Access-Control-Request-Headers: range")
    host = f"d{space}.cloudfront.localhost"
    status, headers, body = await visitor.get(host, PLAYLIST, *asked, method="OPTIONS")
    assert (status, body) == (200, b"")
    allowed = crossing(headers)
    assert allowed["Origin"] == "https://any.example"
    assert allowed["Methods"] == "GET, HEAD"
    assert allowed["Headers"] == "range"


@pytest.mark.parametrize(
    "asked",
    [
        (PREFLIGHT,),
        ("Origin: https://any.example",),
        ("Origin: http://plain.example", PREFLIGHT),
        ("Origin: https://any.example", "Access-Control-Request-Method: PUT"),
    ],
)
async def test_a_preflight_that_no_rule_covers_is_refused(visitor: Visitor, asked: tuple[str, ...]) -> None:
    status, headers, _ = await visitor.get("dopen.cloudfront.localhost", PLAYLIST, *asked, method="OPTIONS")
    assert status == 403
    assert not crossing(headers)


@pytest.mark.parametrize(
    ("origin", "is_allowed"),
    [
        ("https://player.lakeshore.example", True),
        ("https://a.b.lakeshore.example", True),
        ("https://lakeshore.example", False),
        ("https://.lakeshore.example", True),
        ("https://player.lakeshore.example.evil", False),
        ("http://player.lakeshore.example", False),
        ("https://exact.example", True),
        ("https://exact.example:444", False),
        ("https://any.example:8443", True),
    ],
)
async def test_one_star_anywhere_in_an_origin_stands_for_any_text(
    visitor: Visitor, origin: str, is_allowed: bool
) -> None:
    rules = "https://*.lakeshore.example https://exact.example https://any.example:*"
    visitor.universe.worlds()["lakeshore"].spaces("1").set_cors("starred-space", rules)
    for method in ("GET", "OPTIONS"):
        host = "dstarred.cloudfront.localhost"
        status, headers, _ = await visitor.get(host, PLAYLIST, f"Origin: {origin}", PREFLIGHT, method=method)
        assert (crossing(headers).get("Origin") == origin) is is_allowed
        assert status == (200 if is_allowed or method == "GET" else 403)


async def test_a_missing_item_is_refused_not_missing(visitor: Visitor) -> None:
    assert (await visitor.get("dopen.cloudfront.localhost", "nope.m3u8"))[0] == 403


async def test_a_secure_space_wants_the_cookies_that_its_own_url_hands_out(visitor: Visitor) -> None:
    host = "dsecure.cloudfront.localhost"
    assert (await visitor.get(host, PLAYLIST))[0] == 403
    url = visitor.task("get-signed-cookies-url", spaceId="secure-space", redirectUrl="https://player.example")
    path = url["signedCookiesUrl"].partition("/cookies")[2]
    status, headers, body = await visitor.get(host, f"cookies{path}", "Origin: https://player.example")
    assert status == 200
    assert b'URL="https://player.example"' in body
    assert "Access-Control-Allow-Origin: https://player.example" in headers
    given = [line.partition(": ")[2].partition(";")[0] for line in headers if line.startswith("Set-Cookie")]
    assert len(given) == 3
    assert (await visitor.get(host, PLAYLIST, f"Cookie: {'; '.join(given)}"))[0] == 200
    forged = [pair.replace("Signature=", "Signature=x") for pair in given]
    assert (await visitor.get(host, PLAYLIST, f"Cookie: {'; '.join(forged)}"))[0] == 403
    assert (await visitor.get(host, PLAYLIST, f"Cookie: {'; '.join(given[1:])}"))[0] == 403


async def test_cookies_for_another_network_do_not_open(visitor: Visitor) -> None:
    host = "dsecure.cloudfront.localhost"
    wanted = {"spaceId": "secure-space", "redirectUrl": "https://p.example", "ipAddress": "203.0.113.0/24"}
    path = visitor.task("get-signed-cookies-url", **wanted)["signedCookiesUrl"].partition("/cookies")[2]
    _, headers, _ = await visitor.get(host, f"cookies{path}")
    given = [line.partition(": ")[2].partition(";")[0] for line in headers if line.startswith("Set-Cookie")]
    assert (await visitor.get(host, PLAYLIST, f"Cookie: {'; '.join(given)}"))[0] == 403


async def test_an_open_space_has_no_way_to_cookies(visitor: Visitor) -> None:
    assert (await visitor.get("dopen.cloudfront.localhost", "cookies?token=abc"))[0] == 403


async def test_a_host_that_nobody_knows_is_refused_in_the_handshake(visitor: Visitor) -> None:
    with pytest.raises(REFUSED):
        await visitor.get("dnobody.cloudfront.localhost", PLAYLIST)


async def test_a_connection_to_one_host_does_not_speak_for_another(visitor: Visitor) -> None:
    port = visitor.universe.engine.ports["edge"]
    known = "dopen.cloudfront.localhost"
    reader, writer = await asyncio.open_connection(LOOPBACK, port, ssl=visitor.trusted, server_hostname=known)
    writer.write(b"GET /x HTTP/1.1\r\nHost: dnobody.cloudfront.localhost\r\n\r\n")
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()


async def test_a_life_from_enabling_to_deletion(visitor: Visitor) -> None:
    host = visitor.task("enable-hls", spaceId="new-space")["streamingHost"].partition(":")[0]
    with pytest.raises(REFUSED):
        await visitor.get(host, PLAYLIST)
    visitor.time.pass_by(DEPLOYMENT)
    assert (await visitor.get(host, PLAYLIST))[0] == 200
    visitor.task("disable-hls", spaceId="new-space")
    assert (await visitor.get(host, PLAYLIST))[0] == 403
    visitor.task("delete-hls", spaceId="new-space")
    visitor.time.pass_by(DEPLOYMENT)
    with pytest.raises(REFUSED):
        await visitor.get(host, PLAYLIST)


async def test_a_fault_refuses_every_handshake(visitor: Visitor) -> None:
    faults = visitor.universe.engine.faults
    faults.switch("tls-error", Scope())
    try:
        with pytest.raises(REFUSED):
            await visitor.get("dopen.cloudfront.localhost", PLAYLIST)
    finally:
        faults.clear()
