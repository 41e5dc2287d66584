"""Replays what the real server answered (protocol §17) against the stand-in, over a real socket."""

import asyncio
import base64
import json
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from durastore_tui.sandbox.faults import Faults, Scope
from durastore_tui.sandbox.roles import USERS
from durastore_tui.sandbox.serve import LOOPBACK, serving
from durastore_tui.sandbox.world import Profile, Store
from durastore_tui.sandbox.worlds.preserved import nothing
from durastore_tui.sandbox.worlds.universe import Universe
from tests.recorded import Exchange, masked, recorded
from tests.stand_in import Time

RECORDED_WORLD = Profile(
    "lakeshore",
    "acme",
    "127.0.0.1",
    (8, 2, 1),
    (
        Store("1", "AMAZON_S3"),
        Store("2", "CHRONOPOLIS", {"WRITABLE": "true"}),
        Store("3", "AMAZON_GLACIER"),
        Store("4", "SWIFT_S3"),
    ),
    "member-id",
)
WITH_UNKNOWN_STORE = replace(RECORDED_WORLD, stores=(*RECORDED_WORLD.stores, Store("5", "UNKNOWN")))
SPEED = 100_000.0
"""Slow failures pass in a blink; what takes hours waits for the test's clock all the same."""

LEAST_STATUSES, LEAST_BODIES = 0.998, 0.99

ARBITRARY_TYPES = ("application/octet-stream", "text/plain")
"""Of a HEAD without a body: any value will do (protocol §17, row 12)."""

WRONG_PASSWORD = " with a wrong password"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    text: str

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


@dataclass
class Server:
    """Sends requests byte by byte as they were recorded."""

    port: int
    faults: Faults
    time: Time
    instead_of: dict[str, str] = field(default_factory=dict)
    """Ids of the recording, and those that this server made for them."""

    async def ask(
        self,
        method: str,
        path: str,
        login: str | None = "root",
        headers: Iterable[tuple[str, str]] = (),
        body: bytes | None = None,
    ) -> Answer:
        lines = [f"{method} /durastore{path} HTTP/1.1", f"Host: {LOOPBACK}:{self.port}", *_lines(headers)]
        if login is not None:
            lines.append(f"Authorization: Basic {_credentials(login)}")
        if body is not None:
            lines.append(f"Content-Length: {len(body)}")
        reader, writer = await asyncio.open_connection(LOOPBACK, self.port)
        writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + (body or b""))
        whole = await reader.read(-1)
        writer.close()
        await writer.wait_closed()
        head, _, content = whole.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        shown = tuple((name, value) for name, _, value in (line.partition(": ") for line in rest))
        return Answer(int(first.split(" ")[1]), shown, content.decode("utf-8", "replace"))

    async def put(self, path: str, body: str = "", **headers: str) -> None:
        """Makes a space or an item."""
        named = ((name.replace("_", "-"), value) for name, value in headers.items())
        answer = await self.ask("PUT", path, headers=named, body=body.encode())
        assert answer.status == 201, (path, answer)

    async def task(self, name: str, body: str, store: int) -> Answer:
        return await self.ask("POST", f"/task/{name}?storeID={store}", body=body.encode())

    def set_time(self, utc: str) -> None:
        self.time.now = datetime.fromisoformat(utc).replace(tzinfo=UTC).timestamp()

    @contextmanager
    def fault(self, name: str) -> Iterator[None]:
        self.faults.switch(name, Scope())
        yield
        self.faults.switch(name, None)

    async def replay(self, one: Exchange) -> Answer:
        path = one.path
        for recorded_id, made in self.instead_of.items():
            path = path.replace(recorded_id, made)
        return await self.ask(one.method, path, one.login, one.headers.items(), one.body)


def _lines(headers: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]


def _credentials(login: str) -> str:
    name = login.removesuffix(WRONG_PASSWORD)
    password = USERS[name][0] if name in USERS and name == login else "wrong"
    return base64.b64encode(f"{name}:{password}".encode()).decode()


