"""Every recorded answer of real servers through the client's own reader, against rules that are written by hand."""

import asyncio
import json
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote

import pytest

from durastore_tui.api import content, spaces, stores, tasks
from durastore_tui.api.tasks import TaskReply
from durastore_tui.api.transport import Transport
from durastore_tui.cli.exits import Exit, of_error
from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.tasks import find, undeclared
from tests.contract.api.conftest import Connect
from tests.misbehaving import answer, misbehaving
from tests.recorded import FOLDER, Exchange, recorded

FILES = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.jsonl")) or ["*.jsonl"]

READS = {
    "noop",
    "get-url-hls",
    "get-url",
    "get-signed-url",
    "get-snapshot",
    "get-snapshots",
    "get-snapshots-totals",
    "get-snapshot-contents",
    "get-snapshot-history",
    "get-restore",
}
PLAIN_TEXT = {"noop", "set-storage-policy", "restore-content"}

BEFORE_ANY_EFFECT = (
    ("*", r"Unable to parse task parameters due to: "),
    ("*", r"Task parameter values may not be empty$"),
    ("*", r"Task parameter '(spaceId|contentId|redirectUrl)' may not be empty$"),
    ("*", r'Cannot invoke ".*Parameters\.get\w+\(\)" because "params" is null$'),
    ("*", r"Unsupported storage provider type "),
    ("set-storage-policy", r"Cannot set storage policy due to invalid storage class\."),
    ("restore-content", r"A path including a space ID and an content ID \(separated by a '/'\) is required\.$"),
    ("restore-content", r"begin 0, end -1, length \d+$"),
    ("request-restore-snapshot", r"Index 3 out of bounds for length \d$"),
    ("restore-snapshot", r"Index 3 out of bounds for length \d$"),
    ("restart-snapshot", r"Exception .* Error reported: Illegal character in path at index \d+: "),
)
"""What a write answers 500 with before it changes anything: task, and how the text begins."""

CODES = {
    "Rejected": Exit.FAILED,
    "Redirected": Exit.FAILED,
    "Malformed": Exit.FAILED,
    "Unauthorized": Exit.UNAUTHORIZED,
    "Forbidden": Exit.FORBIDDEN,
    "NoAccess": Exit.FORBIDDEN,
    "Missing": Exit.MISSING,
    "Conflict": Exit.CONFLICT,
    "NoReply": Exit.NO_REPLY,
}
OF_4XX = {401: "Unauthorized", 403: "Forbidden", 404: "Missing", 409: "Conflict"}
NO_SPACES = {"acl", "aux", "bit-integrity", "spaces", "stores", "task"}
"""What a path can begin with instead of a space."""


def expected(exchange: Exchange) -> str:
    """The outcome of a task by protocol §6, §7, §17 and §18."""
    name, status, body = task_of(exchange), exchange.status, exchange.text or ""
    if status == 200:
        return "value"
    if status == 400 and "is already configured to stream as" in body:
        return "Conflict"
    if status < 500:
        return of_4xx(status, body)
    missing_space = body.startswith("No S3 bucket found matching spaceID: ")
    if name in READS:
        return "Missing" if missing_space or body.endswith("Unexpected response code: 404") else "Rejected"
    if missing_space:
        return "Missing"
    if body == "null" and exchange.body == b"null":
        return "Rejected"  # Java 8 has no words for it
    known = any(task in ("*", name) and re.match(text, body) for task, text in BEFORE_ANY_EFFECT)
    return "Rejected" if known else "NoReply"


def of_4xx(status: int, body: str) -> str:
    """The error of a status below 500 by protocol §1.4 and §18: the access check's 403 is one of its own."""
    if status == 403 and body.startswith("You are not authorized to access "):
        return "NoAccess"
    return OF_4XX.get(status, "Rejected")


def task_of(exchange: Exchange) -> str:
    """The name of the task that was run; a name with a slash or parameter behind it is another one for the client."""
    path = exchange.path.partition("?")[0]
    return unquote(path.removeprefix("/task/"))


def is_task(exchange: Exchange) -> bool:
    return exchange.method == "POST" and exchange.path.startswith("/task/")


