"""The command line, called as a shell would, but in this process."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from durastore_tui.cli.main import run
from tests.sandbox_server import SandboxServer


@dataclass(frozen=True)
class Ran:
    """What came of a call."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture
def cli(
    sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Cli:
    """Runs a command against the stand-in, with a journal of its own."""
    for name, value in sandbox.environ().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def call(*words: str, stdin: str = "", user: str = "root", world: str = "lakeshore") -> Ran:
        for name, value in sandbox.environ(user, world).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = run(words)
        printed = capsys.readouterr()
        return Ran(int(code), printed.out, printed.err)

    return call


@pytest.fixture
def environ(sandbox: SandboxServer, tmp_path: Path) -> dict[str, str]:
    """The environment of a child that runs against the stand-in, with a journal of its own."""
    return os.environ | sandbox.environ() | {"XDG_STATE_HOME": str(tmp_path)}
