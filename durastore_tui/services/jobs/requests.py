"""The writes that an order stands for, as tasks with their values: what a sheet shows is what will be sent."""

from dataclasses import dataclass, replace

from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import find, glacier, policy, restores, snapshots, undeclared
from durastore_tui.core.tasks.model import Task, Value
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.order import Order


@dataclass(frozen=True, slots=True)
class Request:
    """One write; `written` is its body as a person wrote it, None where it is built out of the values."""

    task: Task
    values: dict[str, Value]
    written: str | None = None

    @property
    def body(self) -> bytes:
        """What goes out; raises BadInput."""
        if self.written is None:
            return self.task.request_body(self.values)
        return self.written.encode(errors="surrogateescape")

    def check(self) -> None:
        """Builds its body; raises BadInput."""
        _ = self.body


def first(order: Order, part: str | None = None) -> Request:
    """What goes out first; of a run, the one for the space or item `part`."""
    return replace(_first(order, part), written=order.body)


def _first(order: Order, part: str | None) -> Request:
    match order.kind:
        case JobKind.ENABLE:
            return enable(order)
        case JobKind.DISABLE:
            return Request(FAMILIES[str(order.family)].disable, {"spaceId": order.space})
        case JobKind.DELETE | JobKind.SWITCH:
            return Request(FAMILIES[str(order.family)].delete, {"spaceId": order.space})
        case JobKind.POLICY:
            task = policy.ANYWAY if order.unchecked else policy.SET
            return Request(task, {"spaceId": part or order.space, **dict(order.values)})
        case JobKind.RETRIEVAL:
            return Request(glacier.THAW, {"spaceId": order.space, "contentId": part or str(order.target)})
        case JobKind.SNAPSHOT if order.target is None:
            return Request(snapshots.CREATE, {"spaceId": order.space, **dict(order.values)})
        case JobKind.SNAPSHOT:
            return Request(snapshots.RESTART, {"snapshotId": str(order.target)})
        case JobKind.RESTORE:
            return Request(restores.START, {"snapshotId": str(order.target), **dict(order.values)})
        case JobKind.TASK:
            name = str(order.task)
            return Request(find(name) or undeclared(name), dict(order.values))


def names(order: Order) -> tuple[str, ...]:
    """The names that confirm the order, the one to ask for first: the space, and what else the request names.

    For a restore that is the source space, and the snapshot ID does as well (cli.md, "Writes").
    """
    if order.parts[1:]:
        return (str(len(order.parts)),)
    request = first(order)
    return tuple(dict.fromkeys(filter(None, (order.space, request.task.subject(request.values)))))


def enable(order: Order) -> Request:
    """Enable with the order's type and origins: also the second half of a switch."""
    values: dict[str, Value] = {"spaceId": order.space, "secure": order.streaming_type == "SECURE"}
    if order.origins:
        values["allowedOrigins"] = order.origins
    return Request(FAMILIES[str(order.family)].enable, values)


def writes(order: Order) -> tuple[Request, ...]:
    """Every write of an order in turn, for sheets and dry runs; a switch may send its second one more than once."""
    if order.watch:
        return ()
    if order.parts:
        return tuple(first(order, part) for part in order.parts)
    if order.kind is JobKind.SWITCH:
        return first(order), enable(order)
    return (first(order),)
