"""What becomes of a command when its surroundings are not as they should be."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.terminal.tty import PROGRAM

SHELL = f'"{sys.executable}" -m durastore_tui'


def in_a_shell(line: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", line], env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("stores list >&-", 0),
        ("stores frob 2>&-", 2),
        ("stores frob >&- 2>&-", 2),
        ("stores frob <&- >&- 2>&-", 2),
        ("streaming urls campus-events - <&-", 0),
        ("streaming disable campus-events <&-", 2),
        ("stores list --verbose 2>/dev/full", 0),
        ("stores frob 2>/dev/full", 2),
        ("--version >/dev/full", 1),
        ("--help >/dev/full", 1),
        ("completion bash >/dev/full", 1),
    ],
)
def test_streams_that_are_closed_or_full_bring_no_traceback(line: str, code: int, environ: dict[str, str]) -> None:
    done = in_a_shell(f"{SHELL} {line}", environ)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "mistake" not in done.stderr
    assert done.stderr.count("\n") <= 1


def test_help_into_head_is_no_error_to_tell(environ: dict[str, str]) -> None:
    assert in_a_shell(f"{SHELL} --help | head -1", environ).stderr == ""


def test_without_a_home_it_works_all_the_same(environ: dict[str, str], tmp_path: Path) -> None:
    done = in_a_shell(f"unset HOME XDG_STATE_HOME XDG_CONFIG_HOME; {SHELL} stores list --json", environ)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [("stores list", 0), ("jobs list", 0), ("streaming disable campus-events --yes", 2), ("--demo stores list", 0)],
)
def test_a_state_folder_that_is_none_stops_only_what_needs_it(words: str, code: int, environ: dict[str, str]) -> None:
    done = in_a_shell(f"{SHELL} {words}", environ | {"XDG_STATE_HOME": "/dev/null"})
    assert done.returncode == code
    (line,) = done.stderr.splitlines()
    assert "/dev/null" in line
    assert "XDG_STATE_HOME" in line


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_is_obeyed_in_order_and_told_by_the_code(number: int, environ: dict[str, str]) -> None:
    listing = (*PROGRAM, "spaces", "contents", "born-digital-accessions", "-o", "jsonl")
    with subprocess.Popen(listing, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(number)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 128 + number
    assert err.strip() == b""


@pytest.mark.parametrize("words", [("--url", "https://a.example"), ("--profile", "a")])
def test_the_demo_beside_another_server_is_a_contradiction(words: tuple[str, str], cli: Cli) -> None:
    ran = cli("--demo", *words, "stores", "list")
    assert ran.code == 2
    assert words[0] in ran.err


def test_wrong_use_says_where_to_read_on(cli: Cli) -> None:
    assert cli("streaming", "switch", "campus-events").err.endswith("Try durastore-tui streaming switch --help.\n")
    assert "?. " not in cli("sapces", "list").err
