"""A task that is run by its name, as the order of the job that follows it: a change has one way to the server."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import glacier as glacier_tasks
from durastore_tui.core.tasks import policy, restores, snapshots
from durastore_tui.core.tasks.model import Body, Task, Value
from durastore_tui.services import glacier, policies, preflight, streaming
from durastore_tui.services.jobs import Order
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.requests import Request, first
from durastore_tui.services.preflight import Preflight
from durastore_tui.services.session import Session

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Known:
    """The order, and what speaks against it by what the server shows now."""

    order: Order
    wrong: tuple[str, ...] = ()

    @property
    def body(self) -> bytes:
        """What goes out."""
        return self.request.body

    @property
    def request(self) -> Request:
        """What it sends first, or alone."""
        return first(self.order)


async def order_of(session: Session, task: Task, body: bytes) -> Known | None:
    """The order that sends this body; None where no kind of job follows the task, where the body says more or other
    things than the task's parameters, and where what it names is not there. Raises BadInput and the error tree."""
    make, values = MAKERS.get(task.name), values_of(task, body)
    if make is None or values is None:
        return None
    try:
        known = await make(session, values)
    except Missing:
        return None
    if known is None:
        return None
    if _said(task, known.body) != _said(task, body):
        return None
    return known if known.body == body else replace(known, order=replace(known.order, body=body.decode()))


def values_of(task: Task, body: bytes) -> dict[str, Value] | None:
    """The parameters that a body holds, None when the task's own checks would not send it."""
    try:
        found = _said(task, body)
        return task.checked({key: tuple(value) if isinstance(value, list) else value for key, value in found.items()})
    except (ValueError, TypeError):
        return None


def _said(task: Task, body: bytes) -> dict[str, Any]:
    """What a body says; false, nothing and left out are the same to the server (protocol §6.2). Raises ValueError."""
    if task.body is Body.PATH:
        names = [param.name for param in task.params]
        return dict(zip(names, body.decode().split("/", len(names) - 1), strict=True))
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return {key: value for key, value in found.items() if value not in (None, False, "", [])}


async def _streaming(kind: JobKind, family: str, session: Session, values: Values) -> Known:
    enables = kind is JobKind.ENABLE
    origins = values.get("allowedOrigins", ())
    draft = streaming.draft(
        kind,
        str(values["spaceId"]),
        family=family,
        streaming_type=(streaming.SECURE if values.get("secure") is True else streaming.OPEN) if enables else None,
        origins=origins if isinstance(origins, tuple) else (),
    )
    warned = await streaming.looked_at(session, draft)
    try:
        return Known(await streaming.prepared(session, draft), warned)
    except streaming.WillFail as wrong:
        return Known(await streaming.prepared(session, draft, force=True), (wrong.sentence, *warned))


async def _policy(session: Session, values: Values) -> Known:
    draft = policies.draft([str(values["spaceId"])], str(values[policies.CLASS]), values[policies.DAYS])
    streams = await policies.streams(session, draft.parts)
    return Known(await policies.prepared(session, draft, streams), policies.warnings(draft, streams))


async def _thaw(session: Session, values: Values) -> Known:
    (order,) = glacier.orders(session, str(values["spaceId"]), [str(values["contentId"])])
    return Known(order)


async def _create(session: Session, values: Values) -> Known | None:
    space, description, address = (str(values[name]) for name in ("spaceId", "description", "userEmail"))
    return _looked(await preflight.create(session, space, description, address))


async def _restart(session: Session, values: Values) -> Known | None:
    return _looked(await preflight.restart(session, str(values["snapshotId"])))


async def _restore(session: Session, values: Values) -> Known | None:
    return _looked(await preflight.start_restore(session, str(values["snapshotId"]), str(values["userEmail"])))


def _looked(before: Preflight) -> Known | None:
    return Known(before.order, before.wrong) if before.order and not before.missing else None


Maker = Callable[[Session, Values], Awaitable[Known | None]]
MAKERS: Mapping[str, Maker] = {
    **{
        family.task(kind).name: partial(_streaming, kind, name)
        for name, family in FAMILIES.items()
        for kind in (JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE)
    },
    policy.SET.name: _policy,
    glacier_tasks.THAW.name: _thaw,
    snapshots.CREATE.name: _create,
    snapshots.RESTART.name: _restart,
    restores.START.name: _restore,
}
"""The tasks that a kind of job follows; the others that change something leave nothing behind to look at."""


def differs(now: Known | None) -> BadInput:
    """What to say when the server shows something else than before the consent."""
    words = " ".join(now.wrong) if now and now.wrong else "What was shown before holds no more."
    return BadInput("state", f"It changed meanwhile: {words} Nothing was sent.")
