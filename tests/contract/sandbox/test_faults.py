"""Faults over a real socket: what reaches the client, and whether the request was acted on."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from durastore_tui import sandbox
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.faults import KNOWN, Faults, Scope
from durastore_tui.sandbox.misconduct import CUTS, INSTEAD, REWRITES, WAITS
from durastore_tui.sandbox.serve import LOOPBACK, serving
from durastore_tui.sandbox.wire.messages import empty, text
from durastore_tui.sandbox.world import Profile, Store
from durastore_tui.sandbox.worlds.preserved import nothing
from durastore_tui.sandbox.worlds.seeds import Seed, Stream
from durastore_tui.sandbox.worlds.universe import JUMP, Universe
from tests.stand_in import NOON, StandIn, Time, basic

PROFILE = Profile("lakeshore", "acme", "acme.example", (8, 2, 1), (Store("1", "AMAZON_S3"),), "m")
SPACES = (Seed("1", "media", 10, 1, "2020-01-01", streams=(Stream("OPEN", "dmedia"),)),)


class Victim:
    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.faults = universe.engine.faults

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """Everything that comes until the server closes, possibly nothing."""
        reader, writer = await asyncio.open_connection(LOOPBACK, self.universe.engine.ports["api"])
        name, value = basic("root")
        lines = [f"{method} /durastore{path} HTTP/1.1", "Host: x", f"{name}: {value}", f"Content-Length: {len(body)}"]
        writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)
        received = b""
        try:
            while piece := await reader.read(65_536):
                received += piece
        except ConnectionResetError:
            pass
        writer.close()
        return received

    def made(self, space: str) -> bool:
        return self.universe.worlds()["lakeshore"].spaces("1").exists(space)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running() -> AsyncIterator[Victim]:
    universe = Universe(None, 100_000.0, source=Time(), worlds=((PROFILE, SPACES, nothing),))
    async with serving(universe):
        yield Victim(universe)
    universe.close()


@pytest.fixture
def victim(running: Victim) -> Victim:
    running.faults.clear()
    return running


module_loop = pytest.mark.asyncio(loop_scope="module")


@module_loop
async def test_a_line_cut_before_acting_changes_nothing(victim: Victim) -> None:
    victim.faults.switch("cut-before", Scope(remaining=1))
    assert await victim.ask("PUT", "/cut-before") == b""
    assert not victim.made("cut-before")


@module_loop
async def test_a_line_cut_after_acting_hides_that_it_worked(victim: Victim) -> None:
    victim.faults.switch("cut-after", Scope(remaining=1))
    assert await victim.ask("PUT", "/cut-after") == b""
    assert victim.made("cut-after")


@module_loop
@pytest.mark.parametrize("name", ["cut-body", "wrong-length"])
async def test_a_body_is_shorter_than_promised(victim: Victim, name: str) -> None:
    victim.faults.switch(name, Scope(remaining=1))
    head, _, body = (await victim.ask("GET", "/task")).partition(b"\r\n\r\n")
    promised = next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
    assert len(body) < int(promised.split()[1])


@module_loop
async def test_a_request_that_hangs_was_acted_on(victim: Victim) -> None:
    victim.faults.switch("hang", Scope(remaining=1))
    reader, writer = await asyncio.open_connection(LOOPBACK, victim.universe.engine.ports["api"])
    name, value = basic("root")
    writer.write(f"PUT /durastore/hanging HTTP/1.1\r\nHost: x\r\n{name}: {value}\r\n\r\n".encode())
    answer = asyncio.create_task(reader.read(1))
    assert (await victim.ask("HEAD", "/hanging")).startswith(b"HTTP/1.1 200")
    assert not answer.done()
    writer.close()
    assert await answer == b""


@module_loop
async def test_an_endless_body_goes_on(victim: Victim) -> None:
    victim.faults.switch("endless", Scope(remaining=1))
    reader, writer = await asyncio.open_connection(LOOPBACK, victim.universe.engine.ports["api"])
    writer.write(b"GET /durastore/spaces HTTP/1.1\r\nHost: x\r\n\r\n")
    assert len(await reader.readexactly(500_000)) == 500_000
    writer.close()


@module_loop
@pytest.mark.parametrize(
    ("name", "status", "part"),
    [
        ("html-502", 502, b"<h1>502 Bad Gateway</h1>"),
        ("html-503", 503, b"503"),
        ("html-504", 504, b"504"),
        ("redirect", 302, b"https://elsewhere.example"),
        ("unauthorized", 401, b"WWW-Authenticate"),
        ("forbidden", 403, b"HTTP Status 403"),
        ("not-found", 404, b"HTTP Status 404"),
        ("null-500", 500, b"null"),
        ("snapshots-disabled", 410, b"Snapshots are disabled"),
    ],
)
async def test_an_answer_instead_of_the_servers_own_acts_on_nothing(
    victim: Victim, name: str, status: int, part: bytes
) -> None:
    victim.faults.switch(name, Scope(remaining=1))
    answer = await victim.ask("PUT", f"/{name}")
    assert answer.split()[1] == str(status).encode()
    assert part in answer
    assert not victim.made(name)


@module_loop
@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("byte-order-mark", b'\xef\xbb\xbf<?xml version="1.0"'),
        ("empty-200", b""),
        ("bad-gzip", b"\x1f\x8b\x08 not gzip"),
    ],
)
async def test_a_spoilt_body(victim: Victim, name: str, starts: bytes) -> None:
    victim.faults.switch(name, Scope(remaining=1))
    body = (await victim.ask("GET", "/spaces")).partition(b"\r\n\r\n")[2]
    assert body.startswith(starts)
    assert bool(body) is bool(starts)


@module_loop
async def test_bytes_that_are_no_utf8(victim: Victim) -> None:
    victim.faults.switch("invalid-utf8", Scope(remaining=1))
    with pytest.raises(UnicodeDecodeError):
        (await victim.ask("GET", "/spaces")).decode()


@module_loop
async def test_half_a_reply_is_no_json(victim: Victim) -> None:
    victim.faults.switch("invalid-json", Scope(task="get-url-hls"))
    answer = await victim.ask("POST", "/task/get-url-hls", b'{"spaceId":"media","contentId":"a"}')
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.partition(b"\r\n\r\n")[2])


@module_loop
@pytest.mark.parametrize(("name", "sign"), [("escapes", "\x1b[31m"), ("markup", "[red]")])
async def test_texts_are_made_hostile_and_ids_stay(victim: Victim, name: str, sign: str) -> None:
    victim.faults.switch(name, Scope(task="enable-hls"))
    answer = await victim.ask("POST", "/task/enable-hls", b'{"spaceId":"media"}')
    reply = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert sign in reply["result"]
    assert reply["streamingHost"].startswith("dmedia.")
    assert b'{\n  "result" : "' in answer, "the layout is still the server's"
    refused = await victim.ask("POST", "/task/enable-hls", b"{}")
    assert sign in refused.decode()


@pytest.mark.parametrize(("name", "sign"), [("escapes", "\x1b[31m"), ("markup", "[red]")])
def test_properties_are_made_hostile_and_what_a_space_tells_of_itself_stays(name: str, sign: str) -> None:
    given = (
        ("x-dura-meta-title", "Reel 1"),
        ("x-dura-meta-space-count", "7"),
        ("x-dura-meta-hls-streaming-host", "d.localhost"),
        ("x-dura-meta-acl-user", "READ"),
    )
    told = REWRITES[name](empty(200, *given)).headers
    assert told[0][1].startswith(sign) and told[1:] == given[1:]


def test_a_drip_is_the_same_body_byte_by_byte_two_a_second() -> None:
    dripping = REWRITES["drip"](text(200, "Success"))
    assert list(dripping.body) == [b"S", b"u", b"c", b"c", b"e", b"s", b"s"]
    assert dripping.pace == 0.5


def test_a_scope_is_a_path_or_a_task_and_a_number_of_requests() -> None:
    faults = Faults()
    faults.switch("latency", Scope(path="/media"))
    assert not faults.strikes("latency", path="/spaces")
    assert faults.strikes("latency", path="/media/a")
    faults.switch("latency", Scope(task="noop", remaining=2))
    assert not faults.strikes("latency", path="/task/enable-hls", task="enable-hls")
    assert [faults.strikes("latency", task="noop") for _ in range(3)] == [True, True, False]
    assert faults.names() == []


def test_every_fault_that_can_be_switched_on_does_something_and_the_reverse() -> None:
    sources = "".join(file.read_text() for file in Path(sandbox.__file__).parent.rglob("*.py"))
    asked = set(re.findall(r'(?:\bfault|strikes|faults\.on)\(\s*"([a-z0-9-]+)"', sources))
    assert {*CUTS, *INSTEAD, *REWRITES, *WAITS, *asked} == set(KNOWN)


def test_a_store_can_vanish(server: StandIn) -> None:
    server.switch_on("vanished-store")
    assert "<id>53</id>" not in server.ask("GET", "/stores").text
    assert server.ask("GET", "/spaces?storeID=53").status == 500
    assert server.ask("GET", "/task?storeID=53").text == server.ask("GET", "/task?storeID=51").text


def test_streaming_hosts_can_stop_resolving(server: StandIn) -> None:
    server.switch_on("dns-failure")
    host = server.ask("HEAD", "/oral-histories-hls").header("x-dura-meta-hls-streaming-host")
    assert host == "d3k9x1qv7hls.cloudfront.invalid"


@module_loop
async def test_a_jumping_clock_shows_in_the_date_of_an_answer(victim: Victim) -> None:
    assert b"Date: Tue, 24 Nov 2026 12:00:00 GMT" in await victim.ask("GET", "/spaces")
    victim.faults.switch("clock-jump", Scope())
    assert b"Date: Wed, 25 Nov 2026 14:00:00 GMT" in await victim.ask("GET", "/spaces")


def test_the_clock_can_jump_and_come_back(server: StandIn) -> None:
    clock: Clock = server.universe.engine.clock
    server.switch_on("clock-jump")
    assert clock.now() == NOON + JUMP
    server.universe.engine.faults.switch("clock-jump", None)
    assert clock.now() == NOON


def test_a_snapshot_that_a_jumped_clock_staged_keeps_its_items(server: StandIn) -> None:
    listed = json.loads(server.task("get-snapshots", store="53").text)["snapshots"]
    asked = json.dumps({"snapshotId": listed[0]["snapshotId"]})
    server.switch_on("clock-jump")
    ahead = json.loads(server.task("get-snapshot", asked, store="53").text)
    server.universe.engine.faults.switch("clock-jump", None)
    back = json.loads(server.task("get-snapshot", asked, store="53").text)
    assert ahead["status"] == "REPLICATING_TO_STORAGE" and ahead["contentItemCount"] == 1_180
    assert back == ahead


def test_an_unheard_of_task_can_join_every_list(server: StandIn) -> None:
    server.switch_on("unknown-task")
    assert server.ask("GET", "/task").text.endswith("<string>defrag-space</string>\n</list>")
    assert server.task("defrag-space", "media").status == 200


def test_a_policy_can_be_refused_for_no_reason(server: StandIn) -> None:
    server.switch_on("policy-refused", task="set-storage-policy", requests=1)
    body = json.dumps({"spaceId": "dance-archive", "storageClass": "GLACIER", "daysToTransition": 1})
    assert server.task("set-storage-policy", body).delay == 56.0
    assert server.task("set-storage-policy", body).status == 200
