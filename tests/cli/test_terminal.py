"""Consent typed at a real terminal."""

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sandbox_server import SandboxServer

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(fresh_sandbox: SandboxServer, tmp_path: Path) -> Typed:
    """Runs a command at a pseudo-terminal; types the answer once it is asked, after `meanwhile`."""
    environ = os.environ | fresh_sandbox.environ() | {"XDG_STATE_HOME": str(tmp_path)}

    def call(*words: str, answer: str, meanwhile: Callable[[], object] = lambda: None) -> tuple[int, str]:
        ours, theirs = pty.openpty()
        command = (sys.executable, "-m", "durastore_tui", *words)
        with subprocess.Popen(command, env=environ, stdin=theirs, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            seen = _until(ours, "to send: ")
            meanwhile()
            os.write(ours, answer.encode() + b"\n")
            seen += _until(ours, None)
        os.close(ours)
        return process.returncode, seen

    return call


def _until(terminal: int, words: str | None) -> str:
    """What is printed up to these words, or to the end."""
    seen = b""
    while words is None or words.encode() not in seen:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, seen
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # nobody is left at the other end
            break
        if not piece:
            break
        seen += piece
    return seen.decode()


def test_the_sheet_is_shown_and_y_sends(typed: Typed) -> None:
    code, seen = typed("streaming", "enable", "dance-archive", "--secure", answer="y")
    assert code == 0
    assert re.search(r'POST /task/enable-hls\?storeID=51\s+{"spaceId": "dance-archive", "secure": true}', seen)
    assert "undo" in seen
    assert "enable-hls task completed successfully" in seen


def test_anything_else_sends_nothing(typed: Typed) -> None:
    code, seen = typed("streaming", "enable", "dance-archive", answer="yes")
    assert code == 2
    assert "nothing was sent" in seen


def test_a_dangerous_change_wants_the_name(typed: Typed) -> None:
    assert typed("streaming", "delete", "campus-events", answer="y")[0] == 2
    assert typed("streaming", "delete", "campus-events", answer="campus-events")[0] == 0


def test_what_changed_while_a_person_read_stops_the_write(
    typed: Typed, fresh_sandbox: SandboxServer, tmp_path: Path
) -> None:
    def somebody_else() -> None:
        environ = os.environ | fresh_sandbox.environ() | {"XDG_STATE_HOME": str(tmp_path / "else")}
        words = ("streaming", "disable", "campus-events", "--yes")
        subprocess.run((sys.executable, "-m", "durastore_tui", *words), env=environ, capture_output=True, check=True)

    code, seen = typed("streaming", "delete", "campus-events", answer="campus-events", meanwhile=somebody_else)
    assert code == 2
    assert "and is off now; check it again, then decide. Nothing was sent." in seen
