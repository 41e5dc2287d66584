"""Cancelling reads: esc once an answer is long waited for, and leaving the place; the request really ends."""

import ast
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.worker import Worker

import durastore_tui.tui.dialogs as dialogs
import durastore_tui.tui.screens as screens
from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import Clock
from durastore_tui.core.secret import Secret
from durastore_tui.services.reports import Reports
from durastore_tui.services.session import Session, open_session
from durastore_tui.services.snapshot_list import Preservation
from durastore_tui.services.spaces import Spaces
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.start import SPACES, Services, Start
from tests.held_clock import HeldClock
from tests.tui.fakes import FakeJobs, FakeProber
from tests.tui.hanging_server import HangingServer, hanging_server
from tests.tui.looking import sees, shown, until

WIDE = (120, 36)
SNAPSHOT = "lakeshore_53_oh-batch-2026-10_2026-11-24-11-57-00"
CONTENTS = Place("contents", "dance-archive", parent=SPACES)
SNAPSHOTS = Place("snapshots")
HISTORY = Place("snapshot_history", snapshot=SNAPSHOT, parent=SNAPSHOTS)
NOT_READS = {
    *("export the contents", "export the history"),
    *("make stream URLs", "open a URL in a browser"),
    *("test a login", "start the demo", "look for a keyring", "keep a profile"),
}
"""What workers of screens and dialogs do beside reading for a place; it is never cancelled with the reads."""


class Waiting:
    """The app on a server that hangs as it is told."""

    def __init__(self, server: HangingServer) -> None:
        self.server, self.clock = server, HeldClock()
        profile = Profile("lakeshore", server.url, "root", Environment.DEMO)
        password = Secret("rpw")
        self.app = DurastoreApp(Start(profile, password, connect=self.connect, clock=self.clock, root=SPACES))
        self.session: Session

    async def connect(self, profile: Profile, password: Secret, store: str | None, clock: Clock) -> Services:
        self.session = session = await open_session(profile, password, clock, store)
        services = Spaces(session), FakeJobs(), FakeProber(clock), Reports(session), Preservation(session)
        return Services(session, *services)

    @property
    def here(self) -> PlaceScreen:
        place = self.app.screen
        assert isinstance(place, PlaceScreen)
        return place

    async def hang(self, pilot: Pilot[None], part: str, place: Place | None = None) -> None:
        """Goes to the place, or refreshes, and waits 34 s for an answer that does not come."""
        self.server.hangs = lambda asked: part in asked
        if place:
            self.app.places.go(place)
        else:
            await pilot.press("ctrl+r")
        await until(pilot, lambda: self.server.waiting)
        await until(pilot, lambda: place is None or self.here.place == place)
        self.clock.advance(34)
        self.here.lines.draw_lock()
        await sees(pilot, "waiting for DuraCloud, 34 s")

    async def has_ended(self, pilot: Pilot[None]) -> None:
        """The request is no longer open on the server's side either, and nothing is waited for."""
        await until(pilot, lambda: len(self.server.hung_up) == len(self.server.waiting))
        await until(pilot, lambda: self.session.log.waiting_since is None)
        self.here.lines.draw_lock()
        await until(pilot, lambda: "waiting for DuraCloud" not in shown(self.app))


@pytest.fixture
async def waiting() -> AsyncIterator[Waiting]:
    async with hanging_server() as server:
        yield Waiting(server)


PLACES = pytest.mark.parametrize(
    ("part", "place", "shows"),
    [
        ("GET /dance-archive", CONTENTS, "items"),
        ("get-snapshots", SNAPSHOTS, "60 snapshots"),
        ("get-snapshot-history", HISTORY, "1 event"),
    ],
    ids=["contents", "snapshots", "history"],
)


