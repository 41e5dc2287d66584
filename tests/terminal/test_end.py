"""However the UI ends, the terminal is as it was before, and the exit code says why."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.server import serving, spaces
from tests.terminal.tty import PROGRAM, environment

KEEP_TITLE, GIVE_TITLE_BACK = b"\x1b[22;2t", b"\x1b[23;2t"
PASSWORD = "hunter2-of-the-tests"
CRASHING = f"""
import os
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import Start

class Broken(DurastoreApp):
    def on_ready(self):
        self.call_later(self.fail)

    def fail(self):
        password = {PASSWORD!r}
        authorization = "Basic " + password
        raise RuntimeError(f"could not log in with {{password}}")

app = Broken(Start())
app.run()
raise SystemExit(app.return_code)
"""


@pytest.fixture
def url() -> Iterator[str]:
    with serving({"/spaces": spaces("dance-archive")}) as url:
        yield url


@pytest.fixture
def screen(url: str, tmp_path: Path) -> Iterator[Screen]:
    """The UI, connected, with one space on the screen."""
    env = environment(tmp_path, DURASTORE_URL=url, DURASTORE_USER="root", DURASTORE_PASSWORD=PASSWORD)
    with Screen(PROGRAM, env) as screen:
        screen.to_spaces("dance-archive")
        yield screen


def assert_restored(raw: bytes) -> None:
    """Alternate screen left, cursor shown, mouse, paste and keyboard reports off."""
    assert raw.rfind(b"\x1b[?1049l") > raw.rfind(b"\x1b[?1049h") >= 0
    assert raw.rfind(b"\x1b[?25h") > raw.rfind(b"\x1b[?25l")
    for report in (b"1000", b"1002", b"1003", b"1004", b"1006", b"1015", b"2004"):
        assert raw.rfind(b"\x1b[?" + report + b"l") >= raw.rfind(b"\x1b[?" + report + b"h"), report
    assert raw.count(b"\x1b[<u") >= raw.count(b"\x1b[>1u")


def after_the_screen(raw: bytes) -> str:
    """What a person reads in the shell after the UI has gone."""
    return raw[raw.rfind(b"\x1b[?1049l") :].decode().replace("\r\n", "\n")


def test_q_quits(screen: Screen) -> None:
    screen.press("q")
    assert screen.ended() == 0
    assert_restored(screen.raw)
    assert screen.raw.count(KEEP_TITLE) == screen.raw.count(GIVE_TITLE_BACK) == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGQUIT, 131)],
    ids=lambda value: str(value),
)
def test_a_signal_ends_it_in_order(screen: Screen, number: signal.Signals, code: int) -> None:
    screen.process.send_signal(number)
    assert screen.ended() == code
    assert_restored(screen.raw)


INTERRUPTED_EARLY = """
import os, signal, sys
{when}
from durastore_tui.__main__ import main
sys.argv = ["durastore-tui"]
main()
"""
AT_AN_IMPORT = """
class Interrupting:
    def find_spec(self, name, *_):
        if name == "textual.screen":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
"""
TAKING_THE_TERMINAL = """
from textual.drivers.linux_driver import LinuxDriver
start = LinuxDriver.start_application_mode

def interrupted(self):
    os.kill(os.getpid(), signal.SIGINT)
    start(self)
    os.kill(os.getpid(), signal.SIGINT)

LinuxDriver.start_application_mode = interrupted
"""


@pytest.mark.parametrize("when", [AT_AN_IMPORT, TAKING_THE_TERMINAL], ids=["at an import", "taking the terminal"])
def test_ctrl_c_ends_it_before_it_is_up(tmp_path: Path, when: str) -> None:
    program = (sys.executable, "-c", INTERRUPTED_EARLY.format(when=when))
    with Screen(program, environment(tmp_path)) as screen:
        assert screen.ended() == 130
        assert b"Traceback" not in screen.raw
        if when == TAKING_THE_TERMINAL:
            assert_restored(screen.raw)


def test_a_lost_terminal_ends_it(screen: Screen) -> None:
    screen.hang_up()
    assert screen.ended() == 129


def test_ctrl_c_twice_leaves(screen: Screen) -> None:
    screen.press("\x03")
    screen.wait_for("ctrl+c again leaves")
    screen.press("\x03")
    assert screen.ended() == 130
    assert_restored(screen.raw)


@pytest.mark.parametrize(("key", "words"), [("0", "RECENT PLACES"), ("?", "Keys in")], ids=["place", "page"])
def test_ctrl_z_gives_the_terminal_back_and_fg_takes_it_again(screen: Screen, key: str, words: str) -> None:
    screen.press(key)
    screen.wait_for(words)
    screen.press("\x1a")
    screen.wait_until(screen.stopped, "into the background")
    screen.rest()
    assert_restored(screen.raw)
    assert screen.raw.rfind(GIVE_TITLE_BACK) > screen.raw.rfind(KEEP_TITLE) >= 0
    screen.wipe()
    screen.process.send_signal(signal.SIGCONT)
    screen.wait_for(words)
    assert screen.raw.count(KEEP_TITLE) == 2  # keys are heard again, too:
    screen.press("\x03")
    screen.wait_for("ctrl+c again leaves")
    screen.press("\x03")
    assert screen.ended() == 130
    assert_restored(screen.raw)


def test_a_crash_is_one_line_that_holds_no_secret(tmp_path: Path) -> None:
    with Screen((sys.executable, "-c", CRASHING), environment(tmp_path)) as screen:
        assert screen.ended() == 1
        assert_restored(screen.raw)
        words = after_the_screen(screen.raw)
        assert "RuntimeError" in words
        assert len([line for line in words.splitlines() if "durastore" in line or "Error" in line]) == 1
        assert "Traceback" not in words
        assert PASSWORD.encode() not in screen.raw


STRANGE = {
    "bad UTF-8": b"\xff",
    "cut UTF-8": b"\xf0\x28\x8c\x28",
    "kitty key with alternates": b"\x1b[101:69;2;69u",
    "pasted escape": b"\x1b[200~dance\x1b[31m-archive\x1b[201~",
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_strange_bytes_from_the_keyboard_kill_nothing(screen: Screen, strange: bytes) -> None:
    screen.press(strange)
    screen.press("?")
    screen.wait_for("Keys in")


def test_it_draws_itself_anew_in_another_size(screen: Screen) -> None:
    for columns, rows in ((120, 36), (60, 16), (40, 8), (80, 24)):
        screen.resize(columns, rows)
        screen.wait_until(lambda: b"\x1b[?1049l" not in screen.raw, "still on the screen")
    screen.wait_for("dance-archive")