def differences(one: Exchange, got: Answer) -> list[str]:
    """What the stand-in answers otherwise: `status`, `type` or `body`."""
    same = {
        "status": got.status == one.status,
        "type": got.header("Content-Type") == one.content_type or one.content_type in ARBITRARY_TYPES,
        "body": masked(got.text) == masked(one.text),
    }
    return [name for name, equal in same.items() if not equal]


class Replay:
    """All recorded exchanges, each replayed once, and what came of it."""

    def __init__(self, exchanges: Iterable[Exchange]) -> None:
        self.waiting = list(exchanges)
        self.replayed: list[tuple[Exchange, Answer, list[str]]] = []

    async def run(self, server: Server, family: str, *notes: str, needs: str = "world") -> None:
        """Those of a family that wait, of one kind of need; with notes only these, in the order of the notes."""
        here = [one for one in self.waiting if one.family == family and one.needs == needs]
        chosen = [one for note in notes for one in here if note in (one.note, f"{one.method} {one.path}")]
        for one in chosen if notes else here:
            self.waiting.remove(one)
            got = await server.replay(one)
            self.replayed.append((one, got, differences(one, got)))


@asynccontextmanager
async def running(world: Profile) -> AsyncIterator[Server]:
    time = Time()
    universe = Universe(None, SPEED, source=time, worlds=((world, (), nothing),))
    with closing(universe):
        async with serving(universe):
            yield Server(universe.engine.ports["api"], universe.engine.faults, time)


MEDIA = (
    "a%20b/%C3%A9.m3u8",
    "a.m3u8",
    "amp%26lt%3C.ts",
    "dq%22.ts",
    "p%25q.ts",
    "plus+plus.ts",
    "q'uote.ts",
    "x%23y.ts",
)


async def make_media(server: Server) -> None:
    for space in ("empty-x", "media-a", "media-b", "media-c"):
        await server.put(f"/{space}")
    for item in MEDIA:
        await server.put(f"/media-a/{item}", "hello", content_type="video/mp2t")


async def streaming(replay: Replay, server: Server) -> None:
    await make_media(server)
    await replay.run(server, "disable-hls", "never enabled")
    await replay.run(server, "get-url-hls", "never enabled")
    for note in ("enable open", "again, other origins", "type change", "enable secure", "empty secure on SECURE"):
        await replay.run(server, "enable-hls", note)
    await replay.run(server, "enable-hls", "odd origins")
    await replay.run(server, "get-url-hls", "odd id", "number id", "resourcePrefix", "blank id")
    await replay.run(server, "set-storage-policy")
    await replay.run(server, "get-signed-cookies-url")
    await replay.run(server, "delete-hls")
    await replay.run(server, "enable-hls", "other type while deleting")
    await replay.run(server, "get-url-hls", "deleting")
    await replay.run(server, "disable-hls", "disable while deleting")
    with server.fault("cloudfront-down"):
        await replay.run(server, "enable-hls", "CloudFront answers 503")


async def contents(replay: Replay, server: Server) -> None:
    await make_media(server)
    await replay.run(server, "content-put", *(f"PUT /media-a/{item}" for item in MEDIA))
    await server.task("enable-hls", '{"spaceId": "media-a"}', 1)
    await replay.run(server, "accept")
    await replay.run(server, "content", "listing", "item")
    for item in ("n1.txt", "n4.txt", "n6.txt", "n9.txt", "n14.txt"):
        await server.put(f"/media-a/{item}", "x")
    await server.put("/media-a/n13.txt", "x", content_encoding="gzip")
    await replay.run(server, "content")
    await server.put("/www.example.com")
    await replay.run(server, "space-delete")


async def logins(replay: Replay, server: Server) -> None:
    await make_media(server)
    for space in ("papers-a", "papers-b", "papers-c", "papers-c-2026-11-30-16-33-52", "papers-empty"):
        await server.put(f"/{space}?storeID=2")
    await server.task("enable-hls", '{"spaceId": "media-a"}', 1)
    await replay.run(server, "auth")