@dataclass
class Replay:
    """Answers with the exchange that is set."""

    exchange: Exchange | None = None

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        assert self.exchange
        status = f"{self.exchange.status} "
        kept = [f"{key}: {value}" for key, value in self.exchange.answered if key.lower() != "content-length"]
        if self.exchange.method == "HEAD" or self.exchange.status == 204:
            writer.write("\r\n".join([f"HTTP/1.1 {status}", *kept, "", ""]).encode())
        else:
            await answer(status, (self.exchange.text or "").encode(), *kept)(writer)


async def outcome(transport: Transport, exchange: Exchange) -> tuple[str, object, Exit]:
    """Whether a value or which error came of it, that itself, and the exit code."""
    try:
        value: object = await read(transport, exchange)
    except DuraStoreError as error:
        return type(error).__name__, error, of_error(error)
    return "value", value, Exit.DONE


async def read(transport: Transport, exchange: Exchange) -> object:
    if is_task(exchange):
        name = task_of(exchange)
        return await tasks.send(transport, "1", find(name) or undeclared(name), exchange.body or b"")
    path = exchange.path.partition("?")[0]
    match exchange.method, path.strip("/").split("/"):
        case "GET", ["stores"]:
            return await stores.stores(transport)
        case "GET", ["spaces"]:
            return await spaces.names(transport, "1")
        case "GET", ["task"]:
            return await tasks.offered(transport, "1")
        case "GET", [space] if exchange.text.startswith("<?xml"):
            return await spaces.listing(transport, "1", space)
        case "HEAD", [space] if space and space not in NO_SPACES:
            return await spaces.properties(transport, "1", space)
        case "HEAD", [space, item] if space not in NO_SPACES:
            return await content.head(transport, "1", space, item)
    return await transport.read(exchange.method, path)


@pytest.mark.parametrize("name", FILES)
async def test_each_recorded_answer_of_a_task_is_what_it_means(connect: Connect, name: str) -> None:
    replay = Replay()
    wrong = []
    async with misbehaving(replay) as server:
        transport = connect(server.url)
        for exchange in filter(is_task, recorded(name)):
            replay.exchange = exchange
            due = expected(exchange)
            came, value, code = await outcome(transport, exchange)
            if (came, code) != (due, CODES.get(due, Exit.DONE)) or not is_whole(value, exchange):
                wrong.append((str(exchange), exchange.body, due, came, value))
    assert wrong == []


def is_whole(value: object, exchange: Exchange) -> bool:
    """Whether nothing of the answer was lost: each field of it, its text, or the server's words of an error."""
    body = exchange.text or ""
    if isinstance(value, DuraStoreError):
        page = body.startswith("<")
        return value.status == exchange.status and bool(page or value.words[:100] == body.strip()[:100])
    assert isinstance(value, TaskReply)
    if task_of(exchange) in PLAIN_TEXT or value.value is None:
        return value.text == body and bool(body)
    sent = json.loads(body)
    return all(
        getattr(value.value, re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", key)) == sent[key]
        for key in sent
        if isinstance(sent[key], str | int)
    )


@pytest.mark.parametrize("name", FILES)
async def test_each_recorded_answer_to_a_read_is_read_or_is_the_error_of_its_status(
    connect: Connect, name: str
) -> None:
    replay = Replay()
    wrong = []
    async with misbehaving(replay) as server:
        transport = connect(server.url)
        for exchange in recorded(name):
            status = exchange.status
            if is_task(exchange) or exchange.method not in ("GET", "HEAD"):
                continue
            replay.exchange = exchange
            due = "value" if status < 300 else "Redirected" if status < 400 else of_4xx(status, exchange.text or "")
            came, value, code = await outcome(transport, exchange)
            if (came, code) != (due, CODES.get(due, Exit.DONE)):
                wrong.append((str(exchange), due, came, value))
    assert wrong == []


def test_the_rules_know_every_kind_of_outcome() -> None:
    count = Counter(expected(exchange) for name in FILES for exchange in filter(is_task, recorded(name)))
    assert set(count) == {
        "value",
        "Rejected",
        "Missing",
        "Conflict",
        "Unauthorized",
        "Forbidden",
        "NoAccess",
        "NoReply",
    }
    assert count["Rejected"] + count["Missing"] > 20 * count["NoReply"]
