"""1,000 stream URLs against a bare httpx loop that sends the same requests, four at a time, in the same run."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

import httpx

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.services.session import open_session
from durastore_tui.services.spaces import Spaces
from durastore_tui.services.urls import make, matching
from tests.sandbox_server import SandboxServer, sandbox_server

SPACE = "oral-histories-hls"
COUNT = 1000
AT_ONCE = 4
ROUNDS = 3


async def bare(server: SandboxServer, ids: list[str]) -> None:
    async with httpx.AsyncClient(auth=("root", server.users["root"]), trust_env=False) as client:
        queue = iter(ids)

        async def work() -> None:
            for content_id in queue:
                body = json.dumps({"spaceId": SPACE, "contentId": content_id})
                answer = await client.post(f"{server.url}/task/get-url-hls?storeID=51", content=body)
                answer.json()["streamUrl"]

        await asyncio.gather(*(work() for _ in range(AT_ONCE)))


async def timed(work: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await work()
    return time.perf_counter() - begun


async def measure(server: SandboxServer) -> None:
    profile = Profile("lakeshore", server.url, "root", Environment.TEST)
    session = await open_session(profile, Secret(server.users["root"]), WallClock())
    ids = [content_id async for content_id in matching(session, SPACE, "*")][:COUNT]

    host = (await Spaces(session).properties_of(SPACE)).hls_host

    async def ours() -> None:
        rows = [row async for row in make(session, SPACE, ids, host=host, check=False, at_once=AT_ONCE)]
        assert len(rows) == COUNT
        assert all(row.encoded for row in rows)

    pairs = [(await timed(ours), await timed(lambda: bare(server, ids))) for _ in range(ROUNDS)]
    await session.close()
    best, bare_best = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    print(f"{COUNT} URLs: {best:.2f} s, bare httpx {bare_best:.2f} s, ratio {best / bare_best:.2f} (bar 1.30)")


if __name__ == "__main__":
    with sandbox_server() as running:
        asyncio.run(measure(running))
