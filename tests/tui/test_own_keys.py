"""A person's own keys: they work, every text names them, and what is wrong with the file is seen at the start."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from durastore_tui.core.jobs import JobState
from durastore_tui.tui.actions import key, keyed
from durastore_tui.tui.dialogs.enable_sheet import EnableSheet
from durastore_tui.tui.dialogs.help import HelpScreen, KeysScreen
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.keys import own_keys
from tests.tui.fakes import OFF, OPEN, Scene, a_job
from tests.tui.looking import sees, shown, until

Write = Callable[[str], object]
WIDE = (120, 36)
SPACES = {"dance-archive": OFF, "oral-histories-hls": OPEN}
MINE = """
# as on my other tools
filter = "f3"
enable = "U"
jobs = "ctrl+g"
help = ["?", "f1"]
refresh = "f5"
forget = "d"
"list.down" = ["down", "n"]
messages = "f4"
palette = "f2"
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    path = tmp_path / "config" / "durastore-tui" / "keys.toml"
    path.parent.mkdir(parents=True)
    return path.write_text


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    yield
    own_keys.use({})


async def test_own_keys_work_and_ours_no_longer_do(write: Write) -> None:
    write(MINE)
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", "U enable", "f3 filter", "? f1 help")
        await pilot.press("n")
        await until(pilot, lambda: scene.app.places.here.subject() == "oral-histories-hls")
        await pilot.press("up", "slash", "E")
        assert scene.app.screen is scene.app.places.here.screen
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(scene.app.screen, Prompt))
        await pilot.press("escape")
        await pilot.press("U")
        await until(pilot, lambda: isinstance(scene.app.screen, EnableSheet))
        await pilot.press("escape")
        await pilot.press("f2")
        await sees(pilot, "f3  filter", "U  enable")


async def test_a_page_is_closed_by_the_key_that_opened_it(write: Write) -> None:
    write(MINE)
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "? f1 help")
        await pilot.press("f1")
        await sees(pilot, "Keys in spaces", "f3", "U          Enable")
        await pilot.press("G")
        await sees(pilot, "down n", "? f1")
        await pilot.press("f1")
        await until(pilot, lambda: not isinstance(scene.app.screen, HelpScreen))


async def test_every_text_that_names_a_key_names_the_own_one(write: Write) -> None:
    write(MINE)
    scene = Scene(SPACES, jobs=[a_job(state=JobState.UNKNOWN)])
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "2 spaces", "^g jobs")
        await pilot.press("5")
        await sees(pilot, "what to do  Check the result yourself. d", "d stop tracking")
    assert keyed("{refresh} tries again.") == "f5 tries again."


async def test_what_is_wrong_with_the_file_is_said_at_the_start_and_beside_all_keys(write: Write) -> None:
    write('filter = "b"\nenabel = "U"\nexport = "ctrl+i"\nsort = "F"\nrefresh = "f5"\n')
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE, notifications=True) as pilot:
        await sees(pilot, "keys.toml, line 1: filter stays on", "did you mean enable?", "And 1 more")
        await pilot.press("question_mark", "a")
        await until(pilot, lambda: isinstance(scene.app.screen, KeysScreen))
        await sees(pilot, "NOT AS IT IS WRITTEN THERE", "export stays on e: ^i is tab to a terminal.", "line 4: sort")
        assert key("filter") == "/"


async def test_without_a_file_nothing_is_read_and_our_keys_are_there() -> None:
    own_keys.use({"filter": "f3"})
    scene = Scene(SPACES)
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces", "/ filter")
        assert "f3" not in shown(scene.app)
