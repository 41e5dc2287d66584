"""Standard output that is closed or full, for every command and format, and what becomes of a write's exit code."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
import pytest

from durastore_tui.cli.main import run
from tests.cli.conftest import Cli
from tests.cli.program import commands, on_the_path
from tests.sandbox_server import SandboxServer
from tests.terminal.tty import PROGRAM

Lost = Callable[[], TextIO]

READS = (
    "stores list",
    "tasks list",
    "tasks run get-snapshots --store 53",
    "spaces list",
    "spaces list --properties",
    "spaces show campus-events",
    "spaces acl campus-events",
    "spaces item nasty-names plain.m3u8",
    "spaces contents nasty-names",
    "streaming list",
    "streaming show campus-events",
    "streaming urls nasty-names --match *",
    "policies list",
    "policies set campus-events --class GLACIER_IR --days 30 --dry-run",
    "snapshots list",
    "snapshots totals",
    "jobs list --offline",
    "changes list",
    "requests list",
    "profiles list",
)
FORMATS = ("table", "json", "jsonl", "csv")
OTHERS = (
    "--version",
    "--help",
    "completion bash",
    "help spaces",
    "streaming urls nasty-names --match * -o m3u",
    "streaming urls nasty-names --match * -o txt",
    "streaming enable dance-archive --curl",
    "policies set campus-events --class GLACIER_IR --days 30 --curl",
)
WRITES = (
    "streaming enable dance-archive --yes",
    "streaming disable campus-events --yes",
    "streaming delete campus-events --confirm campus-events",
    "policies set campus-events --class GLACIER_IR --days 30 --confirm campus-events",
    "policies set campus-events dance-archive --class GLACIER_IR --days 30 --confirm 2",
    "glacier restore masters-audio preservation/OH-0100_pm.wav --yes",
    "snapshots create oh-batch-2026-11 --description d --email a@b.example --confirm oh-batch-2026-11",
    "tasks run disable-hls -p spaceId=campus-events --yes",
)


def full() -> TextIO:
    """A file on a full disk."""
    return Path("/dev/full").open("w", encoding="utf-8")


def without_a_reader() -> TextIO:
    """A pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w", encoding="utf-8")


