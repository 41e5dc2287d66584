"""Answers that grow when they are decoded or read: each costs little memory and keeps the time limit (design §9)."""

import asyncio
import gzip
import itertools
import tracemalloc
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache

import pytest

from durastore_tui.api.decoding import Decoder, TooLarge, Undecodable
from durastore_tui.api.replies import parsed as parsed_json
from durastore_tui.api.reply import Reply
from durastore_tui.api.spaces import names
from durastore_tui.api.transport import MOST_BYTES
from durastore_tui.core.errors import Malformed, NoReply, Unreachable
from durastore_tui.core.tasks import TASKS
from tests.contract.api.conftest import Connect
from tests.misbehaving import answer, endless, misbehaving

MIB = 1024 * 1024
MOST_MEMORY = 150 * MIB


@cache
def packed(*layers: str, size: int = 256 * MIB) -> bytes:
    """Zeros, compressed in these layers, the first one innermost."""
    data = b"".join(_compressed(layers[0], itertools.repeat(bytes(MIB), size // MIB)))
    for layer in layers[1:]:
        data = b"".join(_compressed(layer, (data,)))
    return data


def _compressed(layer: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    bits = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS, "bare": -zlib.MAX_WBITS}[layer]
    made = zlib.compressobj(9, zlib.DEFLATED, bits)
    for piece in pieces:
        yield made.compress(piece)
    yield made.flush()


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY


def decoded(encoding: str, body: bytes, most: int = MOST_BYTES, step: int = 1000) -> bytes:
    decoder = Decoder(encoding, most)
    found = bytearray()
    for start in range(0, len(body), step):
        for piece in decoder.decode(body[start : start + step]):
            found += piece
    decoder.finish()
    return bytes(found)


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("encoding", "layers"),
    [
        ("gzip", ["gzip"]),
        ("X-GZIP", ["gzip"]),
        ("deflate", ["deflate"]),
        ("deflate", ["bare"]),
        ("gzip, deflate", ["gzip", "deflate"]),
        ("gzip,gzip , identity,gzip", ["gzip", "gzip", "gzip"]),
    ],
)
def test_what_was_compressed_is_decoded_whatever_the_chunks(encoding: str, layers: list[str], step: int) -> None:
    body = packed(*layers, size=2 * MIB)
    assert decoded(encoding, body, step=step) == bytes(2 * MIB)


@pytest.mark.parametrize("size", [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 128 * 1024])
def test_a_body_that_ends_with_a_full_piece_is_whole(size: int) -> None:
    made = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = made.compress(bytes(size)) + made.flush()
    assert decoded("deflate", body) == bytes(size)


@pytest.mark.parametrize("encoding", ["", "identity", "gzip", "deflate"])
def test_a_body_of_nothing_is_whole(encoding: str) -> None:
    assert decoded(encoding, b"") == b""


@pytest.mark.parametrize(
    ("encoding", "body", "words"),
    [
        ("gzip", gzip.compress(b"all of it", mtime=0)[:-5], "ends early"),
        ("gzip", b"\x1f", "ends early"),
        ("deflate", b"\x78", "ends early"),
        ("gzip", gzip.compress(b"all", mtime=0) + b"more", "data after the end"),
        ("gzip", b"<html>no gzip</html>", "cannot be decompressed"),
        ("deflate", b"<html>no zlib</html>", "cannot be decompressed"),
        ("br", b"\x0b\x02\x80hello\x03", "encoded as br"),
        ("zstd", b"(\xb5/\xfd", "encoded as zstd"),
        ("gzip, gzip, gzip, gzip", b"", "compressed 4 times"),
        (", ".join(["gzip"] * 1000), b"", "compressed 1000 times"),
    ],
)
def test_what_cannot_be_decoded_says_why(encoding: str, body: bytes, words: str) -> None:
    with pytest.raises(Undecodable, match=words):
        decoded(encoding, body)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip", "gzip, gzip, deflate"])
def test_no_layer_grows_over_the_limit(encoding: str) -> None:
    body = packed(*encoding.split(", "))
    with little_memory(), pytest.raises(TooLarge, match="larger than 33,554,432 bytes"):
        decoded(encoding, body, step=len(body))


def test_an_outer_layer_that_grows_without_an_inner_one_that_does_is_stopped() -> None:
    # Empty stored blocks of deflate: any number of bytes that decode to nothing.
    inner = gzip.compress(b"")[:10] + b"\x00\x00\x00\xff\xff" * (MOST_BYTES // 5 + 1)
    with little_memory(), pytest.raises(TooLarge):
        decoded("gzip, gzip", gzip.compress(inner), step=MIB)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "gzip, gzip", "gzip, gzip, gzip"])
async def test_a_compressed_bomb_costs_little_memory(connect: Connect, encoding: str) -> None:
    body = packed(*encoding.split(", "))
    async with misbehaving(answer("200 OK", body, f"Content-Encoding: {encoding}")) as server:
        transport = connect(server.url, most_bytes=MOST_BYTES)
        with little_memory(), pytest.raises(Malformed, match="larger than 33,554,432 bytes"):
            await transport.read("GET", "/spaces")
    assert len(server.requests) == 1


async def test_other_work_gets_its_turn_while_a_body_is_decoded(connect: Connect) -> None:
    body = packed("gzip", size=24 * MIB)
    turns = 0

    async def work() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with misbehaving(answer("200 OK", body, "Content-Encoding: gzip")) as server:
        transport = connect(server.url, most_bytes=MOST_BYTES)
        other = asyncio.create_task(work())
        decoder = Decoder.decode
        seen: list[int] = []

        def counted(self: Decoder, data: bytes) -> Iterator[bytes]:
            for piece in decoder(self, data):
                seen.append(turns)
                yield piece

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Decoder, "decode", counted)
            reply = await transport.read("GET", "/spaces")
        other.cancel()
    assert len(reply.body) == 24 * MIB
    assert len(set(seen)) > 20


