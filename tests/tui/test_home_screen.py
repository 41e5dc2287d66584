"""Home by keys, against the stand-in: every figure leads to the list that it counts, and nothing is asked for twice."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.api.reports import Sample
from durastore_tui.api.request_log import Request
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.api.stores import Store
from durastore_tui.config import profile
from durastore_tui.core.errors import Rejected
from durastore_tui.core.jobs import JobState
from durastore_tui.core.resource import Ready
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.details.home_facts import Goals, jobs, recent
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.places import Lens, Place, Visit
from durastore_tui.tui.screens.home import HomeScreen
from durastore_tui.tui.start import Start
from durastore_tui.tui.widgets.facts import Words
from durastore_tui.tui.widgets.links import Entry, Links
from durastore_tui.tui.widgets.resource_table import ResourceTable
from tests.sandbox_server import COUNTED_AT, SandboxServer
from tests.tui.fakes import OFF, Scene, a_job
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
HOME = Place("home")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
HOSTILE = "\x1b[31mred\x1b[0m[bold]x[/]\u202e"
App = Callable[..., DurastoreApp]


@pytest.fixture
def app_of(sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The app as any user of any world."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def made(user: str = "root", world: str = "lakeshore", root: Place = HOME) -> DurastoreApp:
        where = profile.demo(world, sandbox.worlds[world], user, sandbox.ca_file)
        return DurastoreApp(Start(where, Secret(sandbox.users[user]), root=root))

    return made


def home(app: DurastoreApp) -> Links:
    return app.screen.query_one(Links)


async def all_is_read(pilot: Pilot[None]) -> None:
    """Every figure of lakeshore is there, and the reading has ended."""
    app = pilot.app
    assert isinstance(app, DurastoreApp)
    await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.services)
    await until(pilot, lambda: app.screen._reading and app.screen._reading.is_finished)  # type: ignore[attr-defined]
    await until(pilot, lambda: isinstance(app.screen, HomeScreen) and app.screen._drawing is None)


def asked(app: DurastoreApp) -> list[str]:
    """Requests without what one looks at under a cursor."""
    assert app.services
    return [f"{one.method} {one.path} {one.body}" for one in app.services.session.log]


def rows(app: DurastoreApp) -> int:
    return app.screen.query_one(ResourceTable).row_count


@BOTH
async def test_what_needs_somebody_stands_first(app_of: App, size: tuple[int, int]) -> None:
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await all_is_read(pilot)
        await sees(pilot, "JOBS", "RESTORES THAT EXPIRE", "expires in", "STUCK SNAPSHOTS", "initialized, stuck")
        await sees(pilot, "still INITIALIZED", "all 4 that are stuck")
        for _ in range(3):
            await pilot.press("tab")
        await sees(pilot, "STREAMING", "OPEN", "SECURE", "read just now")
        await pilot.press("end")
        newest = (datetime.now(UTC) - COUNTED_AT).date()
        await sees(pilot, "STORAGE", f"{newest}  ", " TB  ", " items")


@pytest.mark.parametrize(
    ("key", "screen", "count"),
    [
        ("kind SECURE", "streaming", 1),
        ("kind OPEN", "streaming", 3),
        ("kind RTMP", "streaming", 1),
        ("kind off", "spaces", 15),
        ("spaces", "spaces", 20),
        ("status SNAPSHOT_COMPLETE", "snapshots", 52),
        ("status INITIALIZED", "snapshots", 2),
        ("stuck", "snapshots", 4),
        ("snapshots", "snapshots", 60),
    ],
)
async def test_a_figure_leads_to_a_list_of_exactly_what_it_counts(
    app_of: App, key: str, screen: str, count: int
) -> None:
    app = app_of()
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        home(app).move_to(key)
        await pilot.pause()
        cursor = next(line for line in shown(app).splitlines() if "▌" in line)
        assert re.search(rf"\b{count}\b", cursor.partition("▌")[2]), cursor
        await pilot.press("enter")
        await until(pilot, lambda: app.places.here.place.screen == screen)
        await until(pilot, lambda: rows(app) == count)
        await pilot.press("0")
        await sees(pilot, "STORAGE")
        assert home(app).cursor_key == key


async def test_lines_about_one_thing_lead_to_it(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        stuck = next(key for key, _, _ in home(app)._spots if key.startswith("stuck lakeshore_53_film"))
        home(app).move_to(stuck)
        await pilot.press("enter")
        await sees(pilot, "film-reel-9", "FAILED_TO_TRANSFER")
        await pilot.press("0")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        restore = next(key for key, _, _ in home(app)._spots if key.startswith("restore "))
        home(app).move_to(restore)
        await pilot.press("enter")
        await sees(pilot, "LAST RESTORE", "expires in")
        assert app.places.here.place.screen == "restores"


async def test_a_failure_leads_to_its_request(app_of: App) -> None:
    app = app_of("user")
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        await sees(pilot, "needs admin", "LAST FAILURES", "GET /report/store")
        failure = next(key for key, _, _ in home(app)._spots if key.startswith("request "))
        home(app).move_to(failure)
        await pilot.press("enter")
        await until(pilot, lambda: app.places.here.place.screen == "requests")
        await until(pilot, lambda: app.places.here.lens.cursor == failure.split()[1])


async def test_the_spaces_come_up_without_asking_again_for_what_home_read(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        for key, words in (("1", "20 spaces"), ("2", "5 of 20 spaces"), ("4", "60 snapshots")):
            await pilot.press(key)
            await sees(pilot, words)
        await pilot.press("0")
        await all_is_read(pilot)
        listed = [one for one in asked(app) if re.match(r"HEAD /[^a]|GET /spaces|POST /task/get-snapshots\?", one)]
        assert len(listed) == len(set(listed))
        assert sum(one.startswith("GET /report/store?") for one in asked(app)) == 1


async def test_home_asks_nothing_that_the_lists_have_read(app_of: App) -> None:
    app = app_of(root=Place("spaces"))
    async with app.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        assert app.services
        spaces = app.services.spaces
        held = spaces.held_names
        assert isinstance(held, Ready)
        await until(pilot, lambda: all(isinstance(spaces.held(name), Ready) for name in held.value))
        await pilot.press("4")
        await sees(pilot, "60 snapshots")
        before = asked(app)
        await pilot.press("0")
        await all_is_read(pilot)
        new = asked(app)[len(before) :]
        assert not [one for one in new if "storeID=51" in one and one.startswith(("HEAD", "GET /spaces"))]
        assert not [one for one in new if "get-snapshots?" in one]


async def test_asking_again_is_for_the_person_to_do(app_of: App) -> None:
    app = app_of(world="maple", user="admin")
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        await sees(pilot, "no store of this account keeps any")
        before = len(asked(app))
        await pilot.press("ctrl+r")
        await all_is_read(pilot)
        assert len(asked(app)) > before


async def test_a_day_is_read_off_the_chart_by_keys_or_typed_and_opens_its_spaces(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        assert app.services
        history = app.services.reports.history
        assert isinstance(history, Ready)
        last = history.value[-1]
        await sees(pilot, f"{last.day}", f"{last.items:,} items")
        await pilot.press("left")
        await sees(pilot, f"{last.day - timedelta(days=1)}")
        await pilot.press("less_than_sign", "right")
        await sees(pilot, f"{last.day - timedelta(days=30)}")
        await pilot.press("g")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        type_in(app, str(last.day - timedelta(days=100)))
        await pilot.press("enter")
        day = last.day - timedelta(days=100)
        await sees(pilot, f"▌ {day}")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReadingScreen))
        await sees(pilot, f"Storage on {day}", "spaces. What is deleted", "newspapers-tiff")


async def test_a_bridge_that_is_down_fails_its_own_sections_alone(app_of: App) -> None:
    app = app_of("admin", "broken")
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        await sees(pilot, "SNAPSHOTS   ✕ failed", "Connection refused", "all spaces  2", "STORAGE   read just now")


async def test_a_store_that_streams_nothing_has_no_streaming_to_tell_of(app_of: App) -> None:
    app = app_of(world="maple", user="admin")
    async with app.run_test(size=WIDE) as pilot:
        await all_is_read(pilot)
        assert "STREAMING" not in shown(app)


@BOTH
async def test_an_account_with_nothing_in_it_says_so_and_no_more(size: tuple[int, int]) -> None:
    scene = Scene({}, root=HOME)
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "JOBS   none under way", "all spaces", "no night was counted", "no store of this account")
        assert "FAILURES" not in shown(scene.app)
        assert "STUCK" not in shown(scene.app)


@BOTH
async def test_jobs_are_late_before_they_run_and_lead_to_their_page(size: tuple[int, int]) -> None:
    jobs = [a_job("runs", state=JobState.IN_PROGRESS, id="j1"), a_job("lingers", state=JobState.OVERDUE, id="j2")]
    scene = Scene({"runs": OFF, "lingers": OFF}, jobs=jobs, root=HOME)
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "JOBS   unresolved", "▲ overdue", "◐ in progress")
        text = shown(scene.app)
        assert text.index("lingers") < text.index("runs")
        await pilot.press("enter")
        await sees(pilot, "lingers", "STEPS")
        assert scene.app.places.here.place.job == "j2"


async def test_what_a_server_says_is_neither_markup_nor_obeyed() -> None:
    odd = SpaceProperties({"hls-streaming-host": "h", "hls-streaming-type": HOSTILE})
    scene = Scene({HOSTILE: odd}, jobs=[a_job(HOSTILE, state=JobState.OVERDUE)], root=HOME)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "all spaces", "[bold]x[/]")
        scene.session.log.add(Request(scene.clock.now(), "GET", "/x", 500, 1.0, 1, None, "", HOSTILE))
        await pilot.press("ctrl+r")
        await sees(pilot, "LAST FAILURES")
        assert not {"\x1b", "\u202e"} & set(shown(scene.app))


async def test_without_a_server_home_says_why() -> None:
    scene = Scene({}, root=HOME)
    scene.refusals.append(Rejected("GET /stores", 503, "come back later"))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "SERVER   no connection", "come back later")
        await pilot.press("ctrl+r")
        await sees(pilot, "JOBS   none under way")


async def test_places_that_were_visited_lead_back_as_they_were_left() -> None:
    scene = Scene({"alpha": OFF, "beta": OFF}, root=HOME)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "all spaces")
        scene.app.places.go(Place("spaces"), Lens(filter="beta"))
        await sees(pilot, "1 of 2 spaces")
        await pilot.press("0")
        await sees(pilot, "RECENT PLACES", "Spaces  / beta")
        home(scene.app).move_to("visit 0")
        await pilot.press("enter")
        await sees(pilot, "/ beta", "1 of 2 spaces")


async def test_a_recent_place_of_another_store_makes_that_store_the_current_one() -> None:
    scene = Scene({"alpha": OFF}, root=HOME)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "all spaces", "store 51")
        scene.session.stores = (*scene.session.stores, Store("52", "AMAZON_GLACIER", False))
        scene.session.capabilities.listed("52", ("restore-content",))
        scene.app.visits.note("lakeshore", Visit(Place("spaces"), Lens(), "52", scene.clock.now()))
        await pilot.press("ctrl+r")
        await sees(pilot, "RECENT PLACES", "store 52")
        home(scene.app).move_to("visit 0")
        await pilot.press("enter")
        await sees(pilot, "store 52 AMAZON_GLACIER", "Spaces")


@pytest.mark.parametrize(
    ("lens", "words"),
    [(Lens(only="SNAPSHOT_COMPLETE", filter="1918"), "Snapshots  / complete 1918"), (Lens(only="stuck"), "/ stuck")],
)
async def test_a_recent_place_tells_its_filter_as_the_place_does(lens: Lens, words: str) -> None:
    visit = Visit(Place("snapshots"), lens, "51", NOON)
    section = recent([visit], "51", HOME, Goals(), NOON)
    assert section
    assert next(entry.label for entry in section.items if isinstance(entry, Entry)).endswith(words)


def test_many_unresolved_jobs_leave_room_for_the_rest_and_are_counted() -> None:
    unresolved = [a_job(f"space-{number}", state=JobState.OVERDUE, id=f"j{number}") for number in range(14)]
    section = jobs(unresolved, Goals(), NOON)
    assert [item.label for item in section.items if isinstance(item, Entry)] == [f"space-{n}" for n in range(10)]
    assert [item.text for item in section.items if isinstance(item, Words)] == ["And 4 more: 5 lists all."]
    assert not [item for item in jobs(unresolved[:10], Goals(), NOON).items if isinstance(item, Words)]


@pytest.mark.usefixtures("another_terminal")
async def test_words_and_signs_do_without_colours_and_without_glyphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("DURASTORE_ASCII", "1")
    scene = Scene({"alpha": OFF}, jobs=[a_job(state=JobState.OVERDUE)], root=HOME)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "all spaces")
        scene.reports.stored = Ready((Sample(scene.clock.now().date(), 10, 1),), scene.clock.now())
        await pilot.press("ctrl+r")
        await sees(pilot, "! overdue", "10 B", "> ")
        assert shown(scene.app).isascii()
