"""Tasks: what a store offers, and running one (protocol §5-§7)."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from durastore_tui.api import words
from durastore_tui.api.reply import Reply
from durastore_tui.api.transport import Transport
from durastore_tui.api.xml import parsed
from durastore_tui.core.errors import DuraStoreError, Malformed, NoReply
from durastore_tui.core.tasks.answers import is_failure, is_rejection, sent_values, wrong_sentence
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.core.urls import task_path


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
    """Checks the values, then runs the task as `send` does; raises BadInput too."""
    return await send(transport, store, task, task.request_body(values))


async def send(transport: Transport, store: str, task: Task, body: bytes) -> TaskReply:
    """Sends a body as it is and returns the task's answer once it is proven to be a success (protocol §6, §7).

    A task that only reads is repeated like a read; any other answer to it raises Malformed or the error of its status.
    A write is sent once. It raises NoReply unless the answer proves a success or a rejection before any effect.
    """
    path, query = task_path(task.name), {"storeID": store}
    # A read that leaves something behind (a token) is not repeated either.
    if not task.changes and task.idempotent:
        return await _read(task, body, await transport.ask(path, query, body, task.answers_within))
    try:
        return await _read(task, body, await transport.send(path, query, body, task.answers_within))
    except Malformed as error:
        raise NoReply(error.asked, error.status, error.words) from None
    except DuraStoreError as error:
        failed = error.status == HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, NoReply)
        if failed and not is_rejection(task, error.words, body):
            finished = is_failure(task, error.words)
            raise NoReply(error.asked, error.status, error.words, finished=finished) from None
        raise


async def _read(task: Task, body: bytes, reply: Reply) -> TaskReply:
    if not reply.body.strip():
        raise reply.malformed("an empty answer")
    # Old servers may call JSON a web page, but not their plain texts.
    content_type = "" if task.reply else reply.headers.get("content-type", "")
    if words.is_html(content_type, reply.body):
        page = words.words(reply.status, content_type, reply.body)
        raise reply.malformed(f"a web page instead of the task's answer: {page}")
    if task.reply is None:
        if wrong := wrong_sentence(task, reply.text, sent_values(task, body)):
            raise reply.malformed(wrong)
        return TaskReply(reply.text)
    value = await asyncio.to_thread(_value, reply, task.reply, task.proof)
    sentence = getattr(value, "result", "")
    if task.success and (wrong := wrong_sentence(task, sentence, sent_values(task, body))):
        raise reply.malformed(wrong)
    return TaskReply(reply.text, value)


def _value(reply: Reply, kind: type, proof: tuple[str, ...]) -> object:
    # Its validator costs 70 ms to import: not before the first reply, and not on a loop that paints.
    from durastore_tui.api import replies

    return replies.parsed(reply, kind, proof)
