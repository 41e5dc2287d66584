"""A login to the stand-in, as any of its users."""

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

import pytest

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.services.session import Session, open_session
from tests.sandbox_server import SandboxServer

Login = Callable[..., Coroutine[Any, Any, Session]]


@pytest.fixture
async def login(sandbox: SandboxServer) -> AsyncIterator[Login]:
    """Opens sessions; they are closed with the test."""
    async with AsyncExitStack() as stack:

        async def opened(
            user: str = "root",
            world: str = "lakeshore",
            store: str | None = None,
            *,
            read_only: bool = False,
            password: str | None = None,
        ) -> Session:
            profile = Profile(
                world, sandbox.worlds[world], user, Environment.TEST, read_only=read_only, ca_file=sandbox.ca_file
            )
            session = await open_session(profile, Secret(password or sandbox.users[user]), WallClock(), store)
            stack.push_async_callback(session.close)
            return session

        yield opened
