"""Tasks: what a store offers, and running one (protocol §5-§7)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from durastore_tui.api.reply import Reply
from durastore_tui.api.transport import Transport
from durastore_tui.api.xml import parsed
from durastore_tui.core.errors import Malformed, NoReply
from durastore_tui.core.tasks import find
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.urls import task_path

UNKNOWN_ANSWERS_WITHIN = 120.0


@dataclass(frozen=True, slots=True)
class TaskReply:
    """The reply as it came, and as the task's dataclass; `value` is None for tasks that answer in words. It may hold a
    token, which `repr` does not say."""

    text: str = field(repr=False)
    value: object | None = None


async def offered(transport: Transport, store: str) -> tuple[str, ...]:
    """Names of the store's tasks, in the server's order; raises DuraStoreError."""
    reply = await transport.read("GET", "/task", {"storeID": store})
    found = await parsed(reply, "list")
    return tuple(name.text or "" for name in found.iter("string"))


async def run(transport: Transport, store: str, task: Task, values: Mapping[str, Value | None]) -> TaskReply:
    """Checks the values and runs the task; raises BadInput and DuraStoreError, NoReply when it may have happened."""
    return await send(transport, store, task, task.request_body(values))


async def send(transport: Transport, store: str, task: Task, body: bytes) -> TaskReply:
    """As `run`, with a body as it is."""
    # A look that leaves something behind (a token) is not asked twice either.
    once = task.changes or not task.idempotent
    post = transport.send if once else transport.ask
    reply = await post(task_path(task.name), {"storeID": store}, body, task.answers_within)
    return await _read(reply, task.reply, once)


async def run_raw(transport: Transport, store: str, name: str, body: bytes) -> TaskReply:
    """Sends a body as it is, once, to a task known or not; raises DuraStoreError."""
    known = find(name)
    within = known.answers_within if known else UNKNOWN_ANSWERS_WITHIN
    reply = await transport.send(task_path(name), {"storeID": store}, body, within)
    return await _read(reply, None, once=True)


async def _read(reply: Reply, kind: type | None, once: bool) -> TaskReply:
    try:
        if not once and not reply.body:
            raise reply.malformed("an empty answer")
        value = await asyncio.to_thread(_value, reply, kind) if kind else None
        return TaskReply(reply.text, value)
    except Malformed as error:
        # "Try again" is no advice for what may have happened.
        raise NoReply(error.asked, error.status, error.words) if once else error from None


def _value(reply: Reply, kind: type) -> object:
    # Its validator costs 70 ms to import: not before the first reply, and not on a loop that paints.
    from durastore_tui.api import replies

    return replies.parsed(reply, kind)
