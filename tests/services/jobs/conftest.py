"""One server, one edge and one clock for the processes of a test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.held_clock import HeldClock
from tests.services.jobs.world import Edge, Process, Server

Start = Callable[..., Process]


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def edge(clock: HeldClock) -> Edge:
    return Edge(clock)


@pytest.fixture
def start(tmp_path: Path, clock: HeldClock, server: Server, edge: Edge) -> Iterator[Start]:
    """Starts another process on the same journal: of that user, going on with switches or not."""
    processes: list[Process] = []

    def start(user: str = "root", continues: bool = True) -> Process:
        processes.append(Process(tmp_path, clock, server, edge, user, continues))
        return processes[-1]

    yield start
    for process in processes:
        process.die()


@pytest.fixture
def jobs(start: Start) -> Process:
    return start()
