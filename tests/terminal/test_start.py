"""Whether the UI starts at all, and what it says when it cannot."""

import subprocess
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.tty import PROGRAM, environment


def test_the_version_is_printed(tmp_path: Path) -> None:
    answer = subprocess.run([*PROGRAM, "--version"], env=environment(tmp_path), capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("durastore-tui 0.")


@pytest.mark.parametrize("words", [[], ["--demo"], ["--url", "https://acme.example/durastore"]])
def test_without_a_terminal_the_headless_commands_are_named(tmp_path: Path, words: list[str]) -> None:
    answer = subprocess.run(
        [*PROGRAM, *words], env=environment(tmp_path), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "durastore-tui spaces list" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_a_dumb_terminal_is_refused_with_the_headless_commands(tmp_path: Path) -> None:
    with Screen(PROGRAM, environment(tmp_path, TERM="dumb"), columns=250) as terminal:
        assert terminal.ended() == 2
        assert "TERM says dumb" in terminal.text
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--url", "ftp://acme.example"], "https://"),
        (["--world", "../../etc"], "is no name of a demo world"),
        (["--url", "http://acme.example/durastore"], "http"),
    ],
)
def test_wrong_options_are_one_sentence_on_a_clean_terminal(tmp_path: Path, words: list[str], says: str) -> None:
    with Screen([*PROGRAM, *words], environment(tmp_path), columns=250) as terminal:
        assert terminal.ended() == 2
        assert says in terminal.text
        assert b"\x1b[?1049h" not in terminal.raw


def test_without_a_server_the_form_asks_for_one(tmp_path: Path) -> None:
    with Screen(PROGRAM, environment(tmp_path)) as terminal:
        terminal.wait_for("Password")
