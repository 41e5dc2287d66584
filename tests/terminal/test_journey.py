"""The demo by keys on a real terminal, from start to end."""

import re
from base64 import b64decode
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.tty import PROGRAM, environment

WIDE, NARROW = (120, 36), (80, 24)
DOWN, ENTER, TAB = "\x1b[B", "\r", "\t"
README = (Path(__file__).parents[2] / "README.md").read_text()
FOUND = ("20 spaces", "keeps the rows", "oral", "/ oral")
URL = ("-a160k.m3u8", "Make a streaming URL", "sent to the terminal")
SEEN = {WIDE: (*FOUND, *URL), NARROW: (*FOUND, "created", *URL)}


def demo(home: Path, size: tuple[int, int] = WIDE) -> Screen:
    """The demo with its data in that home, once the list is there."""
    return Screen((*PROGRAM, "--demo"), environment(home), columns=size[0], rows=size[1])


def shortest_way(size: tuple[int, int]) -> list[str]:
    """The keys as the README names them."""
    named = README.split("The shortest way to a stream URL:")[1].split(", with")[0].replace("`", "").split()
    keys = [ENTER if key == "enter" else key for key in named]
    return keys if size is WIDE else [*keys[:4], ENTER, *keys[4:]]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_stream_url_reaches_the_clipboard_of_the_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    with demo(tmp_path, size) as screen:
        screen.wait_for("JOBS")
        for key, words in zip(shortest_way(size), SEEN[size], strict=True):
            if key == "y":
                screen.rest()
            screen.press(key)
            screen.wait_for(words)
        copied = re.search(rb"\x1b]52;c;([A-Za-z0-9+/=]+)", screen.raw)
        assert copied
        assert re.fullmatch(r"https://d\w+\.cloudfront\.localhost:\d+/oh/\S+\.m3u8", b64decode(copied[1]).decode())
        screen.press("q")
        screen.wait_until(lambda: "Make a streaming URL" not in screen.text, "the sheet is closed")
        screen.press("q")
        assert screen.ended() == 0


def test_a_change_outlives_the_death_of_program_and_server(tmp_path: Path) -> None:
    with demo(tmp_path) as screen:
        screen.to_spaces("20 spaces")
        screen.press("jjjjjj")
        screen.wait_for("group-dance")
        screen.press("E")
        screen.wait_for("Who may stream")
        screen.press(DOWN + TAB + ENTER)
        screen.wait_for('"secure": true')
        screen.rest()  # a sheet takes no key in its first moments
        screen.press("y")
        screen.wait_for("accepted")
        screen.process.kill()
        screen.process.wait()
    with demo(tmp_path) as screen:
        screen.wait_for("~ enabling")
        screen.wait_for("enable SECURE")


def test_type_ahead_consents_to_nothing(tmp_path: Path) -> None:
    with demo(tmp_path) as screen:
        screen.to_spaces("20 spaces")
        screen.press("jjjjjj")
        screen.wait_for("group-dance")
        screen.press(f"E{ENTER}yy{ENTER}y")
        screen.wait_for("no jobs under way")
        screen.press("?")
        screen.wait_until(lambda: "Keys in" in screen.text or "Cancel" in screen.text, "a living app")
        assert "enabling" not in screen.text


@pytest.mark.parametrize(
    ("burst", "shown"),
    [
        ("1jj2s4?", "Keys in snapshots"),
        (f"/maps{ENTER}", "/ maps"),
        (f"6/disable-hls{ENTER}{ENTER}{TAB}theses{ENTER}", "POST /task/disable-hls"),
    ],
)
def test_each_key_of_a_burst_goes_to_what_the_one_before_it_opened(tmp_path: Path, burst: str, shown: str) -> None:
    with demo(tmp_path) as screen:
        screen.to_spaces("20 spaces")
        screen.press(burst)
        screen.wait_for(shown)