async def test_a_compressed_answer_without_end_keeps_the_time_limit(connect: Connect) -> None:
    # Compressed blocks that decode to nothing: only the clock ends this.
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10]
    async with misbehaving(endless(head, b"\x00\x00\x00\xff\xff" * 1000)) as server:
        with pytest.raises(Unreachable, match=r"gave up waiting after 0\.3 s"):
            await connect(server.url, timeout=0.3).read("GET", "/spaces")


async def test_a_write_whose_answer_cannot_be_decoded_may_have_happened(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", b"no gzip", "Content-Encoding: gzip")) as server:
        with pytest.raises(NoReply, match="the answer cannot be decoded: it cannot be decompressed"):
            await connect(server.url).send("/task/noop")


async def test_only_plain_answers_are_asked_for(connect: Connect) -> None:
    async with misbehaving(answer("200 OK", gzip.compress(b"Success"), "Content-Encoding: gzip")) as server:
        assert (await connect(server.url).read("GET", "/spaces")).text == "Success"
    assert server.requests[0].headers["accept-encoding"] == "identity"


def reply_of(body: bytes) -> Reply:
    return Reply("POST /task/get-snapshots", 200, {}, body)


@pytest.mark.parametrize(
    "body",
    [
        b'{"snapshots":[' + b"0," * 16 * MIB + b"0]}",
        b'{"snapshots":[' + b"[]," * 10 * MIB + b"[]]}",
        b'{"snapshots":[' + b"{}," * 10 * MIB + b"{}]}",
        b'{"x":' + b'[{"":' * 6 * MIB,
        b'{"x":"' + "\U0001f600".encode() + b"a" * 31 * MIB + b'"}',
    ],
    ids=["numbers", "lists", "objects", "deep", "one wide character"],
)
def test_json_of_too_many_values_is_not_read(body: bytes) -> None:
    reply = reply_of(body)
    with little_memory(), pytest.raises(Malformed, match="the document is too large to read"):
        parsed_json(reply, _snapshots())


def test_one_wrong_row_ends_the_reading_of_all() -> None:
    reply = reply_of(b'{"snapshots":[' + b"0," * 300_000 + b"0]}")
    with little_memory(), pytest.raises(Malformed, match="not in the documented form"):
        parsed_json(reply, _snapshots())


def _snapshots() -> type:
    kind = TASKS["get-snapshots"].reply
    assert kind is not None
    return kind


@pytest.mark.parametrize(
    "body",
    [
        b"<spaces>" + b"<a/>" * 7 * MIB + b"</spaces>",
        b"<spaces>" + b'<space id=""/>' * 2 * MIB + b"</spaces>",
        b"<spaces>" + b"<a>" * 10 * MIB,
    ],
    ids=["elements", "attributes", "deep"],
)
async def test_xml_of_too_many_elements_is_not_read(connect: Connect, body: bytes) -> None:
    async with misbehaving(answer("200 OK", gzip.compress(body), "Content-Encoding: gzip")) as server:
        transport = connect(server.url, most_bytes=MOST_BYTES)
        with little_memory(), pytest.raises(Malformed, match="the document is too large to read"):
            await names(transport, "51")


async def test_a_hundred_thousand_spaces_are_read(connect: Connect) -> None:
    body = b"<spaces>" + b"".join(b'<space id="space-%d"/>' % number for number in range(100_000)) + b"</spaces>"
    async with misbehaving(answer("200 OK", body)) as server:
        assert len(await names(connect(server.url, most_bytes=MOST_BYTES), "51")) == 100_000
