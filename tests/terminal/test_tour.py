"""The tour on a real terminal: it can be left at any time, and leaves nothing behind."""

from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.test_end import assert_restored
from tests.terminal.tty import PROGRAM, environment

TOUR = (*PROGRAM, "tour")


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=["120x36", "80x24"])
def test_space_plays_the_next_step_and_q_leaves_the_terminal_as_it_was(tmp_path: Path, size: tuple[int, int]) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    with Screen(TOUR, environment(tmp_path, TMPDIR=str(temporary)), columns=size[0], rows=size[1]) as screen:
        for words in ("TOUR 1 of 9", "store 51", "DEMO"):
            screen.wait_for(words)
        screen.press(" ")
        screen.wait_for("STUCK SNAPSHOTS")
        screen.press("q")
        assert screen.ended() == 0
        assert_restored(screen.raw)
    assert list(temporary.iterdir()) == []
    assert not list(tmp_path.rglob("jobs.sqlite3"))


def test_by_itself_it_needs_no_key(tmp_path: Path) -> None:
    with Screen((*TOUR, "--auto", "--pace", "20"), environment(tmp_path)) as screen:
        screen.wait_for("TOUR 2 of 9")
        screen.press("\x1b")
        assert screen.ended() == 0
        assert_restored(screen.raw)


def test_a_terminal_that_can_place_no_cursor_is_told_of_the_headless_commands(tmp_path: Path) -> None:
    with Screen(TOUR, environment(tmp_path, TERM="dumb"), columns=250) as screen:
        assert screen.ended() == 2
        assert "TERM says dumb" in screen.text
        assert "durastore-tui spaces list" in screen.text


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (60, 16)])
def test_a_terminal_without_room_for_what_the_scenes_show_is_told_so(tmp_path: Path, size: tuple[int, int]) -> None:
    with Screen(TOUR, environment(tmp_path), columns=size[0], rows=size[1]) as screen:
        assert screen.ended() == 2
        assert f"needs a terminal of 80 x 24; this one is {size[0]} x {size[1]}" in screen.raw.decode()
