"""The list of spaces: its six looks, what is read first, and a cursor that stays on its space."""

from dataclasses import replace

import pytest

from durastore_tui.core.errors import Forbidden, Malformed, Unreachable
from durastore_tui.core.jobs import JobState
from durastore_tui.tui.screens.spaces import SpacesScreen
from durastore_tui.tui.widgets.resource_table import ResourceTable
from tests.tui.fakes import OFF, OPEN, PROFILE, FakeSpaces, Scene, a_job
from tests.tui.looking import cell, sees, shown, until

WIDE, NARROW = (120, 36), (80, 24)
MANY = {f"space-{number:03}": OFF for number in range(100)}


def table(scene: Scene) -> ResourceTable:
    return scene.app.screen.query_one(ResourceTable)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_first_picture_needs_no_server(size: tuple[int, int]) -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=size):
        assert "Spaces" in shown(scene.app)
        assert "DEMO" in shown(scene.app)


async def test_spaces_come_with_how_they_stream_and_how_much_they_hold() -> None:
    scene = Scene({"dance-archive": OFF, "oral-histories-hls": OPEN})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "dance-archive", "off", "oral-histories-hls", "OPEN", "12", "2 spaces", "store 51 AMAZON_S3")


async def test_names_are_there_while_properties_are_still_unknown() -> None:
    scene = Scene({"dance-archive": Unreachable("HEAD", None, "")})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "dance-archive", "failed")


async def test_asking_an_empty_list_and_a_list_under_way_look_different() -> None:
    scene = Scene({})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "This store has no spaces.")
        scene.spaces.gate.clear()
        assert scene.app.services
        scene.app.connections.begin_anew(scene.app.server, scene.app.services)
        await sees(pilot, "Asking for the spaces of store 51")
        assert "This store has no spaces." not in shown(scene.app)
        scene.spaces.gate.set()
        await sees(pilot, "This store has no spaces.")


async def test_a_list_that_fails_keeps_its_rows_and_says_why() -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "dance-archive")
        scene.spaces.failing = Malformed("GET /spaces", 200, "cut off")
        await pilot.press("ctrl+r")
        await sees(pilot, "dance-archive", "The reply is not in the form that DuraStore uses")
        scene.spaces.failing = None
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "not in the form" not in shown(scene.app))


async def test_a_list_that_was_never_read_and_is_refused_says_so() -> None:
    scene = Scene({})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "This store has no spaces.")
        other = FakeSpaces(scene.session, {})
        other.failing = Forbidden("GET /spaces", 403, "Zugriff verweigert")
        assert scene.app.services
        scene.app.connections.begin_anew(scene.app.server, scene.app.services._replace(spaces=other))
        await sees(pilot, "GET /spaces", "403", "Zugriff verweigert")


async def test_a_server_that_is_not_there_is_a_panel_with_a_retry() -> None:
    scene = Scene({"dance-archive": OFF})
    scene.refusals.append(Unreachable("GET /stores", None, "connection refused"))
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "connection refused", "try again", "no connection")
        await pilot.press("ctrl+r")
        await sees(pilot, "dance-archive", "connected")


async def test_what_is_on_screen_is_read_first_and_the_rest_after_it() -> None:
    scene = Scene(MANY)
    async with scene.app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: scene.app.services and len(scene.spaces.asked) == len(MANY))
        assert scene.spaces.asked[: len(table(scene).on_screen)] == list(table(scene).on_screen)
        assert sorted(scene.spaces.asked) == sorted(MANY)


