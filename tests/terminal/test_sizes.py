"""Another size of the terminal, and many in a row: nothing ends, nothing is left behind, all is as it was."""

import random
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.tty import PROGRAM, environment

NORMAL, SMALLEST, TOO_SMALL = (80, 24), (60, 16), (59, 15)
STORM = 50
AT_ONCE = ((1, 1), (2, 1), (1, 60), (200, 1), SMALLEST, TOO_SMALL)


@pytest.fixture
def screen(forty: Screen) -> Screen:
    """Scrolled to the last of them."""
    forty.press("G")
    forty.wait_for("▌  archive-39")
    return forty


def test_the_size_of_the_terminal_wins_over_an_exported_one(tmp_path: Path) -> None:
    with Screen(PROGRAM, environment(tmp_path, COLUMNS="30", LINES="10"), columns=120, rows=36) as screen:
        screen.wait_for("Connect to a DuraStore")
        screen.rest()
        assert max(len(line) for line in screen.text.splitlines()) > 80


def below_line_1(screen: Screen) -> str:
    """All but the line that tells the time."""
    return screen.text.partition("\n")[2]


def settled(screen: Screen) -> str:
    """What stands there when the rows in view have been read."""
    screen.rest()
    return below_line_1(screen)


PLACES = {
    "list": ("", "▌  archive-39"),
    "sheet": ("E", "Who may stream"),
    "prompt": ("/", "keeps the rows"),
    "help": ("?", "Keys in spaces"),
    "command line": (":", "snapshots"),
    "palette": ("\x10", "What is to be done?"),
    "jobs": ("5", "No job was ever sent"),
}


def storm(name: str) -> list[tuple[int, int]]:
    """The same for a name every time."""
    sizes = random.Random(name)  # noqa: S311
    found = [*AT_ONCE, *((sizes.randint(1, 200), sizes.randint(1, 60)) for _ in range(STORM - len(AT_ONCE)))]
    sizes.shuffle(found)
    return found


@pytest.mark.parametrize(("keys", "words"), PLACES.values(), ids=PLACES)
def test_a_storm_of_sizes_leaves_everything_as_it_was(screen: Screen, keys: str, words: str) -> None:
    screen.press(keys)
    screen.wait_for(words)
    before = settled(screen)
    for columns, rows in (*storm(words), NORMAL):
        screen.resize(columns, rows)
    screen.wait_until(lambda: below_line_1(screen) == before, before)


def test_each_of_many_sizes_is_drawn_while_keys_come(screen: Screen) -> None:
    screen.press("0")
    screen.wait_for("RECENT PLACES")
    for columns, rows in (*storm("keys"), NORMAL):
        screen.press("jk")
        screen.resize(columns, rows)
        screen.press("kj")
        screen.wait_for_more()
    screen.wait_for("RECENT PLACES")


def test_below_the_least_size_a_sentence_names_the_commands_and_the_cursor_keeps_its_row(screen: Screen) -> None:
    screen.press("k" * 12)
    screen.wait_for("▌  archive-27")
    screen.resize(*TOO_SMALL)
    screen.wait_for("This needs 60 columns and 16 rows.")
    screen.wait_for("durastore-tui spaces list")
    screen.resize(*SMALLEST)
    screen.wait_for("▌  archive-27")
    screen.resize(*NORMAL)
    screen.wait_until(lambda: "▌  archive-27" in screen.text and "? help" in screen.text.splitlines()[-1], "all rows")