@PLACES
async def test_esc_cancels_a_read_that_is_long_waited_for(
    waiting: Waiting, part: str, place: Place, shows: str
) -> None:
    async with waiting.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        await waiting.hang(pilot, part, place)
        await pilot.press("escape")
        await waiting.has_ended(pilot)
        await sees(pilot, "cancelled", "^r reads again")
        assert waiting.here.place == place, "esc goes back only once nothing is waited for"
        asked = len(waiting.server.waiting)
        waiting.clock.advance(600)
        waiting.here.tick_second()
        await pilot.pause(0)
        assert len(waiting.server.waiting) == asked, "only the user reads again"
        waiting.server.hangs = lambda request: False
        await pilot.press("ctrl+r")
        await sees(pilot, shows)


@PLACES
async def test_leaving_a_place_cancels_its_reads_and_coming_back_reads_again(
    waiting: Waiting, part: str, place: Place, shows: str
) -> None:
    async with waiting.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        await waiting.hang(pilot, part, place)
        await pilot.press("minus")
        await waiting.has_ended(pilot)
        assert waiting.here.place == SPACES
        waiting.server.hangs = lambda request: False
        await pilot.press("minus")
        await sees(pilot, shows)
        assert waiting.here.place == place


@pytest.mark.parametrize(("key", "part", "shows"), [("1", "GET /spaces", "20 spaces"), ("6", "GET /task", "tasks")])
async def test_what_was_read_before_stays_after_esc(waiting: Waiting, key: str, part: str, shows: str) -> None:
    async with waiting.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        await pilot.press(key)
        await sees(pilot, shows)
        place = waiting.here.place
        await waiting.hang(pilot, part)
        await pilot.press("escape")
        await waiting.has_ended(pilot)
        await sees(pilot, shows)
        assert "cancelled:" not in shown(waiting.app)
        assert waiting.here.place == place


async def test_a_short_wait_is_left_as_before(waiting: Waiting) -> None:
    async with waiting.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        waiting.server.hangs = lambda request: "GET /dance-archive" in request
        waiting.app.places.go(CONTENTS)
        await until(pilot, lambda: waiting.server.waiting)
        waiting.clock.advance(4)
        await pilot.press("escape")
        await until(pilot, lambda: waiting.here.place == SPACES)
        await waiting.has_ended(pilot)


async def test_esc_pauses_loading_all(waiting: Waiting) -> None:
    async with waiting.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        waiting.app.places.go(Place("contents", "radio-wlsu-1968-1989", parent=SPACES))
        await sees(pilot, "1,000 read, more below")
        waiting.server.hangs = lambda asked: "marker=" in asked
        await pilot.press("m")
        await until(pilot, lambda: waiting.server.waiting)
        waiting.clock.advance(34)
        await pilot.press("escape")
        await waiting.has_ended(pilot)
        await sees(pilot, "paused", "1,000 read")
        waiting.server.hangs = lambda request: False
        await pilot.press("m")
        await until(pilot, lambda: "2,000 read" in shown(waiting.app) or "3,000 read" in shown(waiting.app))
        await pilot.press("m")


async def test_neither_esc_nor_leaving_ends_what_is_no_read(waiting: Waiting) -> None:
    async with waiting.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        place = waiting.here

        async def sends() -> None:
            await waiting.session.transport.read("GET", "/slow")

        await waiting.hang(pilot, "GET /spaces")
        waiting.server.hangs = lambda request: "GET /s" in request
        change: Worker[None] = place.run_worker(sends, group="change", exit_on_error=False)
        await until(pilot, lambda: len(waiting.server.waiting) == 2)
        await pilot.press("escape")
        await until(pilot, lambda: waiting.server.hung_up)
        await pilot.press("6")
        await until(pilot, lambda: waiting.here is not place)
        assert len(waiting.server.hung_up) == 1
        assert not change.is_cancelled
        change.cancel()


def test_every_worker_of_a_screen_reads_for_its_place_or_is_known_to_do_something_else() -> None:
    other: set[str] = set()
    folders = [Path(folder) for package in (screens, dialogs) for folder in package.__path__]
    for file in (file for folder in folders for file in folder.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "work":
                other |= {ast.literal_eval(word.value) for word in node.keywords if word.arg == "description"}
    assert other == NOT_READS
