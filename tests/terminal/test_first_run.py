"""The first start of somebody who has no server yet, on a real terminal."""

import fcntl
import signal
from pathlib import Path

import pytest

from tests.sandbox_server import SandboxServer
from tests.terminal.screen import Screen
from tests.terminal.tty import PROGRAM, environment

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["narrow", "wide"])
SHIFT_TAB, TAB, ENTER = "\x1b[Z", "\t", "\r"


def first_start(home: Path, size: tuple[int, int]) -> Screen:
    return Screen(PROGRAM, environment(home), columns=size[0], rows=size[1])


def into_the_demo(screen: Screen) -> None:
    screen.wait_for("Try the demo")
    screen.press(SHIFT_TAB)
    screen.press(ENTER)
    screen.wait_for("lakeshore  store 51")


@SIZES
def test_two_keys_lead_into_the_demo_and_it_ends_with_us(tmp_path: Path, size: tuple[int, int]) -> None:
    with first_start(tmp_path, size) as screen:
        into_the_demo(screen)
        screen.press("q")
        assert screen.ended() == 0
    assert_nobody_has_the_data(tmp_path)


def test_the_demo_ends_even_when_we_are_killed(tmp_path: Path) -> None:
    with first_start(tmp_path, (80, 24)) as screen:
        into_the_demo(screen)
        screen.process.send_signal(signal.SIGKILL)
        assert screen.ended() == -signal.SIGKILL
    assert_nobody_has_the_data(tmp_path)


def assert_nobody_has_the_data(home: Path) -> None:
    """Waits for the lock, which the stand-in holds until it has ended."""
    with (home / "state" / "durastore-tui" / "demo" / "lakeshore.owner").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)


@SIZES
def test_a_server_is_tried_kept_and_there_at_the_next_start(
    tmp_path: Path, sandbox: SandboxServer, size: tuple[int, int]
) -> None:
    with first_start(tmp_path, size) as screen:
        screen.wait_for("Password")
        for text, seen in ((sandbox.url, sandbox.url), ("root", "root"), ("rpw", "•••")):
            screen.press(text)
            screen.wait_for(seen)
            screen.press(TAB)
        screen.press(TAB * 2 + ENTER)
        screen.wait_for("It works: 3 stores as root")
        screen.press(TAB * 2 + ENTER)
        screen.wait_for("Keep as a profile")
        screen.press("lake" + ENTER)
        screen.wait_for("The profile lake is in")
        screen.press(ENTER)
        screen.wait_for("lake  store 51")
        screen.press("q")
        assert screen.ended() == 0
    assert "rpw" not in (tmp_path / "config" / "durastore-tui" / "profiles.toml").read_text()
    with Screen((*PROGRAM, "--profile", "lake"), environment(tmp_path), columns=size[0], rows=size[1]) as screen:
        screen.wait_for("Profile lake, TEST")
        screen.press("rpw" + ENTER)
        screen.wait_for("lake  store 51")
