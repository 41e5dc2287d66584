"""Setting a storage policy on one or more spaces (protocol §7.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.core.storage import ARCHIVES
from durastore_tui.core.tasks import policy
from durastore_tui.core.tasks.model import Value
from durastore_tui.services.changes.flow import Change, at
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.in_order import in_order
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first, writes
from durastore_tui.services.policies import CLASS, DAYS, OrderOf, failures, last_set
from durastore_tui.services.session import Session

AT_ONCE = 6


def to_set_again(session: Session, jobs: Iterable[Job], order_of: OrderOf) -> Order | None:
    """The newest run's order over those of its failures that nobody tried since, or None."""
    held = tuple(jobs)
    said = last_set(session, held, order_of)
    for job in held:
        left = tuple(space for space in failures(job) if space in said and said[space].newest.job is job)
        if left and (order := order_of(job.id)):
            return over(order, left)
    return None


def draft(spaces: Iterable[str], storage_class: str, days: Value, *, unchecked: bool = False) -> Order:
    """An order that belongs to no server yet, each space once.

    Raises BadInput for what the server would refuse and, unless `unchecked`, for what AWS would.
    """
    named = tuple(dict.fromkeys(spaces))
    if not named:
        raise BadInput("spaces", "No space was named.")
    values = ((CLASS, storage_class), (DAYS, days))
    order = Order(JobKind.POLICY, "", "", named[0], spaces=named, values=values, unchecked=unchecked)
    for request in writes(order):
        request.check()
    return order


def over(order: Order, spaces: tuple[str, ...]) -> Order:
    """The same policy on other spaces: on those where it failed."""
    return replace(order, space=spaces[0], spaces=spaces)


def warnings(order: Order, streaming: tuple[str, ...]) -> tuple[str, ...]:
    """What a person should know before consenting; `streaming` are the spaces that stream."""
    values = dict(order.values)
    storage_class, said = str(values[CLASS]), []
    try:
        draft(order.parts, storage_class, values[DAYS])
    except BadInput as wrong:
        said.append(f"{wrong.sentence}.")
    if storage_class in ARCHIVES:
        said.append(
            f"Items in {storage_class} can't be read before they are thawed, and this store has no task for it."
        )
        concerned = [space for space in order.parts if space in streaming]
        if concerned:
            said.append(
                f"Streams stop as items move: {', '.join(concerned)} {'stream' if concerned[1:] else 'streams'}."
            )
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Read:
    """What reading the spaces of a run showed: which stream, which are being deleted, which do not exist.

    `missing` is the first answer that said so.
    """

    streaming: tuple[str, ...]
    deleting: tuple[str, ...]
    absent: tuple[str, ...]
    missing: Missing | None = None


async def read_spaces(session: Session, spaces: Iterable[str]) -> Read:
    """Reads every space now; raises the error tree, but for spaces that do not exist."""

    async def read(space: str) -> tuple[str, SpaceProperties | Missing]:
        try:
            return space, await api_spaces.properties(session.transport, session.store.id, space)
        except Missing as error:
            return space, error

    found = [each async for each in in_order(spaces, read, AT_ONCE)]
    return Read(
        tuple(space for space, shown in found if not isinstance(shown, Missing) and shown.hls_host),
        tuple(space for space, shown in found if not isinstance(shown, Missing) and shown.deleting),
        tuple(space for space, shown in found if isinstance(shown, Missing)),
        next((shown for _, shown in found if isinstance(shown, Missing)), None),
    )


def change(session: Session, order: Order) -> Change:
    """The change of a draft."""
    return Change(policy.SET, lambda: preflight(session, order), order.parts)


async def preflight(session: Session, order: Order, read: Read | None = None) -> Preflight:
    """What speaks against the run by what every space shows; they are read now unless they were just read.

    An `unchecked` run reads nothing. Raises the error tree.
    """
    read = read or await read_spaces(session, () if order.unchecked else order.parts)
    wrong = [f"{space} is being deleted." for space in read.deleting]
    missing = None
    if read.missing:
        missing = Missing(f"HEAD {', '.join(f'/{space}' for space in read.absent)}", 404, read.missing.words)
    request = first(order)
    here = at(session, order)
    warned = warnings(order, read.streaming)
    return Preflight(request.task, request.values, tuple(wrong), order=here, missing=missing, warnings=warned)
