"""The mouse, as terminals report it: nothing needs it, and what can be read as a button is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.server import serving, spaces
from tests.terminal.tty import PROGRAM, environment


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    with serving({"/spaces": spaces(*(f"archive-{number:02}" for number in range(40)))}) as url:
        env = environment(tmp_path, DURASTORE_URL=url, DURASTORE_USER="root", DURASTORE_PASSWORD="rpw")
        with Screen(PROGRAM, env) as screen:
            screen.to_spaces("40 spaces")
            yield screen


def click(screen: Screen, words: str) -> None:
    """On the second letter of the words; columns and rows of reports are 1-based."""
    screen.wait_for(words)
    lines = screen.text.splitlines()
    row, line = next((row, line) for row, line in enumerate(lines, 1) if words in line)
    at = f"0;{line.index(words) + 2};{row}"
    screen.press(f"\x1b[<{at}M\x1b[<{at}m")


def test_rows_keys_and_crumbs_are_clicked_and_the_wheel_scrolls(screen: Screen) -> None:
    click(screen, "archive-03")
    screen.wait_for("▌  archive-03")
    click(screen, "archive-03")
    screen.wait_for("Spaces › archive-03")
    click(screen, "E enable")
    screen.wait_for("Who may stream")
    screen.press("\x1b")
    screen.wait_until(lambda: "Who may stream" not in screen.text, "the sheet is closed")
    click(screen, "Spaces › archive-03")
    screen.wait_for("▌  archive-03")
    assert "archive-39" not in screen.text
    for _ in range(30):
        screen.press("\x1b[<65;10;10M")
    screen.wait_for("archive-39")
    click(screen, "b jobs")
    screen.wait_for("No job was ever sent")
