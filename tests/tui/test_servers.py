"""Several servers at once, on worlds of the stand-in: each is found as it was left, none is taken for another."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.config import places
from durastore_tui.config.profile import of_file
from durastore_tui.config.profile_file import read
from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.resource import Ready
from durastore_tui.core.secret import Secret
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.context import Server
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.connect import ConnectScreen
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.servers import resume
from durastore_tui.tui.servers.connections import MOST_HELD
from durastore_tui.tui.servers.profiles import use_profile
from durastore_tui.tui.start import SPACES, Start
from durastore_tui.tui.visits import Visits
from tests.sandbox_server import SandboxServer
from tests.tui.looking import sees, shown, type_in, until
from tests.tui.test_journey import FastClock
from tests.written_profiles import write_profiles

SIZE = (120, 36)
LAKE, CEDAR = "dance-archive", "chapel-recordings"
PROFILE = """
[profiles.{name}]
url = "{url}"
user = "root"
environment = "TEST"
ca_file = "{ca_file}"
password_command = "echo {password}"
"""


@pytest.fixture
def server(fresh_sandbox: SandboxServer) -> SandboxServer:
    """The stand-in, with a profile for two of its worlds and one whose password command gives nothing."""
    profiles = [
        PROFILE.format(name=name, url=fresh_sandbox.worlds[world], ca_file=fresh_sandbox.ca_file, password=password)
        for name, world, password in (
            ("lake", "lakeshore", "rpw"),
            ("cedar", "cedarfork", "rpw"),
            ("prairie", "prairie", ""),
        )
    ]
    write_profiles("".join(profiles))
    return fresh_sandbox


def started(name: str = "lake", clock: Clock | None = None, visits: Visits | None = None) -> DurastoreApp:
    profile = of_file(name, {}, read())
    return DurastoreApp(Start(profile, Secret("rpw"), clock=clock or WallClock(), root=SPACES, visits=visits))


@asynccontextmanager
async def running(app: DurastoreApp) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        yield pilot


def line_1(app: DurastoreApp) -> str:
    return shown(app).partition("\n")[0]


async def never_mixed(pilot: Pilot[None], app: DurastoreApp, true: Callable[[], object]) -> None:
    """Waits like `until`, and looks at every turn whether a list stands under the other server's name."""

    def well() -> object:
        text, line = shown(app), line_1(app)
        assert not (LAKE in text and "cedar" in line), text
        assert not (CEDAR in text and "lake" in line), text
        return true()

    await until(pilot, well)


async def all_is_read(pilot: Pilot[None], server: Server) -> None:
    """Waits until the list of spaces waits for nothing more."""

    def read_all() -> bool:
        return all(isinstance(server.services and server.services.spaces.held(name), Ready) for name in names)

    await until(pilot, lambda: server.space_names)
    names = server.space_names
    await until(pilot, read_all)


async def test_each_server_is_found_as_it_was_left_and_nothing_held_is_asked_for_again(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, "lake", "20 spaces", LAKE)
        app.places.go(Place("spaces"), Lens("arch", None, "space", LAKE, (LAKE,)))
        await sees(pilot, "1 marked", "/ arch")
        lake = app.server
        await all_is_read(pilot, lake)
        assert lake.services
        use_profile(app, "cedar")
        await never_mixed(pilot, app, lambda: "cedar" in line_1(app) and CEDAR in shown(app))
        assert "1 marked" not in shown(app)
        asked = len(tuple(lake.services.session.log))
        await pilot.press("4")
        await sees(pilot, "cedar", "Snapshots")
        use_profile(app, "lake")
        assert line_1(app).split()[:2] == ["TEST", "lake"]
        await never_mixed(pilot, app, lambda: LAKE in shown(app))
        await sees(pilot, "/ arch", "1 marked")
        assert lake.places.here.lens == Lens("arch", None, "space", LAKE, (LAKE,))
        assert [request.path for request in tuple(lake.services.session.log)[asked:]] == []
        use_profile(app, "cedar")
        await sees(pilot, "cedar", "Snapshots")
        await pilot.press("left_square_bracket")
        await sees(pilot, CEDAR)


