"""Links that hold a secret: signed cookies and signed RTMP, asked of the stand-in once and never told to a log."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.curl import curl_head
from durastore_tui.core.errors import NoReply
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import hls, rtmp
from durastore_tui.core.url_ways import Way
from durastore_tui.services.session import Session, open_session
from durastore_tui.services.spaces import Spaces
from durastore_tui.services.urls import UrlRow, host_for, make, matching, tasks_for
from tests.sandbox_server import SandboxServer, sandbox_server
from tests.services.conftest import Login

SECURE_SPACE = "lectures-secure"
PLAYLIST = "lectures/2000-fall/BIO-210_lecture-07-playlist.m3u8"


async def host_of(session: Session, space: str, way: Way) -> str | None:
    return host_for(way, await Spaces(session).properties_of(space))


async def one(session: Session, space: str, content_id: str, way: Way) -> UrlRow:
    host = way.host or await host_of(session, space, way)
    (row,) = [row async for row in make(session, space, [content_id], host=host, way=way, check=False)]
    return row


async def link_way(session: Session, **values: str | int) -> Way:
    properties = await Spaces(session).properties_of(SECURE_SPACE)
    return Way(hls.COOKIES_URL, values, properties.hls_host or "")


async def test_the_ready_line_shows_three_cookies_and_the_link_leads_on_to_its_item(
    login: Login, sandbox: SandboxServer
) -> None:
    session = await login()
    way = await link_way(session, minutesToExpire=60)
    row = await one(session, SECURE_SPACE, PLAYLIST, way)
    line = curl_head(row.encoded or "", sandbox.ca_file)
    head = in_a_shell(line)
    assert head.startswith("HTTP/1.1 200")
    assert head.lower().count("\nset-cookie: cloudfront-") == 3
    assert f"https://{way.host}/{PLAYLIST}" in in_a_shell(line.replace(" -sI ", " -s "))


def in_a_shell(line: str) -> str:
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout


async def test_many_links_have_a_token_each_under_read_only_too(login: Login) -> None:
    session = await login(read_only=True)
    ids = [one async for one in matching(session, SECURE_SPACE, "lectures/2000-fall/BIO-210*.m3u8")]
    way = await link_way(session)
    rows = [row async for row in make(session, SECURE_SPACE, ids, host=way.host, way=way, check=False)]
    assert len(rows) == len(ids) > 1
    assert len({row.encoded for row in rows}) == len(rows)


async def test_a_token_is_in_no_log_and_no_repr(login: Login) -> None:
    session = await login()
    row = await one(session, SECURE_SPACE, PLAYLIST, await link_way(session))
    reply = await session.run(hls.COOKIES_URL, {"spaceId": SECURE_SPACE, "redirectUrl": "https://player.example/x"})
    assert isinstance(reply.value, hls.SignedCookiesUrl)
    assert row.encoded
    told = "".join(map(repr, (row, reply, reply.value, *session.log)))
    for url in (row.encoded, reply.value.signed_cookies_url or ""):
        assert url.rpartition("token=")[2] not in told


async def test_an_expiry_is_counted_from_the_question(login: Login) -> None:
    session = await login()
    before = session.clock.now()
    row = await one(session, SECURE_SPACE, PLAYLIST, await link_way(session, minutesToExpire=60))
    assert row.until
    assert 60 * 60 <= (row.until - before).total_seconds() < 61 * 60


async def test_a_wrong_address_range_is_refused_before_anything_is_sent(login: Login) -> None:
    session = await login()
    asked_before = len(list(session.log))
    row = await one(session, SECURE_SPACE, PLAYLIST, Way(hls.COOKIES_URL, {"ipAddress": "10.0.0.0/40"}, "h"))
    assert "not a valid CIDR range" in (row.error or "")
    assert len(list(session.log)) == asked_before


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[tuple[SandboxServer, Path]]:
    """A stand-in that writes down every task that it executed."""
    executed = tmp_path / "executed"
    with sandbox_server(program=(sys.executable, "-m", "tests.benchmarks.counting_stand_in", str(executed), "1")) as up:
        yield up, executed


@pytest.mark.parametrize(("fault", "times"), [("cut-after", 1), ("cut-before", 0)])
async def test_a_link_without_an_answer_is_asked_for_once_and_said_to_be_perhaps_made(
    counted: tuple[SandboxServer, Path], fault: str, times: int
) -> None:
    server, executed = counted
    executed.touch()
    profile = Profile("lakeshore", server.url, "root", Environment.TEST, ca_file=server.ca_file)
    session = await open_session(profile, Secret(server.users["root"]), WallClock())
    way = await link_way(session)
    server.fault(fault, task=hls.COOKIES_URL.name)
    row = await one(session, SECURE_SPACE, PLAYLIST, way)
    await session.close()
    done = [json.loads(line)[0] for line in executed.read_text().splitlines()]
    assert done.count(hls.COOKIES_URL.name) == times
    assert isinstance(row.failure, NoReply)
    assert "may or may not have been applied" in (row.error or "")
    assert row.encoded is None


async def test_the_type_of_a_space_picks_the_task(login: Login) -> None:
    session, old = await login(), await login(world="cedarfork")
    picked = {
        space: tasks_for(await Spaces(where).properties_of(space))
        for where, space in [
            (session, "oral-histories-hls"),
            (session, SECURE_SPACE),
            (session, "dance-archive"),
            (old, "chapel-recordings"),
            (old, "football-films"),
        ]
    }
    assert picked == {
        "oral-histories-hls": (hls.URL,),
        SECURE_SPACE: (hls.COOKIES_URL, hls.URL),
        "dance-archive": (),
        "chapel-recordings": (hls.URL, rtmp.URL),
        "football-films": (rtmp.SIGNED_URL,),
    }


async def test_rtmp_has_the_prefix_before_the_id_and_a_signature_on_a_secure_space(login: Login) -> None:
    session = await login(world="cedarfork")
    opened = await one(session, "chapel-recordings", "wlsu/a b.mp4", Way(rtmp.URL, {"resourcePrefix": "mp4:"}))
    assert opened.raw and opened.raw.endswith("/cfx/st/mp4:wlsu/a b.mp4")
    assert opened.encoded and opened.encoded.endswith("/cfx/st/mp4:wlsu/a%20b.mp4")
    signed = await one(session, "football-films", "reels/a b.mp4", Way(rtmp.SIGNED_URL, {"minutesToExpire": 5}))
    assert signed.encoded and "/cfx/st/reels/a%20b.mp4?Policy=" in signed.encoded
    assert signed.until
    assert "Policy" not in repr(signed)


async def test_the_wrong_rtmp_task_is_refused_in_the_servers_words(login: Login) -> None:
    session = await login(world="cedarfork")
    row = await one(session, "football-films", "reels/reel-0000.mp4", Way(rtmp.URL))
    assert "Use get-signed-url instead." in (row.error or "")


async def test_a_pattern_asks_the_server_for_its_literal_start_alone(login: Login) -> None:
    session = await login()
    found = [one async for one in matching(session, SECURE_SPACE, "lectures/2000-fall/BIO-210*.m3u8")]
    assert found
    asked = [request.path for request in session.log if request.path.startswith(f"/{SECURE_SPACE}")]
    assert asked
    assert all("prefix=lectures%2F2000-fall%2FBIO-210" in path for path in asked)
