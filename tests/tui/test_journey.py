"""The first journey, whole, by keys against the stand-in: from a space without streaming to a URL that answers."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPResponse
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest
from textual.pilot import Pilot

from durastore_tui.config import profile
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.enable_sheet import EnableSheet
from durastore_tui.tui.start import SPACES, Found, Start
from durastore_tui.tui.widgets.paged_table import PagedTable
from tests.sandbox_server import SandboxServer, sandbox_server
from tests.tui.looking import sees, shown, type_in, until

SPEED = 60
ORIGIN = "https://library.lakeshore.example"
pytestmark = pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])


class FastClock:
    """A minute a second, for the jobs; the stand-in's own clock goes on when a test says so."""

    def __init__(self) -> None:
        self._begun, self._began = datetime.now(UTC), monotonic()

    def now(self) -> datetime:
        return self._begun + timedelta(seconds=(monotonic() - self._began) * SPEED)

    def monotonic(self) -> float:
        return monotonic() * SPEED

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with sandbox_server() as running:
        yield running


@pytest.fixture
def app(server: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DurastoreApp:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)

    async def find() -> Found:
        where = profile.demo("lakeshore", server.worlds["lakeshore"], "root", server.ca_file)
        return Found(where, Secret(server.users["root"]))

    expected = profile.Profile("lakeshore", "", "root", profile.Environment.DEMO)
    return DurastoreApp(Start(expected, find=find, clock=FastClock(), root=SPACES))


async def filter_to(pilot: Pilot[None], space: str) -> None:
    """Back to the list of spaces, and only that one in it."""
    await pilot.press("1", "slash")
    await pilot.press("ctrl+u")
    type_in(pilot.app, space)
    await pilot.press("enter")
    await sees(pilot, f"/ {space}", f"▌  {space}")


async def test_enabling_a_space_until_the_edge_answers(
    app: DurastoreApp, server: SandboxServer, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await sees(pilot, "DEMO", "lakeshore", "20 spaces", "OPEN")
        await filter_to(pilot, "dance-archive")
        await pilot.press("E")
        await until(pilot, lambda: isinstance(app.screen, EnableSheet))
        await pilot.press("down", "tab")
        type_in(app, "library.lakeshore.example")
        await pilot.press("enter")
        await sees(pilot, "no scheme")
        await pilot.press("ctrl+u")
        type_in(app, ORIGIN)
        await pilot.press("enter")
        await sees(pilot, "now", "later", "undo", "enable-hls?storeID=51", '"secure": true')
        assert ORIGIN in shown(app).replace("\n", "")
        await pilot.press("y")
        await sees(pilot, "~ enabling", "usual")
        await until(pilot, lambda: "accepted" in app.jobs[0].words.lower())
        await pilot.press("2")
        await sees(pilot, " Streaming")
        server.advance(15 * 60)
        await sees(pilot, "dance-archive: enable confirmed")
        await filter_to(pilot, "dance-archive")
        await sees(pilot, "SECURE")
        await pilot.press("i")
        await sees(pilot, "http: answered", "certificate is good")


async def test_a_stream_url_in_the_clipboard_answers(
    app: DurastoreApp, server: SandboxServer, copied: list[str], size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await sees(pilot, "20 spaces", "OPEN")
        await filter_to(pilot, "oral-histories-hls")
        await pilot.press("enter")
        if size[0] < 100:
            await sees(pilot, "STREAMING")
            await pilot.press("enter")
        await sees(pilot, "1,000 read, more below", ".m3u8")
        assert (app.screen.query_one(PagedTable).cursor_key or "").endswith(".m3u8")
        await pilot.press("u")
        await sees(pilot, "cloudfront.localhost")
        await pilot.press("y")
        await sees(pilot, "sent to the terminal")
    assert answer(copied[0], server) == 200


async def test_disable_and_delete_and_the_same_type_refused_while_pending(
    app: DurastoreApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await sees(pilot, "20 spaces", "OPEN")
        await filter_to(pilot, "campus-events")
        await pilot.press("D")
        await sees(pilot, "disable-hls?storeID=51")
        await pilot.press("y")
        await sees(pilot, "campus-events: disable confirmed")
        await filter_to(pilot, "oral-histories-hls")
        await pilot.press("X")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await pilot.press("tab")
        type_in(app, "oral-histories-hls")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: any(job.kind == "delete" and job.state != "sent" for job in app.jobs))
        await pilot.press("E")
        await until(pilot, lambda: any("delete of oral-histories-hls is" in note.text for note in app.notes))
        assert not isinstance(app.screen, EnableSheet)


async def test_a_switch_goes_to_its_end_and_lists_the_links_that_ended(
    app: DurastoreApp, server: SandboxServer, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await sees(pilot, "20 spaces", "OPEN")
        await filter_to(pilot, "campus-events")
        await pilot.press("W")
        await until(pilot, lambda: isinstance(app.screen, EnableSheet))
        await pilot.press("enter")
        await sees(pilot, "The host changes: ")
        await pilot.press("tab")
        type_in(app, "campus-events")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: app.jobs and app.jobs[0].attempts > 0)
        await pilot.press("5", "enter")
        await sees(pilot, "Try ", "already configured to", "job ")
        server.advance(30 * 60)
        await until(pilot, lambda: app.jobs[0].host)
        server.advance(15 * 60)
        await until(pilot, lambda: app.jobs[0].state == "confirmed")
        await sees(pilot, "enabled as SECURE at", "new host answers")
        file = tmp_path / "dead.csv"
        await pilot.press("u")
        await sees(pilot, "items *.m3u8")
        await pilot.press("enter")
        await sees(pilot, "write to")
        await pilot.press("ctrl+u")
        type_in(app, str(file))
        await pilot.press("enter")
        await until(pilot, file.exists)
        await until(pilot, lambda: any("dead links written" in note.text for note in app.notes))
    assert answer(file.read_text().splitlines()[1].split(",")[2], server) == 403  # a SECURE host wants cookies


def answer(url: str, server: SandboxServer) -> int:
    """The status of a GET, by a client that trusts the stand-in's authority and knows where .localhost is."""
    parts = urlsplit(url)
    assert parts.hostname and parts.port
    trust = ssl.create_default_context(cafile=server.ca_file)
    with (
        socket.create_connection(("127.0.0.1", parts.port)) as plain,
        trust.wrap_socket(plain, server_hostname=parts.hostname) as secure,
    ):
        secure.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        response = HTTPResponse(secure)
        response.begin()
        response.read()
        return response.status
