"""The snapshot walk by keys, against the stand-in: the list, one of them, its history and restore, and every change."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.api import tasks as api_tasks
from durastore_tui.config import profile
from durastore_tui.core.resource import Ready, value_of
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import snapshots
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.create_sheet import CreateSheet
from durastore_tui.tui.dialogs.operator_sheet import OperatorSheet
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.dialogs.restore_sheet import RestoreSheet
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.snapshot import SnapshotScreen
from durastore_tui.tui.screens.snapshots import SnapshotsScreen
from durastore_tui.tui.screens.space import SpaceScreen
from durastore_tui.tui.start import SPACES, Start
from durastore_tui.tui.widgets.resource_table import ResourceTable
from tests.sandbox_server import SandboxServer, reported
from tests.tui.fakes import OFF, Scene
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
App = Callable[..., DurastoreApp]


@pytest.fixture
def app_of(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> App:
    """The app as any user of any world."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def made(user: str = "root", world: str = "lakeshore", store: str | None = None) -> DurastoreApp:
        where = profile.demo(world, fresh_sandbox.worlds[world], user, fresh_sandbox.ca_file)
        return DurastoreApp(Start(where, Secret(fresh_sandbox.users[user]), store=store, root=SPACES))

    return made


async def ready(pilot: Pilot[None]) -> None:
    """Connected, and at the first list."""
    await until(pilot, lambda: isinstance(pilot.app, DurastoreApp) and pilot.app.services)
    await until(pilot, lambda: re.search(r"\d spaces?$", shown(pilot.app), re.MULTILINE))


async def listed(pilot: Pilot[None], count: str = "60 snapshots") -> None:
    await ready(pilot)
    await pilot.press("4")
    await sees(pilot, count)


def rows_in(folder: Path) -> int:
    """Lines of the one file there."""
    (written,) = folder.glob("*.csv")
    return len(written.read_text().splitlines())


async def find(pilot: Pilot[None], space: str) -> None:
    """Only that one in the list, under the cursor, with its details."""
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(pilot.app.screen, Prompt))
    await pilot.press("ctrl+u")
    type_in(pilot.app, space)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, SnapshotsScreen))
    await sees(pilot, f"▌  {space[:6]}", "1 of 60")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_list_is_found_from_another_store_and_says_what_stands_how(
    app_of: App, size: tuple[int, int]
) -> None:
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await listed(pilot)
        await sees(
            pilot,
            "store 53 CHRONOPOLIS",
            "▲ initialized, stuck",
            "◐ transferring",
            "◐ replicating",
            "✕ failed transfer",
            "▲ cleaning up, stuck",
            "✕ error",
            "● complete",
            "512.0 GB",
            "52 complete",
            "TB in",
        )
        assert app.services
        assert app.services.session.store.id == "51"


async def test_a_status_that_nobody_knows_stands_as_it_came(app_of: App) -> None:
    async with app_of(world="prairie").run_test(size=WIDE) as pilot:
        await listed(pilot, "1 snapshot")
        await sees(pilot, "· WAITING_FOR_DPN", "900")


async def test_an_account_that_keeps_no_snapshots_is_told_so() -> None:
    async with Scene({"dance-archive": OFF}).app.run_test(size=WIDE) as pilot:
        await ready(pilot)
        await pilot.press("4")
        await sees(pilot, "No store of this account keeps snapshots", "AMAZON_S3")


async def test_one_status_after_the_other_then_all_again(app_of: App) -> None:
    async with app_of().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await pilot.press("a")
        await sees(pilot, "of 60 snapshots", "/ initialized")
        assert "◐ transferring" not in shown(pilot.app)
        for _ in range(12):
            if "/ " not in shown(pilot.app).splitlines()[1]:
                break
            await pilot.press("a")
            await pilot.pause(0.05)
        await sees(pilot, " 60 snapshots", "◐ transferring")


async def test_the_cursor_stays_on_its_snapshot_while_a_new_one_comes_in_on_top(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE) as pilot:
        await listed(pilot)
        await pilot.press("j", "j")
        table = app.screen.query_one(ResourceTable)
        before = table.cursor_key
        assert app.services
        held = app.services.preservation.found
        assert held
        values = {"spaceId": "oh-batch-2026-11", "description": "by somebody else", "userEmail": "jo@library.example"}
        await api_tasks.run(held.session.transport, held.session.store.id, snapshots.CREATE, values)
        await pilot.press("ctrl+r")
        await sees(pilot, "61 snapshots")
        assert (table.cursor_key, table.cursor) == (before, 3)