PAPERS = tuple(f"dir/file{number}.txt" for number in range(5))
TO_TRANSFER, TO_COPY_ALL, TO_STAGE, TO_COMPLETE, TO_RETRIEVE = 0.02, 0.05799, 0.4, 3.0, 0.05
"""Seconds of the test's clock until a snapshot or restore is that far, at this speed."""


async def snapshots(replay: Replay, server: Server) -> None:
    server.set_time("2026-11-30 16:33:52")
    await server.put("/media-c")
    await replay.run(server, "space-put")
    for space in ("papers-b", "papers-empty"):
        await server.put(f"/{space}?storeID=2")
    await replay.run(server, "content-put")
    for item in PAPERS:
        # again, without the property that the recording's S3 forgot
        await server.ask("DELETE", f"/papers-c/{item}?storeID=2")
        for space in ("papers-a", "papers-c"):
            await server.put(f"/{space}/{item}?storeID=2", f"content {item[8]}", content_type="text/plain")
    await replay.run(server, "space-head", "HEAD /papers-a?storeID=2")
    await replay.run(server, "content-head")
    for note in ("on s3", "description missing", "empty space", "valid"):
        await replay.run(server, "create-snapshot", note)
    await replay.run(server, "space-head", "HEAD /papers-c?storeID=2", "after the refused")
    await replay.run(server, "lock")
    await replay.run(server, "acl-head", "HEAD /acl/papers-c?storeID=2")
    await replay.run(server, "restart-snapshot", "not failed")
    await replay.run(server, "restore-snapshot")
    server.time.pass_by(TO_TRANSFER)
    await replay.run(server, "get-snapshots", "as admin", needs="nothing")
    with server.fault("bridge-down"):
        await replay.run(server, "create-snapshot", "bridge down")
        await replay.run(server, "get-snapshot", "bridge down")
        await replay.run(server, "get-snapshot-contents", "bridge down", needs="nothing")
    server.time.pass_by(TO_COPY_ALL)
    await replay.run(server, "get-snapshot-contents", "early")
    server.time.pass_by(TO_STAGE)
    await replay.run(server, "get-snapshot-contents", "past the end", "prefix in other case", "prefix &")
    server.time.pass_by(TO_COMPLETE)
    await replay.run(server, "get-snapshot-history")

    server.set_time("2026-11-30 16:37:47")
    snapshot = '{"spaceId": "papers-b", "description": "", "userEmail": "a@b.example"}'
    await server.task("create-snapshot", snapshot, 2)
    server.set_time("2026-11-30 16:46:01")
    restore = '{"snapshotId": "acme_2_papers-b_2026-11-30-16-37-47", "userEmail": "a@b.example"}'
    await server.task("restore-snapshot", restore, 2)
    server.time.pass_by(TO_RETRIEVE)
    await replay.run(server, "get-restore")


async def operators(replay: Replay, server: Server) -> None:
    for space in ("ops-a?storeID=2", "frozen-a?storeID=3", "media-a"):
        await server.put(f"/{space}")
    await server.put("/ops-a/one.txt?storeID=2", "x")
    await server.put("/frozen-a/one/two.txt?storeID=3", "x")
    await server.put("/frozen-a/ice/old%20%C3%A9.txt?storeID=3", "x", content_type="text/plain")
    await replay.run(server, "cleanup-snapshot", needs="nothing")
    await replay.run(server, "space-head", "after cleanup")
    await replay.run(server, "acl-head")
    await replay.run(server, "complete-restore", needs="nothing")
    await replay.run(server, "restore-content")
    server.time.pass_by(2 * 86_400)
    await replay.run(server, "glacier")