async def test_the_cursor_stays_on_its_space_when_others_come() -> None:
    scene = Scene({"b": OFF, "d": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("j")
        scene.spaces.spaces = {"a": OFF, "b": OFF, "c": OFF, "d": OFF}
        await pilot.press("ctrl+r")
        await sees(pilot, "4 spaces")
        assert table(scene).cursor_key == "d"


async def test_a_filter_keeps_rows_while_it_is_typed_and_esc_takes_it_back() -> None:
    scene = Scene({"dance-archive": OFF, "oral-histories-hls": OPEN})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        await pilot.press("slash", *"oral")
        await until(pilot, lambda: table_of_spaces(scene).on_screen == ("oral-histories-hls",))
        await pilot.press("escape")
        await until(pilot, lambda: len(table_of_spaces(scene).on_screen) == 2)
        await pilot.press("slash", *"dan", "enter")
        await sees(pilot, "/ dan", "1 of 2")


def table_of_spaces(scene: Scene) -> ResourceTable:
    """Also while the prompt lies over it."""
    screen = next(screen for screen in scene.app.screen_stack if isinstance(screen, SpacesScreen))
    return screen.query_one(ResourceTable)


async def test_sorting_goes_through_the_columns_and_says_by_which() -> None:
    more = replace(OFF, raw={**OFF.raw, "space-count": "3"})
    scene = Scene({"a": OFF, "b": more})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", " 12 ", " 3 ")
        await pilot.press("s", "s", "s")
        await sees(pilot, "by items")
        assert table(scene).on_screen == ("b", "a")


async def test_marked_spaces_are_counted_also_under_a_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    scene = Scene({"a-1": OFF, "a-2": OFF, "b-1": OFF})
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "3 spaces")
        await pilot.press("space", "space", "slash", "b", "enter")
        await sees(pilot, "2 marked", "1 of 3")
        await pilot.press("y")
        await sees(pilot, "2 marked space ids, 2 of them hidden by the filter", "tab-separated")
        await pilot.press("y")
        await sees(pilot, "2 marked space ids", "terminal")


async def test_under_100_columns_enter_opens_the_space_and_esc_comes_back() -> None:
    scene = Scene({"a": OFF, "dance-archive": OFF})
    async with scene.app.run_test(size=NARROW) as pilot:
        await sees(pilot, "2 spaces")
        assert "ACCESS" not in shown(scene.app)
        await pilot.press("j", "enter")
        await sees(pilot, "Spaces › dance-archive", "STREAMING", "group-av")
        await pilot.press("escape")
        await sees(pilot, "2 spaces")
        assert table(scene).cursor_key == "dance-archive"


async def test_an_open_job_of_a_space_is_its_word() -> None:
    scene = Scene({"dance-archive": OFF}, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "enabling", "accepted")


async def test_the_end_of_a_job_is_a_toast_that_stays_and_a_message() -> None:
    scene = Scene({"dance-archive": OFF}, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "enabling")
        scene.jobs.move(a_job(state=JobState.CONFIRMED))
        await sees(pilot, "dance-archive: enable confirmed")
        await pilot.press("n")
        await sees(pilot, "Messages", "dance-archive: enable confirmed")


async def test_a_job_of_another_profile_is_none_of_ours() -> None:
    scene = Scene({"dance-archive": OFF}, jobs=[replace(a_job(), profile="elsewhere")])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "12", "no jobs under way")


@pytest.mark.parametrize("key", ["E", "D", "X"])
async def test_read_only_blocks_every_change_and_says_so(key: str) -> None:
    scene = Scene({"dance-archive": OPEN}, profile=replace(PROFILE, read_only=True))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "READ-ONLY", "OPEN")
        await pilot.press(key)
        await sees(pilot, "read-only here")
        assert scene.jobs.orders == []


async def test_a_task_that_the_store_does_not_offer_says_so_when_pressed() -> None:
    scene = Scene({"dance-archive": OFF}, offered=("noop",))
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "dance-archive", "12")
        await pilot.press("E")
        await sees(pilot, "does not offer enable-hls")


async def test_server_words_that_look_like_markup_are_shown() -> None:
    hostile = "[/] [b]x[/b] [@click=app.quit]here[/]"
    scene = Scene({hostile: replace(OFF, raw={**OFF.raw, "note": "\x1b[31m[/]"})})
    async with scene.app.run_test(size=WIDE, notifications=True, tooltips=True) as pilot:
        await sees(pilot, "[@click=app.quit]", "␛[31m[/]")
        scene.spaces.failing = Malformed("GET /[/]", 200, hostile)
        await pilot.press("ctrl+r")
        await pilot.press("D")
        await sees(pilot, "[b]x[/b]")


@pytest.mark.parametrize(("key", "header"), [("1", "STREAMING"), ("2", "STATE")], ids=["spaces", "streaming"])
async def test_a_space_is_read_anew_when_its_job_moved(key: str, header: str) -> None:
    scene = Scene({"dance-archive": OFF}, jobs=[a_job()])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "enabling")
        await pilot.press(key)
        await until(pilot, lambda: "enabling" in cell(scene.app, "dance-archive", header))
        scene.spaces.spaces["dance-archive"] = OPEN
        scene.jobs.move(a_job(state=JobState.CONFIRMED))
        await sees(pilot, " OPEN ", "dance-archive  ")
        assert cell(scene.app, "dance-archive", header).endswith("OPEN")