async def test_at_says_how_each_server_stands(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        use_profile(app, "cedar")
        await sees(pilot, CEDAR)
        await pilot.press("at")
        await sees(pilot, "server cedar", "The current one.", "server lake", "connected, store 51", "server prairie")
        type_in(app, "lake")
        await until(pilot, lambda: "server prairie" not in shown(app))
        await pilot.press("enter")
        await sees(pilot, "lake", LAKE)


async def test_each_server_has_a_write_window_of_its_own(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        use_profile(app, "cedar")
        await sees(pilot, CEDAR)
        assert app.services and app.services.logins
        app.services.session.window.shut_now()
        await sees(pilot, "READ-ONLY")
        assert [app.services.logins.may_send(name) for name in ("lake", "cedar")] == [True, False]
        use_profile(app, "lake")
        await until(pilot, lambda: "lake" in line_1(app) and "READ-ONLY" not in line_1(app))


async def test_a_question_of_the_server_that_was_left_is_never_asked_over_another(
    server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE, "20 spaces")
        app.places.go(Place("spaces"), Lens(cursor="campus-events"))
        await until(pilot, lambda: app.places.here.subject() == "campus-events")
        screen = app.places.here
        use_profile(app, "cedar")
        await sees(pilot, CEDAR)
        monkeypatch.setattr(type(screen), "is_current", property(lambda _: True))
        screen.action_act("disable")
        await until(pilot, lambda: any("was dropped" in note.text for note in app.notes))
        assert not isinstance(app.screen, ConfirmSheet)
        assert app.notes[-1].profile == "lake"


async def test_a_job_of_the_server_that_was_left_ends_with_its_name_and_l_goes_there(server: SandboxServer) -> None:
    app = started(clock=FastClock())
    async with running(app) as pilot:
        await sees(pilot, LAKE, "20 spaces")
        assert app.services
        values = (("secure", False),)
        order = Order(JobKind.ENABLE, "lake", "51", LAKE, "HLS", streaming_type="OPEN", values=values)
        await app.services.jobs.submit(order)
        use_profile(app, "cedar")
        await sees(pilot, CEDAR)
        assert "enable" not in shown(app).splitlines()[-2]  # the strip is this server's
        server.advance(15 * 60)
        await sees(pilot, f"lake: {LAKE}: enable confirmed")
        await pilot.press("n")
        await sees(pilot, "Messages", f"lake: {LAKE}: enable confirmed")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.places.here.screen)
        await pilot.press("l")
        await sees(pilot, "lake", "Jobs › job ", f"{LAKE}")
        assert line_1(app).split()[:2] == ["TEST", "lake"]
        await pilot.press("escape")
        await sees(pilot, "Jobs")


async def test_ends_that_are_alike_are_counted_for_each_server_alone(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        for number, about in enumerate(("cedar", "cedar", "lake")):
            app.post_message(
                Told(
                    f"{about}-item: retrieval confirmed",
                    stays=True,
                    job=f"j{number}",
                    alike="retrievals in films confirmed",
                    profile=about,
                    is_news=True,
                )
            )
        await sees(
            pilot,
            "2 retrievals in films confirmed at cedar",
            "cedar-item: retrieval confirmed",
            " lake-item: retrieval confirmed",
        )
        assert "lake: lake-item" not in shown(app)


async def test_jobs_of_a_server_that_was_not_visited_are_followed_and_nothing_is_sent_there(
    server: SandboxServer,
) -> None:
    before = started(clock=FastClock())
    async with running(before) as pilot:
        await sees(pilot, LAKE)
        assert before.services
        await before.services.jobs.submit(Order(JobKind.ENABLE, "lake", "51", LAKE, "HLS", streaming_type="OPEN"))
    app = started("cedar", FastClock())
    async with running(app) as pilot:
        await sees(pilot, CEDAR)
        server.advance(15 * 60)
        await sees(pilot, f"lake: {LAKE}: enable confirmed")
        assert app.services and app.services.logins
        assert not app.services.logins.may_send("lake")
        await pilot.press("l")
        await sees(pilot, "Jobs › job ")
        assert line_1(app).split()[:2] == ["TEST", "lake"]
        assert app.services.logins.may_send("lake")


async def test_a_job_that_another_process_begins_on_a_server_nobody_was_on_is_followed(server: SandboxServer) -> None:
    app = started("cedar", FastClock())
    async with running(app) as pilot:
        await sees(pilot, CEDAR)
        other = started()  # by the usual clock, so that it ends long before it would look itself
        async with running(other) as elsewhere:
            await sees(elsewhere, LAKE)
            assert other.services
            await other.services.jobs.submit(Order(JobKind.DISABLE, "lake", "51", "oral-histories-hls", "HLS"))
        await until(pilot, lambda: app.services and app.services.logins and app.services.logins.known("lake"))
        await sees(pilot, "lake: oral-histories-hls: disable confirmed")


async def test_one_login_that_fails_is_a_note_and_harms_no_other(server: SandboxServer) -> None:
    before = started(clock=FastClock())
    async with running(before) as pilot:
        await sees(pilot, LAKE)
        assert before.services
        jobs = before.services.jobs
        for profile in ("lake", "prairie"):
            jobs._board.add(jobs._runner._admission.new(Order(JobKind.SNAPSHOT, profile, "52", "x", watch=True)))
    app = started("cedar", FastClock())
    async with running(app) as pilot:
        await sees(pilot, CEDAR)
        await until(pilot, lambda: app.services and app.services.logins and app.services.logins.known("lake"))
        await until(pilot, lambda: any("prairie: The password command of prairie" in note.text for note in app.notes))
        assert "password command" not in shown(app)


async def test_a_401_asks_again_in_place_and_place_filter_and_marks_stay(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        app.places.go(Place("policies"), Lens("arch", cursor=LAKE, marks=(LAKE,)))
        await sees(pilot, "1 marked")
        window = app.server.services.session.window  # type: ignore[union-attr]
        server.fault("unauthorized")
        await pilot.press("ctrl+r")
        await sees(pilot, "no longer accepts this login")
        server.fault("unauthorized", on=False)
        await until(pilot, lambda: app.focused)
        type_in(app, "rpw")
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, ConnectScreen))
        await sees(pilot, "Policies", "1 marked", "/ arch", "connected", LAKE)
        assert app.places.here.lens == Lens("arch", cursor=LAKE, marks=(LAKE,))
        assert app.server.services and app.server.services.session.window is window
        await pilot.press("1")
        await sees(pilot, "20 spaces", LAKE)


async def test_many_refusals_at_once_open_one_form(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        for words in ("first", "second", "third"):
            app.connections.ask_login(words)
        await sees(pilot, "third")
        assert [isinstance(screen, ConnectScreen) for screen in app.screen_stack].count(True) == 1


async def test_a_401_of_a_server_out_of_view_waits_until_one_is_there(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        lake = app.server
        use_profile(app, "cedar")
        await sees(pilot, CEDAR)
        await all_is_read(pilot, app.server)
        server.fault("unauthorized", path=f"/{LAKE}")
        assert lake.services
        with suppress(Unauthorized):
            await lake.services.spaces.properties_of(LAKE)
        await until(pilot, lambda: lake.refused)
        server.fault("unauthorized", on=False)
        assert not isinstance(app.screen, ConnectScreen)
        assert [note.profile for note in app.notes if "401" in note.text] == ["lake"]
        await pilot.press("at")
        await sees(pilot, "asks for its password again")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.places.here.screen)
        use_profile(app, "lake")
        await sees(pilot, "no longer accepts this login")


async def test_a_link_to_a_server_whose_password_is_typed_leads_there_all_the_same(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        use_profile(app, "prairie", (Place("policies"), Lens("zzz")))
        await until(pilot, lambda: isinstance(app.screen, ConnectScreen) and app.focused)
        type_in(app, "wrong")
        await pilot.press("enter")
        await sees(pilot, "user and password")
        await until(pilot, lambda: isinstance(app.screen, ConnectScreen) and app.focused)
        await pilot.press("ctrl+u")
        type_in(app, "rpw")
        await pilot.press("enter")
        await sees(pilot, "prairie", "Policies", "/ zzz", "connected")


async def test_writes_are_not_repeated_after_a_401(server: SandboxServer) -> None:
    app = started(clock=FastClock())
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        assert app.services
        server.fault("unauthorized", task="enable-hls")
        job = await app.services.jobs.submit(Order(JobKind.ENABLE, "lake", "51", LAKE, "HLS", streaming_type="OPEN"))
        assert job.refusal == "Unauthorized"
        await until(pilot, lambda: isinstance(app.screen, ConnectScreen) and app.focused)
        server.fault("unauthorized", on=False)
        type_in(app, "rpw")
        await pilot.press("enter")
        await until(pilot, lambda: not isinstance(app.screen, ConnectScreen))
        await sees(pilot, LAKE)
        assert [request.task for request in app.services.session.log].count("enable-hls") == 0


async def test_the_servers_longest_out_of_view_are_let_go(server: SandboxServer) -> None:
    path = places.profiles()
    many = [
        PROFILE.format(name=f"p{n}", url=server.worlds["cedarfork"], ca_file=server.ca_file, password="rpw")
        for n in range(MOST_HELD)
    ]
    path.write_text(path.read_text() + "".join(many))
    app = started()
    async with running(app) as pilot:
        await sees(pilot, LAKE)
        for n in range(MOST_HELD):
            use_profile(app, f"p{n}")
            await sees(pilot, f"p{n} ", CEDAR)
        assert app.connections.of_profile("lake") is None
        assert len(app.servers) == MOST_HELD
        use_profile(app, "lake")
        await sees(pilot, "lake", LAKE)


async def test_the_next_run_goes_on_where_the_last_one_was(server: SandboxServer, tmp_path: Path) -> None:
    file = tmp_path / "visits.json"
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        app.places.go(Place("policies"), Lens("arch", None, "space", LAKE, (LAKE,)))
        await sees(pilot, "1 marked")
        await pilot.press("q")
    assert file.stat().st_mode & 0o777 == 0o600
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "Policies", "/ arch", "1 marked")
        assert app.places.here.lens == Lens("arch", None, "space", LAKE, (LAKE,))
        recent = [visit.place.screen for visit in app.visits.recent("lake")]
        assert recent[0] == "policies"
        assert "spaces" in recent


async def test_what_was_filtered_and_marked_is_on_disk_before_anybody_goes_away(
    server: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resume, "KEEP_EVERY", 0.01)
    file = tmp_path / "visits.json"
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        app.places.here.look(Lens("arch", None, None, LAKE, (LAKE,)))

        def killed_now() -> bool:
            left = Visits(lambda: file)
            left.load()
            last = left.last("lake")
            return last is not None and (last.lens.filter, last.lens.marks) == ("arch", (LAKE,))

        await until(pilot, lambda: file.exists() and killed_now())


async def test_who_went_somewhere_before_the_server_answered_stays_there(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await pilot.press("3")
        await sees(pilot, "Policies", "20 spaces", LAKE)
        await pilot.press("1")
        await sees(pilot, "20 spaces", "STREAMING", LAKE)


async def test_another_store_is_the_current_one_again(server: SandboxServer, tmp_path: Path) -> None:
    file = tmp_path / "visits.json"
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        app.connections.use_store("52")
        await sees(pilot, "store 52")
        await pilot.press("5")
        await sees(pilot, "no jobs")
        await pilot.press("q")
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "store 52", "Jobs")


async def test_a_place_of_another_store_is_gone_to_with_its_filter(server: SandboxServer) -> None:
    app = started()
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        app.connections.use_store("52", (SPACES, Lens("zzz")))
        await sees(pilot, "store 52", "/ zzz")


async def test_a_place_that_is_gone_says_so_and_esc_leads_up(server: SandboxServer, tmp_path: Path) -> None:
    file = tmp_path / "visits.json"
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        app.places.go(Place("contents", "long-gone", parent=Place("spaces")))
        await sees(pilot, "long-gone")
        await pilot.press("q")
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "Spaces › long-gone", "404")
        await pilot.press("escape")
        await sees(pilot, "20 spaces", LAKE)


async def test_a_broken_file_of_places_is_ignored_with_a_note(server: SandboxServer, tmp_path: Path) -> None:
    file = tmp_path / "visits.json"
    file.write_text('{"layout": 1, "visits": {"lake": [{"trail": [{"screen": "no such screen"}]}]}}')
    app = started(visits=Visits(lambda: file))
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        await until(pilot, lambda: any("can't be read" in note.text for note in app.notes))


async def test_a_fresh_world_begins_at_its_root(server: SandboxServer, tmp_path: Path) -> None:
    visits = Visits(lambda: tmp_path / "visits.json")
    app = started(visits=visits)
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        await pilot.press("2")
        await sees(pilot, " Streaming")
    fresh = started(visits=Visits(lambda: tmp_path / "visits.json"))
    app = DurastoreApp(fresh.start._replace(fresh=True))
    async with running(app) as pilot:
        await sees(pilot, "20 spaces", LAKE)
        assert app.places.at_root
