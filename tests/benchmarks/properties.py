"""Properties of 1,000 spaces at 50 ms of server latency: as we ask, and one by one, in the same run."""

import asyncio
import time

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.clock import WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.services.session import open_session
from durastore_tui.services.spaces import Spaces

LATENCY = 0.05
COUNT = 1000
STORES = (
    b'<?xml version="1.0"?><storageProviderAccounts><storageAcct ownerId="0" isPrimary="1"><id>1</id>'
    b"<storageProviderType>AMAZON_S3</storageProviderType></storageAcct></storageProviderAccounts>"
)


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that takes its time over every request, and does nothing else."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        await asyncio.sleep(LATENCY)
        body = STORES if head.startswith(b"GET /durastore/stores") else b"<list/>"
        sent = b"" if head.startswith(b"HEAD") else body
        writer.write(b"HTTP/1.1 200 OK\r\nx-dura-meta-space-count: 3\r\nContent-Length: %d\r\n\r\n" % len(body) + sent)


async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers until the other side has enough."""
    try:
        await answer(reader, writer)
    except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
        writer.close()


async def main() -> None:
    server = await asyncio.start_server(quiet, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    profile = Profile("slow", f"http://127.0.0.1:{port}/durastore", "root", Environment.TEST)
    session = await open_session(profile, Secret("x"), WallClock())
    spaces = Spaces(session)
    names = [f"space-{number:04}" for number in range(COUNT)]
    begun = time.perf_counter()
    await spaces.properties(names, lambda *_: None)
    ours = time.perf_counter() - begun
    begun = time.perf_counter()
    for name in names[: COUNT // 10]:
        await spaces.properties_of(name)
    one_by_one = 10 * (time.perf_counter() - begun)
    await session.close()
    server.close()
    print(f"{COUNT} spaces: {ours:.1f} s, one by one {one_by_one:.1f} s, {one_by_one / ours:.1f} x faster (bar 4)")


if __name__ == "__main__":
    asyncio.run(main())
