"""What is around every screen: lines, places, help, palette, and the way out."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from durastore_tui.config.profile import Environment
from durastore_tui.core.jobs import JobState
from durastore_tui.tui.dialogs.help import HelpScreen
from durastore_tui.tui.dialogs.key_table import markdown
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.servers.navigator import Navigator
from durastore_tui.tui.widgets.modal import Modal
from durastore_tui.tui.widgets.sheet import Sheet
from tests.tui.fakes import OFF, OPEN, PROFILE, Scene, a_job
from tests.tui.looking import sees, shown, until

WIDE = (120, 36)
SPACES = {"dance-archive": OFF, "oral-histories-hls": OPEN}


async def test_digits_brackets_dash_and_esc_move_through_places() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("2")
        await sees(pilot, "Streaming", "1 of 2 spaces")
        await pilot.press("left_square_bracket")
        await sees(pilot, " Spaces")
        await pilot.press("right_square_bracket")
        await sees(pilot, " Streaming")
        await pilot.press("minus")
        await sees(pilot, " Spaces")
        await pilot.press("enter")
        await sees(pilot, "Spaces › dance-archive")
        await pilot.press("escape")
        await until(pilot, lambda: "›" not in shown(scene.app))


async def test_a_place_that_was_left_is_found_as_it_was() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("slash", *"oral", "enter", "2", "1")
        await sees(pilot, "/ oral", "1 of 2")


async def test_places_that_were_left_long_ago_are_let_go() -> None:
    scene = Scene({f"space-{number}": OFF for number in range(30)})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "30 spaces")
        for _ in range(20):
            await pilot.press("enter", "escape", "j")
        assert isinstance(places := scene.app.places, Navigator)
        assert len(places._screens) < 20
        await sees(pilot, "30 spaces")


async def test_under_24_rows_the_jobs_move_into_the_second_line() -> None:
    scene = Scene(SPACES, jobs=[a_job()])
    async with scene.app.run_test(size=(100, 20)) as pilot:
        await sees(pilot, "Spaces", "1 running")
        assert "most" not in shown(scene.app)


async def test_a_terminal_without_room_names_the_headless_commands() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=(50, 20)) as pilot:
        await sees(pilot, "durastore-tui spaces list")
        await pilot.resize_terminal(120, 36)
        await sees(pilot, "oral-histories-hls")


async def test_help_lists_the_keys_of_the_place() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", "○ off", "◎ OPEN")
        await pilot.press("question_mark")
        await sees(
            pilot, "Keys in spaces", "The spaces of the current store", "THIS PLACE", "CHANGES", "Enable streaming"
        )
        await sees(pilot, "Not now: dance-archive does not stream")
        await pilot.press("G")
        await sees(pilot, "MOVING", "Twice leaves", "Type where to go")
        await pilot.press("y")
        await until(pilot, lambda: any("the keys of this place" in note.text for note in scene.app.notes))
        await pilot.press("q")
        await until(pilot, lambda: not isinstance(scene.app.screen, HelpScreen))


async def test_the_table_of_all_keys_is_written_to_a_file(tmp_path: Path) -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("question_mark", "a")
        await sees(pilot, "All keys", "[go_spaces]")
        await pilot.press("w")
        await until(pilot, lambda: isinstance(scene.app.screen, Prompt))
        scene.app.screen.query_one(Input).value = str(tmp_path / "keys.md")
        await pilot.press("enter")
        await until(pilot, lambda: any("The table of keys is in" in note.text for note in scene.app.notes))
    assert (tmp_path / "keys.md").read_text() == markdown()


async def test_the_palette_runs_what_the_keys_run() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("ctrl+p")
        await pilot.press(*"Streaming")
        await sees(pilot, "Go to Streaming.")
        await pilot.press("enter")
        await sees(pilot, "1 of 2 spaces")


async def test_the_palette_has_no_picture_that_some_terminals_cannot_draw() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("ctrl+p")
        await pilot.press(*"Streaming")
        await sees(pilot, "Go to Streaming.")
        assert "🔎" not in shown(scene.app)


async def test_the_palette_finds_a_space_by_its_name() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("ctrl+p")
        await pilot.press(*"oral-hist")
        await sees(pilot, "Open this space.")
        await pilot.press("enter")
        await sees(pilot, "Spaces › oral-histories-hls")


async def test_q_leaves_with_0() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("q")
        await until(pilot, lambda: not scene.app.is_running or scene.app._exit)
    assert scene.app.return_code == 0


async def test_q_asks_once_while_a_write_is_on_its_way() -> None:
    scene = Scene(SPACES, jobs=[a_job(state=JobState.SENT)])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "sent")
        await pilot.press("q")
        await sees(pilot, "A write is on its way")
        await pilot.press("q")
        await until(pilot, lambda: scene.app._exit)


async def test_ctrl_c_leaves_only_when_it_is_meant() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("ctrl+c")
        await sees(pilot, "ctrl+c again leaves")
        scene.clock.advance(10)
        await pilot.press("ctrl+c")
        assert not scene.app._exit
        await pilot.press("ctrl+c")
        await until(pilot, lambda: scene.app._exit)
    assert scene.app.return_code == 130


@pytest.mark.parametrize(("key", "over"), [("question_mark", ReadingScreen), ("slash", Prompt), ("X", Sheet)])
async def test_ctrl_c_over_a_page_a_prompt_and_a_sheet_leaves_as_elsewhere(key: str, over: type[Modal[Any]]) -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "OPEN")
        await pilot.press(key)
        await until(pilot, lambda: isinstance(scene.app.screen, over))
        await pilot.press("ctrl+c")
        await sees(pilot, "ctrl+c again leaves")
        await pilot.press("ctrl+c")
        await until(pilot, lambda: scene.app._exit)
    assert scene.app.return_code == 130


@pytest.mark.parametrize(("environment", "tier_2"), [(Environment.PROD, True), (Environment.TEST, False)])
async def test_on_prod_a_change_wants_the_space_id_typed(environment: Environment, tier_2: bool) -> None:
    scene = Scene({"oral-histories-hls": OPEN}, profile=replace(PROFILE, environment=environment))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, environment.value, "OPEN")
        await pilot.press("D")
        await sees(pilot, "Disable HLS streaming")
        assert ("Type oral-histories-hls" in shown(scene.app)) == tier_2


async def test_jobs_are_shown_and_hidden_on_every_screen() -> None:
    scene = Scene(SPACES, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("b")
        await sees(pilot, "The server said so.")
        await pilot.press("2")
        await sees(pilot, "of 2 spaces", "The server said so.")


async def test_a_defect_in_a_worker_is_said_and_ends_nothing() -> None:
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces")
        scene.spaces.failing = ZeroDivisionError("secret words")  # type: ignore[assignment]
        await pilot.press("ctrl+r")
        await sees(pilot, "A defect: read the spaces ended with ZeroDivisionError.")
        assert "secret words" not in shown(scene.app)