async def test_progress_is_measured_against_last_nights_report(app_of: App) -> None:
    async with app_of().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await find(pilot, "wwii-oh-2-2026")
        await pilot.press("enter")
        await sees(pilot, f"of {reported(11_902)} items", "━", "%", "TRANSFERRING_FROM_DURACLOUD")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_from_a_snapshot_to_its_restore_and_on_to_the_restored_space(app_of: App, size: tuple[int, int]) -> None:
    app = app_of()
    async with app.run_test(size=size) as pilot:
        await listed(pilot)
        await find(pilot, "tdh-1-2025")
        await pilot.press("enter")
        await sees(pilot, "● complete", "9,840", "lsu-dc")
        await pilot.press("r")
        await sees(pilot, "RESTORATION_COMPLETE", "expires in", "RESTORED SPACE", "yes, 1000+ items")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SpaceScreen))
        await sees(pilot, "store 53", "tdh-1-2025-20", "restore-id")


async def test_a_snapshot_without_a_restore_says_so_and_names_the_space_of_one(app_of: App) -> None:
    async with app_of().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await find(pilot, "theses-2019")
        await pilot.press("r")
        await sees(pilot, "No restore yet.", "theses-2019-20")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_whole_history_is_there_newest_first_also_1400_events(app_of: App, size: tuple[int, int]) -> None:
    async with app_of().run_test(size=size) as pilot:
        await listed(pilot)
        await find(pilot, "history-heavy")
        await pilot.press("t")
        await sees(pilot, "1,400 events")
        await pilot.press("G")
        await sees(pilot, "SNAPSHOT_INITIATED")


async def test_an_event_that_parses_is_names_and_values_and_any_other_is_as_it_came(app_of: App) -> None:
    async with app_of().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await find(pilot, "tdh-1-2025")
        await pilot.press("t")
        await sees(pilot, "restore-action", "RESTORE_COMPLETED", "expiration-date", "AS IT CAME", "UTC")


async def test_the_history_goes_to_a_file(app_of: App, tmp_path: Path) -> None:
    async with app_of().run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await find(pilot, "tdh-1-2025")
        await pilot.press("t")
        await sees(pilot, "5 events")
        await pilot.press("e")
        await sees(pilot, "Export everything")
        await pilot.press("tab", "enter")
        await sees(pilot, "5 events are in")
    assert rows_in(tmp_path) == 6


async def test_hostile_words_are_shown_and_obeyed_by_nobody(app_of: App) -> None:
    async with app_of().run_test(size=WIDE) as pilot:
        await listed(pilot)
        await find(pilot, "film-reel-9")
        await pilot.press("enter")
        await sees(pilot, "[red]")
        assert "\x1b" not in shown(pilot.app)


def test_a_timer_that_outlives_the_widgets_at_the_end_is_no_defect() -> None:
    without_widgets = SnapshotsScreen(Place("snapshots"))
    without_widgets.rows.read_under_cursor()
    without_widgets.details.read()


async def test_a_new_snapshot_is_looked_at_asked_about_sent_once_and_followed(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await pilot.press("N")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        await pilot.press("ctrl+u")
        type_in(app, "oh-batch-2026-11")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CreateSheet))
        await sees(pilot, f"{reported(1_204)} items", "27.0 GB", "in the report of", "read-only", "0 of 512 characters")
        type_in(app, "x" * 513)
        await sees(pilot, "513 of 512 characters: 1 too many")
        await pilot.press("enter")
        assert isinstance(app.screen, CreateSheet)
        await pilot.press("backspace", "tab")
        type_in(app, "jo at library")
        await pilot.press("enter")
        await sees(pilot, "one e-mail address")
        await pilot.press("ctrl+u")
        type_in(app, "jo@library.example")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await pilot.press("tab")
        type_in(app, "oh-batch-2026-11")
        await pilot.press("enter", "enter")
        await sees(pilot, "61 snapshots", "oh-batch-2026-11")
        assert app.services
        creations = [request for request in app.services.session.log if request.task == snapshots.CREATE.name]
        assert [(job.kind, job.space) for job in app.jobs] == [("snapshot", "oh-batch-2026-11")]
        assert len(creations) <= 1


