"""Lists that ask again by themselves: when, how that is said, and that nothing on the screen moves for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from textual.strip import Strip

from durastore_tui.core.errors import Unauthorized, Unreachable
from durastore_tui.core.resource import Failed, Loading, Ready, Resource, Stale
from durastore_tui.tui.refresh import EVERY, MOST, Refresh
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.space_list import SpaceListScreen
from durastore_tui.tui.widgets.inspector import Inspector
from tests.tui.fakes import OFF, OPEN, Scene
from tests.tui.looking import sees, shown, until

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WIDE, NARROW = (120, 36), (80, 24)
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW])
DOWN = Unreachable("GET /spaces", None, "down")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_list_is_asked_for_again_when_it_is_old_and_not_while_it_is_being_asked_for() -> None:
    refresh = Refresh()
    assert not refresh.due(EVERY, Ready((), NOW), later(29))
    assert refresh.due(EVERY, Ready((), NOW), later(30))
    assert not refresh.due(EVERY, Ready((), NOW), later(31)), "its answer is on its way"
    assert not refresh.due(EVERY, Stale((), NOW), later(90))
    assert not refresh.due(EVERY, Loading(NOW), later(90))
    assert not refresh.due(None, Ready((), NOW), later(3600)), "a long list is never read again by itself"


@pytest.mark.parametrize("failed", [Stale((), NOW, DOWN), Failed(DOWN, NOW)])
def test_failures_are_tried_again_ever_more_seldom_and_a_good_answer_ends_that(failed: Resource[tuple[()]]) -> None:
    refresh, tries, second = Refresh(), [], 0
    while second < 1500:
        if refresh.due(EVERY, failed, later(second)):
            tries.append(second)
        second += 1
    waits = [after - before for before, after in pairwise(tries)]
    assert waits == sorted(waits)
    assert waits[0] > EVERY.total_seconds()
    assert waits[-1] == MOST.total_seconds()
    refresh.due(EVERY, Ready((), later(second)), later(second))
    assert refresh.period(EVERY) == EVERY


def test_a_login_that_is_refused_is_not_tried_again_by_itself() -> None:
    refused = Stale((), NOW, Unauthorized("GET /spaces", 401, ""))
    assert not any(Refresh().due(EVERY, refused, later(second)) for second in range(0, 4000, 10))


def listed(scene: Scene) -> SpaceListScreen:
    here = scene.app.screen
    assert isinstance(here, SpaceListScreen)
    return here


async def come_round(scene: Scene, seconds: float) -> None:
    """Time goes on, and the second's tick comes."""
    scene.clock.advance(seconds)
    listed(scene).tick_second()


@BOTH
async def test_new_spaces_come_by_themselves_and_the_cursor_stays_on_its_row(size: tuple[int, int]) -> None:
    scene = Scene({"beta": OFF, "delta": OPEN, "gamma": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "3 spaces", "30 s")
        await pilot.press("j", "space", "k")
        assert listed(scene).table.cursor_key == "delta"
        scene.spaces.spaces = {"alpha": OFF, **scene.spaces.spaces, "zeta": OFF}
        await come_round(scene, 31)
        await sees(pilot, "5 spaces", "alpha", "1 marked")
        assert listed(scene).table.cursor_key == "delta"
        assert listed(scene).table.marked == ("delta",)


@BOTH
async def test_line_1_says_how_old_it_is_and_how_often_it_is_read(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        scene.spaces.gate.clear()
        scene.clock.advance(12)
        await sees(pilot, "read 10 s ago, every 30 s" if size == WIDE else "10 s/30 s")
        await pilot.press("f")
        await sees(pilot, "FROZEN")
        scene.spaces.spaces = {"maps": OFF, "theses": OFF}
        scene.spaces.gate.set()
        await come_round(scene, 600)
        await pilot.pause(0.1)
        assert "theses" not in shown(scene.app)
        await pilot.press("f")
        await sees(pilot, "theses", "30 s")
        assert "FROZEN" not in shown(scene.app)


async def test_nothing_is_asked_under_a_sheet() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        place = listed(scene)
        await pilot.press("question_mark")
        await until(pilot, lambda: scene.app.screen is not place)
        scene.spaces.spaces = {"maps": OFF, "theses": OFF}
        scene.clock.advance(600)
        place.tick_second()
        await pilot.pause(0.05)
        assert isinstance(place.rows.names, Ready)
        assert place.rows.names.value == ("maps",)


async def test_a_refresh_that_fails_keeps_the_rows_and_says_that_it_waits_longer() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        scene.spaces.failing = DOWN
        await come_round(scene, 31)
        await sees(pilot, "maps", "▲ old")
        listed(scene).tick_second()
        await sees(pilot, "every 1 min")


async def test_an_unchanged_refresh_paints_nothing_of_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 5 10.0.0.2 22")
    scene = Scene({f"space-{number}": OFF for number in range(30)})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "30 spaces", "space-9")
        await until(pilot, lambda: len(scene.spaces.asked) == 30)
        await pilot.pause(0.6)
        table, painted = listed(scene).table, list[int]()
        paint = table.render_line

        def noted(y: int) -> Strip:
            painted.append(y)
            return paint(y)

        monkeypatch.setattr(table, "render_line", noted)
        await come_round(scene, 31)
        await until(pilot, lambda: getattr(listed(scene).shown(), "at", None) == scene.clock.now())
        await pilot.pause(0.3)
        assert painted == []
        scene.spaces.spaces = {**scene.spaces.spaces, "space-31": OFF}
        await come_round(scene, 31)
        await sees(pilot, "31 spaces")
        assert painted


async def test_a_place_below_another_is_out_of_view_and_one_under_a_sheet_is_not() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        below = listed(scene)
        await pilot.press("question_mark")
        await until(pilot, lambda: scene.app.screen is not below)
        assert below.in_view
        await pilot.press("escape", "enter")
        await until(pilot, lambda: not below.in_view)
        above = scene.app.screen
        assert isinstance(above, PlaceScreen)
        assert above.in_view


async def test_what_only_the_panel_shows_is_not_read_for_a_place_out_of_view(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        below, read = listed(scene), list[str]()
        monkeypatch.setattr(below, "content", replace(below.content, read_under_cursor=read.append))
        below.rows.read_under_cursor()
        await pilot.press("enter")
        await until(pilot, lambda: not below.in_view)
        below.rows.read_under_cursor()
        assert read == ["maps"]


async def test_answers_that_come_together_are_drawn_in_the_panel_once(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.pause(0.6)
        place, drawn = listed(scene), list[str]()
        monkeypatch.setattr(place.query_one(Inspector), "show", lambda title, _: drawn.append(title))
        for _ in range(8):
            place.rows.draw_detail_soon()
        await until(pilot, lambda: drawn)
        await pilot.pause(0.2)
        assert drawn == ["maps"]


@BOTH
async def test_line_1_says_how_long_an_answer_is_waited_for(size: tuple[int, int]) -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "1 space")
        with scene.session.log.under_way(scene.clock.now()):
            scene.clock.advance(34)
            listed(scene).lines.draw_lock()
            await sees(pilot, "waiting for DuraCloud, 34 s")
        listed(scene).lines.draw_lock()
        await until(pilot, lambda: "waiting for" not in shown(scene.app))
