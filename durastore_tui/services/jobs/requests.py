"""The writes that an order stands for, as tasks with their values: what a sheet shows is what will be sent."""

from dataclasses import replace

from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.request import Request


def first(order: Order, part: str | None = None) -> Request:
    """What goes out first; of a run, the one for the space or item `part`."""
    return replace(KINDS[order.kind].first(order, part), written=order.body)


def names(order: Order) -> tuple[str, ...]:
    """The names that confirm the order, the one to ask for first: the space, and what else the request names.

    For a restore that is the source space, and the snapshot ID does as well (cli.md, "Writes").
    """
    if order.parts[1:]:
        return (str(len(order.parts)),)
    request = first(order)
    return tuple(dict.fromkeys(filter(None, (order.space, request.task.subject(request.values)))))


def writes(order: Order) -> tuple[Request, ...]:
    """Every write of an order in turn, for sheets and dry runs; a switch may send its second one more than once."""
    if order.watch:
        return ()
    if order.parts:
        return tuple(first(order, part) for part in order.parts)
    then = KINDS[order.kind].then
    return (first(order), then(order)) if then else (first(order),)
