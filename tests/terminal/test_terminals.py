"""Terminals that can do less: every one gets what it can show, and its words stay."""

import re
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.server import FORTY, serving
from tests.terminal.tty import PROGRAM, environment

PLAIN = {
    "linux": {"TERM": "linux"},
    "vt100": {"TERM": "vt100"},
    "LANG=C": {"LANG": "C"},
    "LC_ALL=POSIX": {"LC_ALL": "POSIX"},
}


def started(url: str, home: Path, **env: str) -> Screen:
    known = environment(home, DURASTORE_URL=url, DURASTORE_USER="root", DURASTORE_PASSWORD="rpw", **env)
    if "LANG" in env:
        known.pop("LC_ALL", None)
    return Screen(PROGRAM, known)


@pytest.mark.parametrize("env", PLAIN.values(), ids=PLAIN)
def test_a_plain_terminal_is_sent_nothing_but_ascii(tmp_path: Path, env: dict[str, str]) -> None:
    with serving({"/spaces": FORTY}) as url, started(url, tmp_path, **env) as screen:
        screen.to_spaces("40 spaces")
        screen.wait_for(">  archive-00")
        screen.press("E")
        screen.wait_for("Who may stream")
        screen.press("\x1b")
        screen.wait_until(lambda: "Who may stream" not in screen.text, "the sheet is closed")
        screen.press("\x10")
        screen.wait_for("What is to be done?")
        assert [letter for letter in screen.raw.decode() if not letter.isascii()] == []
        assert (b"\x1b]2;" in screen.raw) is (env.get("TERM") != "linux")


def test_without_colours_words_and_the_mark_at_the_cursor_stay(tmp_path: Path) -> None:
    with serving({"/spaces": FORTY}) as url, started(url, tmp_path, NO_COLOR="1") as screen:
        screen.to_spaces("40 spaces")
        screen.press("j")
        screen.wait_for("▌  archive-01")
        shades = re.findall(rb"38;2;(\d+);(\d+);(\d+)", screen.raw)
        assert all(len({red, green, blue}) == 1 for red, green, blue in shades)


def test_a_terminal_of_sixteen_colours_is_sent_no_more_of_them(tmp_path: Path) -> None:
    with serving({"/spaces": FORTY}) as url, started(url, tmp_path, TERM="xterm") as screen:
        screen.to_spaces("40 spaces")
        assert not re.search(rb"[34]8;[25];", screen.raw)
