"""The stand-in server in a child process, for tests of the client; nothing of it is imported here."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

import pytest


@dataclass(frozen=True)
class SandboxServer:
    """What its ready line says. The controls are its own; the client never calls them."""

    url: str
    worlds: Mapping[str, str]
    edge: str
    ca_file: Path
    users: Mapping[str, str]

    def environ(self, user: str = "root", world: str = "lakeshore") -> dict[str, str]:
        """What a person would set to work with it."""
        return {
            "DURASTORE_URL": self.worlds[world],
            "DURASTORE_USER": user,
            "DURASTORE_PASSWORD": self.users[user],
            "DURASTORE_CA_FILE": str(self.ca_file),
        }

    def advance(self, seconds: float) -> None:
        """Moves the server's own clock on."""
        self._control("clock", {"advance": seconds})

    def fault(self, name: str, *, on: bool = True, **scope: object) -> None:
        """Switches a fault on or off."""
        self._control("faults", {"name": name, "on": on, **scope})

    def reset(self) -> None:
        """Starts every world over, without faults."""
        self._control("reset", {})

    def _control(self, name: str, body: Mapping[str, object]) -> None:
        origin = self.url.removesuffix("/durastore")
        as_json = {"Content-Type": "application/json"}
        request = Request(f"{origin}/sandbox/{name}", json.dumps(body).encode(), as_json)  # noqa: S310  # loopback
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            answer.read()


COUNTED_AT = timedelta(hours=23, minutes=30)
"""The time of day, UTC, at which the stand-in counts a store for its report."""


def reported(items: int) -> str:
    """The items of a space, counted now, in the report of yesterday: it is not the newest any more after 23:30 UTC."""
    now = datetime.now(UTC)
    is_newest = (now - COUNTED_AT).date() != now.date()
    return f"{items if is_newest else int(items * A_DAY_BEFORE):,}"


A_DAY_BEFORE = 0.94 + 0.06 * (1 - 1 / 730 - 0.86) / 0.14
"""What a space held a day before the newest report, as a share of it."""

PROGRAM = (sys.executable, "-m", "durastore_tui", "sandbox", "--exit-with-stdin")


@contextmanager
def sandbox_server(*words: str, program: Sequence[str] = PROGRAM) -> Iterator[SandboxServer]:
    """A fresh server with its worlds in memory; it ends with the block, and with us."""
    child = subprocess.Popen(
        [*program, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert child.stdin
    assert child.stdout
    try:
        line = child.stdout.readline()
        assert line, "the stand-in server did not start"
        ready = json.loads(line)
        yield SandboxServer(ready["url"], ready["worlds"], ready["edge"], Path(ready["ca_file"]), ready["users"])
    finally:
        child.stdin.close()
        child.stdout.close()
        child.wait(timeout=10)


@pytest.fixture(scope="session")
def sandbox() -> Iterator[SandboxServer]:
    """One server for a whole run of tests; `fresh_sandbox` for those that change it."""
    with sandbox_server() as server:
        yield server


@pytest.fixture
def fresh_sandbox(sandbox: SandboxServer) -> Iterator[SandboxServer]:
    """The server as it begins; begun anew afterwards as well."""
    sandbox.reset()
    yield sandbox
    sandbox.reset()
