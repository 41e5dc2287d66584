"""What a command prints at a real terminal: nothing that it obeys, no line wider than it."""

import json
import subprocess

import pytest

from durastore_tui.core.text import HIDDEN, cells
from tests.sandbox_server import SandboxServer
from tests.terminal.tty import PROGRAM, Tty

LINES = (
    "spaces contents nasty-names",
    "streaming urls nasty-names --match *",
    "streaming list",
    "snapshots list",
    "tasks list",
)
HOSTILE_CALLS = (
    ("tasks", "run", "enable-hls", "-p", "spaceId=campus-events", "--curl"),
    ("tasks", "run", "noop", "a\x9b31m\u202e\x7f", "--curl"),
    ("spaces", "show", "a\x1b]52;c;aGk=\x07b"),
    ("streaming", "urls", "campus-events", "a\x1b[201~\nb\u202e", "-o", "csv"),
)


@pytest.fixture
def environ(environ: dict[str, str]) -> dict[str, str]:
    """At a terminal of 80 columns, whatever size the shell once told."""
    return environ | {"TERM": "xterm-256color", "COLUMNS": "200", "LINES": "60"}


def at_a_terminal(words: tuple[str, ...], environ: dict[str, str], columns: int = 80) -> tuple[int, list[str]]:
    with Tty((*PROGRAM, *words), environ, columns=columns) as tty:
        code = tty.ended()
        return code, tty.raw.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("form", ["table", "wide", "json", "jsonl", "csv"])
@pytest.mark.parametrize("line", LINES)
def test_nothing_that_is_printed_is_obeyed_or_hidden(line: str, form: str, environ: dict[str, str]) -> None:
    code, lines = at_a_terminal((*line.split(), "-o", form), environ)
    assert code in (0, 1)
    assert len(lines) > 3
    assert not any(HIDDEN.search(each) for each in lines)
    if form == "table":
        assert max(map(cells, lines)) <= 80


@pytest.mark.parametrize("form", ["m3u", "txt"])
def test_lists_of_urls_hold_nothing_hidden(form: str, environ: dict[str, str], fresh_sandbox: SandboxServer) -> None:
    code, lines = at_a_terminal(("streaming", "enable", "nasty-names", "--yes"), environ)
    assert code == 0, lines
    _, lines = at_a_terminal(("streaming", "urls", "nasty-names", "--match", "*", "-o", form), environ)
    assert len(lines) > 30
    assert not any(HIDDEN.search(each) for each in lines)


@pytest.mark.parametrize("words", HOSTILE_CALLS, ids=[" ".join(words[:3]) for words in HOSTILE_CALLS])
def test_errors_notes_and_curl_lines_hold_nothing_hidden(words: tuple[str, ...], environ: dict[str, str]) -> None:
    _, lines = at_a_terminal(words, environ)
    assert lines
    assert not any(HIDDEN.search(each) for each in lines)


def test_what_a_person_is_asked_holds_nothing_hidden(environ: dict[str, str]) -> None:
    words = ("tasks", "run", "no-such\x1b[2Jtask", "a\x9b31m\u202e")
    with Tty((*PROGRAM, *words, "--force"), environ) as tty:
        tty.wait_until(lambda: "to send: " in tty.text, "the question")
        tty.press("n\r")
        assert tty.ended() == 2
        assert not HIDDEN.search(tty.text.replace("\r\n", ""))


@pytest.mark.parametrize("form", ["csv", "jsonl", "json"])
def test_a_pipe_gets_the_ids_exactly(form: str, environ: dict[str, str]) -> None:
    command = (*PROGRAM, "spaces", "contents", "nasty-names", "-o", form)
    out = subprocess.run(command, env=environ, capture_output=True, check=True).stdout.decode()
    if form == "csv":
        assert "\ncsi\x9b31mred.ts\n" in out
    else:
        rows = json.loads(out) if form == "json" else [json.loads(line) for line in out.splitlines()]
        assert {"contentId": "csi\x9b31mred.ts"} in rows


def test_a_pipe_gets_tables_that_are_not_cut(environ: dict[str, str]) -> None:
    command = (*PROGRAM, "spaces", "contents", "nasty-names")
    out = subprocess.run(command, env=environ, capture_output=True, check=True).stdout.decode()
    assert max(map(len, out.splitlines())) > 900


def test_a_missing_space_is_one_line_without_a_header(environ: dict[str, str]) -> None:
    for form in ("table", "csv", "jsonl"):
        command = (*PROGRAM, "spaces", "contents", "no-such-space", "-o", form)
        ran = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stdout) == (5, "")
        assert ran.stderr.count("\n") == 1