async def cookies(replay: Replay, server: Server) -> None:
    for space in ("empty-x", "frozen-a", "media-a", "media-b", "media-c", "papers-a", "papers-b", "papers-empty"):
        await server.put(f"/{space}")
    await replay.run(server, "space-get", "spaces (names differ: sandbox has demo data)")
    await server.task("enable-hls", '{"spaceId": "media-b", "secure": true}', 1)
    wanted = {"spaceId": "media-b", "redirectUrl": 'https://player.example/x?a=1&b="2"'}
    for token, more in TOKENS.items():
        made = await server.task("get-signed-cookies-url", json.dumps(wanted | more), 1)
        server.instead_of[token] = made.text.partition("token=")[2][:20]
    await replay.run(server, "aux-cookies")
    await replay.run(server, "space-get", "GET /signedcookies?maxResults=1")
    with server.fault("s3-down"):
        await replay.run(server, "space-get", "S3 down")


TOKENS = {
    "xEqbn9DO1pRPfUjWHBC1": {},
    "jL1O4DPWdKoBK452owPw": {"ipAddress": ""},
    "mz5ySjNLCjtovHx336vf": {"ipAddress": "1.2.3.4/32"},
}
"""Of the recording, and what they were asked for with."""


async def alone(replay: Replay, server: Server) -> None:
    """Whatever depends on the request alone."""
    for space in ("media-a", "papers-a?storeID=2", "frozen-a?storeID=3"):
        await server.put(f"/{space}")
    for family in sorted({one.family for one in replay.waiting}):
        await replay.run(server, family, needs="nothing")


SCENES = (
    (streaming, RECORDED_WORLD),
    (contents, RECORDED_WORLD),
    (logins, RECORDED_WORLD),
    (snapshots, RECORDED_WORLD),
    (operators, RECORDED_WORLD),
    (cookies, RECORDED_WORLD),
    (alone, WITH_UNKNOWN_STORE),
)

EMULATED = {
    "(SNOW 1)": "AWS refuses a transition to SNOW; the emulator took it",
    "(CloudFront answers 503)": "the sentence is the emulator's",
    "GET /media-a?prefix=p%25": "the emulator's XML could not be read",
    "GET /manifest/media-a as root": "nothing told the recording's manifest of what was put",
}
"""Part of a row's name, and what of its answer was the recording's own S3, CloudFront or database."""

EXCEPTIONS = EMULATED | {
    "GET  as bare": "forty frames of Spring's stack trace are left out",
    "(page 0 of 3 items, size 2)": "the preservation system gives each snapshot ids of its own",
    "get-restore?storeID=2 as root (restoreId = surrogate escape)": "a JVM leaves out a message it gave often",
}
"""Part of a row's name, and why the stand-in answers otherwise."""

NOT_REPLAYED: dict[str, str] = {
    "state set in the bridge's database": "no request brings a snapshot there",
}
"""Part of a row's name, and why it cannot be set up over HTTP."""


def named_in(reasons: Mapping[str, str], one: Exchange) -> bool:
    return any(part in str(one) for part in reasons)


def rates(replay: Replay) -> dict[str, float]:
    """The equal shares of what the real server itself decided."""
    counted = [differing for one, _, differing in replay.replayed if not named_in(EMULATED, one)]
    return {
        what: sum(what not in differing for differing in counted) / len(counted) for what in ("status", "type", "body")
    }


async def test_the_recorded_exchanges() -> None:
    replay = Replay(recorded())
    for scene, world in SCENES:
        async with running(world) as server:
            await scene(replay, server)
    shares = rates(replay)
    sys.stdout.write(f"{len(replay.replayed)} replayed: {shares}\n")
    assert shares["status"] >= LEAST_STATUSES
    assert shares["body"] >= LEAST_BODIES
    unexplained = [
        f"{one} {differing}: {got.status} {got.text[:200]!r}"
        for one, got, differing in replay.replayed
        if differing and not named_in(EXCEPTIONS, one)
    ]
    assert not unexplained, "\n".join(unexplained)
    assert not [str(one) for one in replay.waiting if not named_in(NOT_REPLAYED, one)]
