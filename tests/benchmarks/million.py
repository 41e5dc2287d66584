"""The snapshot of a million items, and a stand-in that has it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import cast

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.core.tasks import snapshots
from durastore_tui.services.session import Session, open_session
from tests.sandbox_server import sandbox_server

STORE = "61"
ROWS = 1_000_000
PASSWORD = Secret("rpw")


@contextmanager
def world() -> Iterator[Profile]:
    """How to connect to a stand-in of our own."""
    with sandbox_server() as server:
        yield Profile("scale", server.worlds["scale"], "root", Environment.DEMO)


@asynccontextmanager
async def logged_in(profile: Profile) -> AsyncIterator[tuple[Session, str]]:
    """A session on the store, and the id of the snapshot."""
    session = await open_session(profile, PASSWORD, WallClock(), STORE)
    try:
        listed = cast(snapshots.Snapshots, (await session.run(snapshots.LIST, {})).value)
        yield session, listed.snapshots[0].snapshot_id or ""
    finally:
        await session.close()


def item(row: int) -> str:
    """The id in a row, 0-based; row 0 is the bridge's own properties file."""
    return f"files/item-{row - 1:07}.txt"
