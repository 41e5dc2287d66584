"""The tour, scene by scene, on the stand-in: what it promises to show is seen, at both sizes."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.cli.tour_stage import StandInStage
from durastore_tui.config import places, profile
from durastore_tui.core.secret import Secret
from durastore_tui.tui.start import Start
from durastore_tui.tui.tour.app import TourApp
from durastore_tui.tui.tour.caption import Caption, CaptionBar, Said
from durastore_tui.tui.tour.player import END, STEERED, Player
from durastore_tui.tui.tour.scenes import SCENES
from durastore_tui.tui.tour.steps import Scene, Step
from durastore_tui.tui.visits import Visits
from durastore_tui.tui.widgets.looks import wrap
from tests.fast_clock import FastClock
from tests.sandbox_server import SandboxServer, sandbox_server
from tests.tui.looking import sees, shown
from tests.tui.widgets.stage import Stage

LONGEST = 140
WIDE, NARROW = (120, 36), (80, 24)
sizes = pytest.mark.parametrize("size", [WIDE, pytest.param(NARROW, marks=pytest.mark.slow)], ids=["120x36", "80x24"])
BY_NAME = {scene.name: scene for scene in SCENES}


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with sandbox_server("--speed", "450") as running:
        yield running


class Tour:
    """The tour on that server, without a person's patience."""

    def __init__(self, server: SandboxServer, scenes: Sequence[Scene], *, by_itself: bool = True, wait: float = 60):
        found = profile.demo("lakeshore", server.url, "root", server.ca_file)
        stage = StandInStage()
        stage.meet(found)
        patience = FastClock(200, time.time())
        self.player = Player(scenes, stage, by_itself=by_itself, clock=patience, wait=wait)
        begun = replace(found, read_only=True)
        self.start = Start(begun, Secret(server.users["root"]), clock=FastClock(10, time.time()))

    def app(self) -> TourApp:
        return TourApp(self.start._replace(visits=Visits(places.visits)), self.player)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


async def ended(pilot: Pilot[None]) -> None:
    async with asyncio.timeout(LONGEST):
        while not pilot.app._exit:
            await pilot.pause(0.1)


@sizes
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
async def test_all_that_a_scene_promises_is_seen(server: SandboxServer, scene: Scene, size: tuple[int, int]) -> None:
    tour = Tour(server, [*(BY_NAME[name] for name in scene.after), scene])
    while not tour.player.over:
        async with tour.app().run_test(size=size, notifications=True) as pilot:
            await ended(pilot)
    assert tour.player.missed == []


def test_there_are_nine_scenes_and_each_stands_after_those_that_it_needs() -> None:
    names = [scene.name for scene in SCENES]
    assert len(names) == len(set(names)) == 9
    assert all(names.index(needed) < at for at, scene in enumerate(SCENES) for needed in scene.after)


@pytest.mark.parametrize("columns", [80, 120])
def test_every_caption_has_room_in_its_two_rows(columns: int) -> None:
    captions = [END, *(step.says for scene in SCENES for step in scene.steps if step.says)]
    assert [words for words in captions if len(wrap(words, columns - 3)) > Caption.ROWS - 1] == []


def test_what_was_shown_under_a_caption_stays_until_the_person_goes_on() -> None:
    silent = [step for scene in SCENES for step in scene.steps if not step.says]
    assert [step.keys for step in silent if "escape" in step.keys and not step.keys[0].isdigit()] == []


async def test_what_the_person_can_press_stands_beside_every_caption_at_80_columns() -> None:
    said = [
        Said(number, len(SCENES), scene.title, step.says, step.shown_keys, STEERED)
        for number, scene in enumerate(SCENES, 1)
        for step in scene.steps
        if step.says
    ]
    bar = CaptionBar(said[0])
    async with Stage(bar).run_test(size=NARROW) as pilot:
        await pilot.pause()
        for each in said:
            bar.show(each)
            assert STEERED in bar.render_line(0).text


def test_every_scene_begins_with_a_caption_and_no_step_asks_for_nothing() -> None:
    assert all(scene.steps[0].says for scene in SCENES)
    assert all(step.says or step.keys or step.sees for scene in SCENES for step in scene.steps)


@sizes
async def test_the_caption_covers_none_of_the_four_lines_and_no_sheet(
    server: SandboxServer, size: tuple[int, int]
) -> None:
    steps = (Step("first", ("1",), ("20 spaces",)), Step("second", ("X",), ("POST",)), Step("third"))
    tour = Tour(server, [Scene("any", "Any scene", steps)], by_itself=False)
    app = tour.app()
    async with app.run_test(size=size) as pilot:
        await sees(pilot, "TOUR 1 of 1", "first", "DEMO", "READ-ONLY", "no jobs under way", "? help")
        await pilot.press("space")
        await sees(pilot, "second", "20 spaces")
        tour.player.go_on()
        await sees(pilot, "TOUR 1 of 1")


async def test_nothing_is_played_before_space_and_the_keys_of_the_app_are_not_the_persons(
    server: SandboxServer,
) -> None:
    tour = Tour(server, [Scene("any", "Any scene", (Step("look", ("4",), ("60 snapshots",)), Step("there")))])
    tour = Tour(server, tour.player.scenes, by_itself=False)
    app = tour.app()
    async with app.run_test(size=WIDE) as pilot:
        await sees(pilot, "look", "connected")
        await pilot.press("3", "question_mark", "slash")
        await sees(pilot, "look")
        assert "Keys in" not in shown(app)
        assert "LAST SET" not in shown(app)
        await pilot.press("space")
        await sees(pilot, "there", "60 snapshots")


@pytest.mark.parametrize("key", ["escape", "q", "ctrl+c"])
async def test_it_can_be_left_at_any_time(server: SandboxServer, key: str) -> None:
    never = Scene("never", "Never", (Step("wait", ("1",), ("words that never come",)),))
    tour = Tour(server, [never])
    app = tour.app()
    async with app.run_test(size=NARROW) as pilot:
        await sees(pilot, "wait")
        await pilot.press(key)
        await ended(pilot)
    assert tour.player.over
    assert not app.return_code


async def test_what_does_not_happen_is_said_and_the_next_scene_goes_on(
    server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = (Step("wait", ("X",), ("words that never come",)), Step("left out", ("4",), ("60 snapshots",)))
    tour = Tour(server, [Scene("never", "Never", steps), Scene("then", "Then", (Step("go", ("3",)),))], wait=3)
    app = tour.app()
    said: list[str] = []
    show = app.caption

    def caption(words: Said) -> None:
        said.append(words.sentence)
        show(words)

    monkeypatch.setattr(app, "caption", caption)
    async with app.run_test(size=WIDE) as pilot:
        await ended(pilot)
    assert [words for words in said if "did not happen" in words and "words that never come" in words]
    assert "left out" not in said
    assert "go" in said
    assert tour.player.missed[0].startswith("Never: words that never come")
