"""10,000 snapshots: from asking to rows on screen, against a bare request and parse of the same reply, in one run.

.venv/bin/python -m tests.benchmarks.snapshots
"""

import asyncio
import json
import statistics
import tempfile
import time

import httpx
import platformdirs

from durastore_tui.config.profile import demo
from durastore_tui.core.resource import Resource
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.urls import task_path
from durastore_tui.tui import garbage
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.snapshots import SnapshotsScreen
from durastore_tui.tui.start import SPACES, Start
from tests.sandbox_server import SandboxServer, sandbox_server

ROUNDS = 7
MOST = 2.0
STORE = "61"
PAUSE = 0.005


def bare(client: httpx.Client, url: str) -> float:
    started = time.perf_counter()
    reply = client.post(f"{url}{task_path(snapshots.LIST.name)}", params={"storeID": STORE})
    assert len(json.loads(reply.text)["snapshots"]) == 10_000
    return time.perf_counter() - started


async def ours(server: SandboxServer, client: httpx.Client) -> tuple[list[float], list[float]]:
    """Seconds of the screen and of the bare request, in turn."""
    where = demo("scale", server.worlds["scale"], "root", server.ca_file)
    app = DurastoreApp(Start(where, Secret(server.users["root"]), root=SPACES))
    shown: list[float] = []
    asked: list[float] = []
    async with app.run_test(size=(120, 36)) as pilot:
        while app.services is None:
            await pilot.pause(PAUSE)
        garbage.seldom()  # as after every start
        await app.services.preservation.find()
        app.places.go(Place("snapshots"))
        while not (isinstance(app.screen, SnapshotsScreen) and app.screen.is_mounted):
            await pilot.pause(PAUSE)
        screen = app.screen
        painted = told_of_paints(screen)
        for _ in range(ROUNDS):
            await pilot.pause(0.5)
            while any(worker.group == "details" and worker.is_running for worker in app.workers):
                await pilot.pause(0.1)  # details that the last round asked for
            asked.append(await asyncio.to_thread(bare, client, where.url))
            painted.clear()
            started = time.perf_counter()
            screen.begin()
            await painted.wait()
            shown.append(time.perf_counter() - started)
    return shown, asked


def told_of_paints(screen: SnapshotsScreen) -> asyncio.Event:
    """Set once a list that came has been painted; a waiter that spins would take the parser's time."""
    painted, take = asyncio.Event(), screen.names_read

    def told(names: Resource[tuple[str, ...]]) -> None:
        take(names)
        screen.call_after_refresh(painted.set)

    screen.names_read = told  # type: ignore[method-assign, assignment]
    return painted


def main() -> None:
    with tempfile.TemporaryDirectory() as state, sandbox_server() as server:
        platformdirs.user_state_dir = lambda *_, state=state: state  # no journal of a person in it
        login = ("root", server.users["root"])
        with httpx.Client(auth=login, trust_env=False, timeout=60) as client:
            shown, asked = asyncio.run(ours(server, client))
    ratio = statistics.median(shown) / statistics.median(asked)
    print(f"shown in {statistics.median(shown) * 1000:.0f} ms, bare in {statistics.median(asked) * 1000:.0f} ms")
    print(f"ratio {ratio:.2f}, at most {MOST}")
    raise SystemExit(ratio > MOST)


if __name__ == "__main__":
    main()
