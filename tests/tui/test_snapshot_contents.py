"""The contents of a snapshot by keys, against the stand-in: any row, any name, a prefix, a mirror, an export."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.services.session import open_session
from durastore_tui.services.snapshot_list import Snapshots
from durastore_tui.tui.dialogs.export_sheet import ExportSheet
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.screens.snapshot_contents import SnapshotContentsScreen
from tests.at_contents import AtContents
from tests.sandbox_server import SandboxServer
from tests.tui.looking import sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
STORE = "53"
BIG, HOSTILE, EMPTY = "newspapers-1918", "musee-copies", "oh-batch-2026-10"

Opened = Callable[..., AbstractAsyncContextManager[Pilot[None]]]


async def ids_of(sandbox: SandboxServer) -> list[str]:
    profile = Profile("stand-in", sandbox.url, "root", Environment.DEMO)
    session = await open_session(profile, Secret(sandbox.users["root"]), WallClock(), STORE)
    ids = [row.snapshot_id or "" for row in await Snapshots(session).list()]
    await session.close()
    return ids


@pytest.fixture
def opened(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The app at the contents of the first snapshot whose id contains some words; files go into a new folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "files").mkdir()
    monkeypatch.chdir(tmp_path / "files")

    @asynccontextmanager
    async def at(words: str, size: tuple[int, int] = WIDE) -> AsyncIterator[Pilot[None]]:
        ids = await ids_of(fresh_sandbox)
        app = AtContents(fresh_sandbox.url, STORE, next((one for one in ids if words in one), words))
        async with app.run_test(size=size, notifications=True) as pilot:
            await until(pilot, lambda: isinstance(app.screen, SnapshotContentsScreen))
            yield pilot

    return at


@pytest.fixture
def mine(opened: Opened) -> str:
    """A file that is there already."""
    Path("mine.jsonl").write_text("mine")
    return "mine.jsonl"


def written(name: str) -> str:
    """What is in a file; nothing while there is none."""
    file = Path(name)
    return file.read_text() if file.exists() else ""


async def ask(pilot: Pilot[None], key: str, text: str) -> None:
    """Types into the prompt that a key opens."""
    await pilot.press(key)
    await until(pilot, lambda: isinstance(pilot.app.screen, Prompt))
    type_in(pilot.app, text)
    await pilot.press("enter")


def asked(pilot: Pilot[None]) -> int:
    """Pages that the app asked the server for."""
    app = pilot.app
    assert isinstance(app, AtContents) and app.services
    return sum("contents" in (request.task or "") for request in app.services.session.log)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_first_page_shows_rows_sizes_and_the_total(opened: Opened, size: tuple[int, int]) -> None:
    async with opened(BIG, size) as pilot:
        await sees(pilot, "184,233 items", ".collection-s", "16.2 MB", "1  ")
        assert asked(pilot) == 1


async def test_a_row_number_is_one_page_away(opened: Opened) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await ask(pilot, "g", "150,000")
        await sees(pilot, "150,000  lakesh")
        assert asked(pilot) == 2


async def test_a_row_past_the_end_leads_to_the_last_one_and_says_so(opened: Opened) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await ask(pilot, "g", "999999")
        await sees(pilot, "184,233  ", "There are 184,233 rows; this is the last.")


async def test_a_name_is_found_by_halving_and_the_cursor_stands_on_it(opened: Opened) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await ask(pilot, "g", "lakeshore-herald/issue-005000/page-01")
        screen = pilot.app.screen
        assert isinstance(screen, SnapshotContentsScreen)
        await until(pilot, lambda: "issue-005000/page-01" in (screen.table.cursor_key or ""))
        assert asked(pilot) <= 10


async def test_a_name_that_is_not_there_is_said_to_be_missing(opened: Opened) -> None:
    async with opened(HOSTILE) as pilot:
        await sees(pilot, "88 items")
        await ask(pilot, "g", "mm-none")
        await sees(pilot, "No id begins with mm-none")


async def test_esc_stops_a_search_and_stays_here(opened: Opened, fresh_sandbox: SandboxServer) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        fresh_sandbox.fault("hang", task="get-snapshot-contents")
        await ask(pilot, "g", "lakeshore-herald/issue-005000")
        screen = pilot.app.screen
        assert isinstance(screen, SnapshotContentsScreen)
        await pilot.press("escape")
        await until(pilot, lambda: "goto" not in screen.doing)
        assert screen.is_current
        assert screen.table.cursor == 0


async def test_a_prefix_is_asked_of_the_server_and_its_total_is_not_believed(opened: Opened) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await ask(pilot, "p", "lakeshore-herald/issue-0012")
        await sees(pilot, "1,000 so far", "issue-001200/")
        assert "184,233" not in shown(pilot.app)


@pytest.mark.slow
async def test_a_filter_covers_what_is_held_and_after_a_mirror_everything(opened: Opened) -> None:
    async with opened("theses-2019") as pilot:
        await sees(pilot, "1,000 items")
        await pilot.press("m")
        await sees(pilot, "Everything is held already")
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await pilot.press("m")
        await sees(pilot, "/185 pages, m pauses")
        await pilot.press("m")
        await sees(pilot, "paused,", "m goes on")
        await pilot.press("m")
        await sees(pilot, "all held")
        await ask(pilot, "slash", "issue-005000/page-01.tif")
        await sees(pilot, "1 in 184,233 held, of 184,233", "issue-005000/page-01.tif")


async def test_a_whole_list_is_sorted_by_its_columns_and_line_2_says_which(opened: Opened) -> None:
    async with opened(HOSTILE) as pilot:
        await sees(pilot, "88 items")
        await pilot.press("j", "s")
        await sees(pilot, "by id", "ID ")
        screen = pilot.app.screen
        assert isinstance(screen, SnapshotContentsScreen)
        table = screen.table
        await until(pilot, lambda: not table.sorting)
        ids = [row.key for index in range(table.row_count) if (row := table.row_at(index))]
        assert len(ids) == 88
        assert ids == sorted(ids, key=str.casefold)
        assert table.cursor_key == "$HOME.txt"
        await pilot.press("s")
        await sees(pilot, "by size")


async def test_sorting_a_list_that_is_not_whole_names_the_key_that_reads_the_rest(opened: Opened) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await pilot.press("s")
        await sees(pilot, "Sorting needs the whole list: m mirrors the rest.")
        assert "by id" not in shown(pilot.app)


async def test_i_shows_the_properties_that_came_with_the_page(opened: Opened) -> None:
    async with opened(HOSTILE, NARROW) as pilot:
        await sees(pilot, "88 items")
        await pilot.press("j", "i")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await sees(pilot, "$HOME.txt", "PROPERTIES", "ana.ruiz", "/mnt/accessions/$HOME.txt")


async def export(pilot: Pilot[None], name: str) -> None:
    """By the sheet that e opens, into a file of that name."""
    await pilot.press("e")
    await until(pilot, lambda: isinstance(pilot.app.screen, ExportSheet))
    await pilot.press("down", "down", "tab")
    await pilot.press("ctrl+u")
    type_in(pilot.app, name)
    await pilot.press("enter")


@pytest.mark.slow
async def test_an_export_stopped_halfway_is_a_part_and_is_gone_on_with(opened: Opened) -> None:
    async with opened(BIG) as pilot:
        await sees(pilot, "184,233 items")
        await export(pilot, "all.jsonl")
        await sees(pilot, "exporting ", " of 184,233; e stops")
        await until(pilot, lambda: written("all.jsonl.partial"))
        await pilot.press("e")
        await sees(pilot, "all.jsonl.partial holds what was written")
        assert not written("all.jsonl")
        await export(pilot, "all.jsonl")
        await sees(pilot, "184,233 items,")
        assert not written("all.jsonl.partial")
    rows = [json.loads(line)["contentId"] for line in written("all.jsonl").splitlines()]
    assert (len(rows), len(set(rows))) == (184_233, 184_233)
    assert rows == sorted(rows)


async def test_a_file_that_is_there_is_not_written_over(opened: Opened, mine: str) -> None:
    async with opened(HOSTILE) as pilot:
        await sees(pilot, "88 items")
        await export(pilot, mine)
        await sees(pilot, "is there already")
    assert written(mine) == "mine"


async def test_an_empty_snapshot_is_told_from_an_unknown_one(opened: Opened) -> None:
    async with opened(EMPTY) as pilot:
        await sees(pilot, "is empty.")
    async with opened("lakeshore_53_no-such_2020-01-01-00-00-00") as pilot:
        await sees(pilot, "failed: the contents of", "Not found: check the ID.")


async def test_hostile_ids_leave_every_column_where_it_is(opened: Opened) -> None:
    async with opened(HOSTILE) as pilot:
        await sees(pilot, "88 items", "esc␛[31mred.ts", "⟨009B⟩")
        rows = pilot.app.screen._compositor.render_strips()[3:34]
        modified = [strip.crop(60, 64).text for strip in rows]
        assert modified == ["2026"] * 31
        assert "\x1b" not in shown(pilot.app)
