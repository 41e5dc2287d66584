"""Contents: page after page by marker, a prefix that the server is asked for, and stream URLs."""

from collections.abc import Sequence

import pytest
from textual.pilot import Pilot

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import Rejected
from durastore_tui.tui.widgets.paged_table import PagedTable
from tests.tui.fakes import OFF, OPEN, Scene
from tests.tui.looking import sees, shown, until

WIDE, NARROW = (120, 36), (80, 24)
IDS = [f"reel-{number:04}.wav" for number in range(2500)]


async def contents(pilot: Pilot[None], scene: Scene, *, wide: bool = True) -> None:
    """Opens the contents of the only space."""
    await sees(pilot, "1 space", "12")
    await pilot.press("enter")
    if not wide:
        await pilot.press("enter")
    await until(pilot, lambda: scene.spaces.markers)


def scene_of(ids: Sequence[str], properties: SpaceProperties = OPEN) -> Scene:
    return Scene({"oral-histories-hls": properties}, contents=ids)


async def test_the_first_thousand_is_read_and_the_rest_said_to_be_below() -> None:
    scene = scene_of(IDS)
    async with scene.app.run_test(size=WIDE) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "reel-0000.wav", "1,000 read, more below")
        assert scene.spaces.markers == [("", "")]


async def test_the_next_page_is_asked_for_after_the_last_id_read() -> None:
    scene = scene_of(IDS)
    async with scene.app.run_test(size=WIDE) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "1,000 read")
        await pilot.press("G")
        await sees(pilot, "2,000 read", "reel-0999.wav")
        assert scene.spaces.markers == [("", ""), ("", "reel-0999.wav")]


async def test_a_prefix_is_a_place_of_its_own_asked_of_the_server() -> None:
    scene = scene_of(IDS)
    async with scene.app.run_test(size=WIDE) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "1,000 read")
        await pilot.press("p", *"reel-01", "enter")
        await sees(pilot, "oral-histories-hls › reel-01…", "reel-0100.wav")
        assert scene.spaces.markers[-2:] == [("reel-01", ""), ("reel-01", "reel-0199.wav")]
        await pilot.press("escape")
        await sees(pilot, "1,000 read, more below")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_an_item_shows_what_the_server_says_of_it(size: tuple[int, int]) -> None:
    scene = scene_of(["a/b.ts"])
    async with scene.app.run_test(size=size) as pilot:
        await contents(pilot, scene, wide=size == WIDE)
        await sees(pilot, "a/b.ts")
        await pilot.press("enter")
        await sees(pilot, "a/b.ts", "545 B", "video/mp2t", "creator", "ana")
        await pilot.press("escape")
        await sees(pilot, "CONTENT ID")


async def test_an_empty_space_says_so() -> None:
    scene = scene_of([])
    async with scene.app.run_test(size=WIDE) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "oral-histories-hls is empty.")


async def test_a_page_that_fails_says_why_and_is_asked_for_again_on_request() -> None:
    scene = scene_of(IDS)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space", "12")
        scene.spaces.failing = Rejected("GET /oral-histories-hls", 500, "inner failure")
        await pilot.press("enter")
        await sees(pilot, "inner failure", "500")
        scene.spaces.failing = None
        await pilot.press("ctrl+r")
        await sees(pilot, "reel-0000.wav")


async def test_marked_items_are_counted_and_copied_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    scene = scene_of(["a", "b", "c"])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "CONTENT ID", " a")
        await pilot.press("space", "space")
        await sees(pilot, "2 marked")
        await pilot.press("y", "y")
        await sees(pilot, "2 marked content ids: sent to the terminal")


async def test_without_a_stream_u_says_why_there_is_no_url() -> None:
    scene = scene_of(["a.m3u8"], OFF)
    async with scene.app.run_test(size=WIDE) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "a.m3u8")
        await pilot.press("u")
        await until(pilot, lambda: any("does not stream" in note.text for note in scene.app.notes))


async def test_names_that_a_terminal_would_obey_are_shown_and_kept_exact() -> None:
    hostile = ["\x1b]52;c;aGk=\x07", "[/] [b]", "  two  blanks ", "zwj-👨‍👩‍👧.ts", "‮gpj.exe"]
    scene = scene_of(hostile)
    async with scene.app.run_test(size=WIDE, notifications=True, tooltips=True) as pilot:
        await contents(pilot, scene)
        await sees(pilot, "␛]52;c;aGk=␇", "[/] [b]", "⟨202E⟩gpj.exe")
        assert "\x1b" not in shown(scene.app)
        assert scene.app.screen.query_one(PagedTable).cursor_key == min(hostile)
        for _ in hostile:
            await pilot.press("enter")
            await sees(pilot, "545 B")
            await pilot.press("escape", "j")
