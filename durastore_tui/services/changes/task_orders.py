"""A task that is run by its name, as the order of the job that sends it: every change goes to the server one way."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from durastore_tui.core.errors import Missing
from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.core.tasks import glacier as glacier_tasks
from durastore_tui.core.tasks import policy, restores, snapshots
from durastore_tui.core.tasks.model import Body, Task, Value
from durastore_tui.core.tasks.reading import guessed
from durastore_tui.services import policies, streaming
from durastore_tui.services.changes import (
    operator_tasks,
    policy_changes,
    retrieval_changes,
    snapshot_changes,
    streaming_changes,
)
from durastore_tui.services.changes.flow import Change
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.changes.snapshot_changes import one_shot
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.session import Session
from durastore_tui.services.spaces import Spaces

Values = Mapping[str, Value]


def change(session: Session, task: Task, body: bytes, space: str, jobs: Callable[[], Iterable[Job]]) -> Change:
    """The change of a task that is run by its name; `jobs` gives the jobs as they are when the state is read."""
    return Change(task, lambda: preflight_of(session, task, body, jobs()), (space,) if space else ())


async def preflight_of(session: Session, task: Task, body: bytes, jobs: Iterable[Job] = ()) -> Preflight:
    """What speaks against sending this body now, and the order that sends it exactly as it is written.

    The order has the kind that follows the task. Where no kind does, or where the body says more or other things than
    the task's parameters, it is a `TASK`. Raises BadInput and the error tree.
    """
    written = body.decode(errors="surrogateescape")
    values, maker = values_of(task, body), MAKERS.get(task.name)
    if maker is None or values is None:
        seen: Values = guessed(body) if maker else {}
        return Preflight(task, seen, order=one_shot(session, task, seen, body=written))
    once = one_shot(session, task, values, body=written)
    try:
        made = await maker(session, values, jobs)
    except Missing as error:
        return Preflight(task, values, order=once, missing=error)
    if made.order is None or _said(task, made.body) != _said(task, body):
        return replace(made, order=once)
    return made if made.body == body else replace(made, order=replace(made.order, body=written))


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


async def _streaming(kind: JobKind, family: str, session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    enables = KINDS[kind].only_enables
    origins = values.get("allowedOrigins", ())
    draft = streaming_changes.draft(
        kind,
        str(values["spaceId"]),
        family=family,
        streaming_type=(streaming.SECURE if values.get("secure") is True else streaming.OPEN) if enables else None,
        origins=origins if isinstance(origins, tuple) else (),
    )
    return await streaming_changes.preflight(session, Spaces(session), draft, jobs)


async def _policy(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    draft = policy_changes.draft([str(values["spaceId"])], str(values[policies.CLASS]), values[policies.DAYS])
    return await policy_changes.preflight(session, draft)


async def _retrieve(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    return await retrieval_changes.preflight(session, str(values["spaceId"]), [str(values["contentId"])])


async def _create(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    space, description, address = (str(values[name]) for name in ("spaceId", "description", "userEmail"))
    return await snapshot_changes.create(session, space, description, address)


async def _restart(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    return await snapshot_changes.restart(session, str(values["snapshotId"]))


async def _restore(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    return await snapshot_changes.start_restore(session, str(values["snapshotId"]), str(values["userEmail"]))


async def _request(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    return await snapshot_changes.request_restore(session, str(values["snapshotId"]), str(values["userEmail"]))


async def _operate(task: Task, session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    return await operator_tasks.of_snapshot(session, task, str(values["spaceId"]))


async def _complete_restore(session: Session, values: Values, jobs: Iterable[Job]) -> Preflight:
    return await operator_tasks.of_restore(session, str(values["spaceId"]), int(str(values["daysToExpire"])))


Maker = Callable[[Session, Values, Iterable[Job]], Awaitable[Preflight]]
MAKERS: Mapping[str, Maker] = {
    **{
        kind.of_family(family).name: partial(_streaming, named, name)
        for name, family in FAMILIES.items()
        for named, kind in KINDS.items()
        if kind.of_family and not kind.then
    },
    policy.SET.name: _policy,
    glacier_tasks.THAW.name: _retrieve,
    snapshots.CREATE.name: _create,
    snapshots.RESTART.name: _restart,
    restores.START.name: _restore,
    restores.REQUEST.name: _request,
    restores.COMPLETE.name: _complete_restore,
    **{task.name: partial(_operate, task) for task in operator_tasks.OF_SNAPSHOT},
}
"""Every declared task that changes the server, with what looks at the server before it is sent."""