@contextmanager
def standard_output(lost: Lost, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts it in the place of this process's own; Python's last flush of it must not fail."""
    stream = lost()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        yield
    stream.close()


def one_line(err: str) -> bool:
    return err.startswith("durastore-tui: ") and "No space left" in err and err.count("\n") == 1


@pytest.mark.parametrize("line", [*(f"{read} -o {form}" for read in READS for form in FORMATS), *OTHERS])
def test_a_read_ends_with_141_in_silence_or_with_1_and_one_line(
    line: str, cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = cli(*shlex.split(line.replace("*", "'*'")))
    assert printed.code == 0, printed.err
    with standard_output(full, monkeypatch):
        code = run(shlex.split(line))
    err = capsys.readouterr().err
    if not printed.out:  # nothing to print is nothing to lose
        assert (code, err) == (0, printed.err)
        return
    assert code == 1
    assert one_line("".join(err.splitlines(keepends=True)[-1:]))
    with standard_output(without_a_reader, monkeypatch):
        code = run(shlex.split(line))
    assert code == 141
    assert "durastore-tui: " not in capsys.readouterr().err


@pytest.mark.parametrize("words", ["", *dict(commands())])
def test_the_help_of_every_command_knows_a_full_disk(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for lost, code in ((full, 1), (without_a_reader, 141)):
        with standard_output(lost, monkeypatch):
            assert run([*words.split(), "--help"]) == code
        err = capsys.readouterr().err
        assert one_line(err) if code == 1 else err == ""


@pytest.mark.parametrize("lost", [full, without_a_reader])
@pytest.mark.parametrize("line", WRITES)
def test_a_write_keeps_its_own_exit_code(
    line: str,
    lost: Lost,
    cli: Cli,
    fresh_sandbox: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli("stores", "list").code == 0  # the server of the fixture is in the environment now
    with standard_output(lost, monkeypatch):
        assert run(shlex.split(line)) == 0
    assert ("No space left" in capsys.readouterr().err) == (lost is full)


@pytest.mark.parametrize("buffered", [True, False], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("durastore-tui streaming urls nasty-names --match '*' -o csv | head -2", 141),
        ("durastore-tui spaces contents born-digital-accessions | head -1", 141),
        ("durastore-tui --help | true", 141),
        ("durastore-tui completion zsh | true", 141),
        ("durastore-tui sandbox --exit-with-stdin </dev/null | true", 141),
        ("durastore-tui --version >/dev/full", 1),
        ("durastore-tui stores list >/dev/full", 1),
        ("durastore-tui stores list >/dev/full 2>/dev/full", 1),
        ("durastore-tui sandbox --exit-with-stdin </dev/null >/dev/full", 1),
        ("_DURASTORE_TUI_COMPLETE=bash_complete COMP_WORDS='durastore-tui s' COMP_CWORD=1 durastore-tui >/dev/full", 1),
        ("durastore-tui streaming disable campus-events --yes >/dev/full", 0),
        ("durastore-tui streaming disable campus-events --yes >/dev/full 2>/dev/full", 0),
        ("durastore-tui streaming disable campus-events --yes 2>/dev/full", 0),
        ("durastore-tui streaming disable campus-events --yes | true", 0),
        ("durastore-tui streaming disable campus-events --yes 2>&1 | true", 0),
        ("durastore-tui streaming disable campus-events --yes --verbose >&- 2>&-", 0),
        ("durastore-tui streaming enable no-such-space --yes >/dev/full 2>/dev/full", 5),
        ("durastore-tui stores list --verbose 2>/dev/full", 0),
        ("durastore-tui tour >/dev/full 2>/dev/full </dev/null", 2),
        ("durastore-tui >/dev/full 2>/dev/full </dev/null", 2),
    ],
)  # fmt: skip
def test_a_process_leaves_no_traceback_and_no_code_of_python(
    line: str, code: int, buffered: bool, fresh_sandbox: SandboxServer, environ: dict[str, str], tmp_path: Path
) -> None:
    environ |= on_the_path(tmp_path)
    environ.pop("PYTHONUNBUFFERED", None)
    if not buffered:
        environ["PYTHONUNBUFFERED"] = "1"
    wait = f"( {line.replace(' | ', '; echo $? >code ) | ', 1)}" if " | " in line else line
    done = subprocess.run(["bash", "-c", wait], env=environ, capture_output=True, text=True, check=False, cwd=tmp_path)
    ended = int((tmp_path / "code").read_text()) if " | " in line else done.returncode
    assert ended == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
    if code == 141:
        assert done.stderr == ""


def test_every_verb_is_judged_here() -> None:
    """By a line above; the others need a terminal, or ids that no test knows beforehand."""
    others = {
        "jobs abandon", "jobs clear", "jobs continue", "jobs dead-links", "jobs forget", "jobs repair", "jobs show",
        "jobs watch",
        "profiles add", "profiles remove", "profiles test",
        "restores complete", "restores request", "restores show", "restores start", "snapshots cleanup",
        "snapshots complete", "snapshots complete-cancel", "snapshots contents", "snapshots follow",
        "snapshots history", "snapshots restart", "snapshots show", "spaces usage", "stores usage",
        "streaming cookies-url", "streaming switch", "tour", "sandbox",
    }  # fmt: skip
    lines = (*READS, *OTHERS, *WRITES)
    verbs = {words for words, command in commands() if not isinstance(command, click.Group)}
    assert {words for words in verbs if not any(f"{line} ".startswith(f"{words} ") for line in lines)} <= others


def test_what_is_lost_on_stderr_changes_nothing(environ: dict[str, str]) -> None:
    with full() as stderr:
        done = subprocess.run(
            (*PROGRAM, "streaming", "urls", "campus-events", "no-such-item"),
            env=environ, stdout=subprocess.PIPE, stderr=stderr, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 5
    assert "no-such-item" in done.stdout