async def test_what_the_server_would_refuse_is_said_first_and_can_be_sent_all_the_same(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await find(pilot, "private-donor-papers")
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await sees(pilot, "is ERROR", "can be restarted", "Restart anyway")
        await pilot.press("y")
        await sees(pilot, "snapshot rejected", "Unexpected response code: 500")


async def test_a_failed_transfer_restarts_with_one_y(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await find(pilot, "film-reel-9")
        await pilot.press("T")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        assert "anyway" not in shown(app)
        await pilot.press("y")
        await sees(pilot, "◌ initialized")


async def test_a_restore_names_its_space_before_anything_is_sent(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await find(pilot, "a-space-with-exactly-forty-two-characters0")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RestoreSheet))
        await sees(pilot, "characters: another snapshot may want", "needs ADMIN", "needs ROOT")
        await pilot.press("tab")
        type_in(app, "jo@library.example")
        await pilot.press("enter")
        await sees(pilot, "The operators get a mail", "another snapshot of the space may want it")
        await pilot.press("y")
        await sees(pilot, "request-restore-snapshot took effect.")


async def test_a_restore_is_confirmed_by_typing_its_source_space(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await find(pilot, "newspapers-1918")
        await pilot.press("R")
        await until(pilot, lambda: isinstance(app.screen, RestoreSheet))
        await pilot.press("down", "tab")
        type_in(app, "jo@library.example")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await sees(pilot, "Type newspapers-1918 to go on")
        await pilot.press("tab")
        type_in(app, "newspapers-1918")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: any(job.kind == "restore" for job in app.jobs))


async def test_nothing_cancels_but_the_operators_and_how_is_a_line_to_copy(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE) as pilot:
        await listed(pilot)
        await find(pilot, "wwii-oh-2-2026")
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, OperatorSheet))
        await sees(pilot, "wwii-oh-2-2026 gets a rule that deletes every item")
        await pilot.press("down", "down", "down", "down")
        await sees(pilot, "No task cancels it", "/cancel", "Copy")


async def test_an_operators_task_wants_the_space_typed_and_says_what_speaks_against_it(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await listed(pilot)
        await find(pilot, "wwii-oh-2-2026")
        await pilot.press("O")
        await until(pilot, lambda: isinstance(app.screen, OperatorSheet))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmSheet))
        await sees(pilot, "TRANSFERRING_FROM_DURACLOUD", "Type wwii-oh-2-2026 to go on", "Run it anyway")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SnapshotsScreen))


async def test_what_somebody_else_began_is_followed_and_nothing_is_sent(app_of: App) -> None:
    app = app_of("admin")
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("4")
        await sees(pilot, "● complete")
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        type_in(app, "tdh-1-2025")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SnapshotsScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SnapshotScreen))
        await sees(pilot, "expires in")
        await pilot.press("w")
        await until(pilot, lambda: any(job.kind == "restore" for job in app.jobs))


async def test_a_store_without_snapshots_does_not_take_one_of_its_spaces(app_of: App) -> None:
    async with app_of().run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "20 spaces", "dance-archive")
        await pilot.press("N")
        await sees(pilot, "does not offer create-snapshot")


async def test_spaces_have_exact_items_and_sizes_out_of_last_nights_report_and_growth_as_little_bars(
    app_of: App,
) -> None:
    async with app_of().run_test(size=WIDE) as pilot:
        await sees(pilot, reported(733_120), "6.1 TB", "growth", "█", "in the report of")


async def test_who_may_not_read_the_report_sees_what_the_spaces_tell(app_of: App) -> None:
    async with app_of("user").run_test(size=WIDE) as pilot:
        await sees(pilot, "1,000+")
        assert "in the report of" not in shown(pilot.app)


async def test_a_snapshot_that_is_in_the_list_no_more_neither_comes_back_nor_ends_the_program(app_of: App) -> None:
    app = app_of()
    async with app.run_test(size=NARROW) as pilot:
        await listed(pilot)
        screen = app.screen
        assert isinstance(screen, SnapshotsScreen)
        gone, *_, kept = screen.rows.all_names
        painted = screen.listed.rows((gone, kept))
        left = [row for row in value_of(screen.listed.summaries) or () if row.snapshot_id == kept]
        screen.listed.take(Ready(tuple(left), screen.now))
        assert [row.key for row in painted] == [gone, kept]
        assert screen.listed.row(gone) is None
        screen.details.take(gone, screen.snapshots.detail(gone))
        await sees(pilot, "60 snapshots")
