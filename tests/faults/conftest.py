"""The command line behind the fault proxy, in this process."""

import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.api import transport
from durastore_tui.cli.main import run
from tests.cli.conftest import Ran
from tests.faults.fault_proxy import FaultProxy, fault_proxy
from tests.sandbox_server import SandboxServer

CREDENTIALS = {"DURASTORE_USER": "root", "DURASTORE_PASSWORD": "rpw"}


@pytest.fixture(scope="module")
def proxy(sandbox: SandboxServer) -> Iterator[FaultProxy]:
    """A proxy in front of the stand-in; its rules are those of one test."""
    with fault_proxy(sandbox.url) as one:
        yield one


@dataclass(repr=False)
class Program:
    """Calls commands against the proxy, with a journal of this test."""

    sandbox: SandboxServer
    proxy: FaultProxy
    capsys: pytest.CaptureFixture[str]
    world: str = "lakeshore"

    def __call__(self, *words: str) -> Ran:
        code = run(("--url", self.proxy.behind(self.sandbox.worlds[self.world]), *words))
        printed = self.capsys.readouterr()
        return Ran(int(code), printed.out, printed.err)

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """The rows of a listing that must work."""
        ran = self(*words, "--json")
        assert ran.code == 0, ran.err
        found: list[dict[str, Any]] = json.loads(ran.out)
        return found

    def with_snapshot(self, words: Sequence[str], space: str) -> tuple[str, ...]:
        """The words with the snapshot of the space in place of ID."""
        if "ID" not in words:
            return tuple(words)
        rows = self.rows("snapshots", "list")
        snapshot = next(str(row["snapshotId"]) for row in rows if row["sourceSpaceId"] == space)
        return tuple(snapshot if word == "ID" else word for word in words)


@pytest.fixture
def program(
    sandbox: SandboxServer,
    proxy: FaultProxy,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Program]:
    """Commands against a server that was just started over; reads are repeated without a pause."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DURASTORE_CA_FILE", str(sandbox.ca_file))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(transport, "WAITS", (0.0, 0.0))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    sandbox.reset()
    proxy.begin()
    yield Program(sandbox, proxy, capsys)
    proxy.begin()
