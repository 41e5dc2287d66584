"""However the program ended, the next one begins where the person was."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.server import serving, spaces
from tests.terminal.tty import PROGRAM, environment


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    with serving({"/spaces": spaces("dance-archive", "maps")}) as url:
        yield environment(tmp_path, DURASTORE_URL=url, DURASTORE_USER="root", DURASTORE_PASSWORD="rpw")


@contextmanager
def under_a_filter(env: dict[str, str]) -> Iterator[Screen]:
    with Screen(PROGRAM, env, columns=120, rows=36) as screen:
        screen.wait_for("Home")
        screen.press("3")
        screen.wait_for("2 spaces")
        screen.press("/")
        screen.wait_for("keeps the rows")
        screen.press("dance\r")
        screen.wait_for("/ dance")
        yield screen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_leaves_place_and_filter_for_the_next_time(env: dict[str, str], number: signal.Signals) -> None:
    with under_a_filter(env) as screen:
        screen.process.send_signal(number)
        assert screen.ended() == 128 + number
    with Screen(PROGRAM, env, columns=120, rows=36) as screen:
        screen.wait_for("LAST SET FROM HERE")
        screen.wait_for("/ dance")


def test_a_kill_leaves_the_place(env: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "state" / "durastore-tui" / "visits.json"
    with under_a_filter(env) as screen:
        screen.wait_until(lambda: file.exists() and "policies" in file.read_text(), "the place is in the file")
        screen.process.kill()
        assert screen.ended() == -signal.SIGKILL
    with Screen(PROGRAM, env, columns=120, rows=36) as screen:
        screen.wait_for("LAST SET FROM HERE")
