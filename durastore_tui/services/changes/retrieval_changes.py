"""Retrieving items from Glacier: one job, after a check of each item that it is there (protocol §7.8)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

from durastore_tui.api import content as api_content
from durastore_tui.core.errors import BadInput, DuraStoreError, Missing, Unauthorized
from durastore_tui.core.jobs import Job, JobKind, JobState, job_of_part
from durastore_tui.core.storage import class_words, is_archived
from durastore_tui.core.tasks import glacier
from durastore_tui.services.changes.flow import Change, send
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.glacier import ItemResult, results
from durastore_tui.services.in_order import in_order
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.session import Session

AT_ONCE = 6
CHECKED = 200
"""So many items are looked at before the person confirms; the job checks each of them anyway."""
NAMED = 3


def order(session: Session, space: str, items: Iterable[str], *, unchecked: bool = False) -> Order:
    """One order for these items, each once; raises BadInput for an id that can't be sent, or when there is none."""
    named = tuple(dict.fromkeys(items))
    if not named:
        raise BadInput("ids", "No item was named.")
    for item in named:
        glacier.THAW.request_body({"spaceId": space, "contentId": item})
    here = (session.profile.name, session.store.id)
    if named[1:]:
        return Order(JobKind.RETRIEVAL, *here, space, items=named, unchecked=unchecked)
    return Order(JobKind.RETRIEVAL, *here, space, target=named[0], unchecked=unchecked)


def change(session: Session, space: str, items: Iterable[str], *, unchecked: bool = False) -> Change:
    """The retrieval of these items; `unchecked` as `preflight`."""
    named = tuple(items)
    return Change(glacier.THAW, lambda: preflight(session, space, named, unchecked=unchecked), (space,))


async def preflight(session: Session, space: str, items: Iterable[str], *, unchecked: bool = False) -> Preflight:
    """The order for these items, and what a HEAD of each tells before the person confirms: that it is archived, is not,
    or does not exist. The storage class says nothing about a retrieval.

    Raises as `order`, and Unauthorized. `unchecked` reads nothing.
    """
    wanted = order(session, space, items, unchecked=unchecked)
    values, named = {"spaceId": space, "contentId": ", ".join(_items(wanted))}, _items(wanted)

    async def state_of(item: str) -> tuple[str, tuple[bool, str]]:
        return item, await _storage_state(session, space, item)

    states: dict[tuple[bool, str], list[str]] = {}
    async for item, state in in_order(() if unchecked else named[:CHECKED], state_of, AT_ONCE):
        states.setdefault(state, []).append(item)
    notes = [f"{_in_short(those)}: {words}." for (as_expected, words), those in states.items() if as_expected]
    warnings = [f"{_in_short(those)}: {words}." for (as_expected, words), those in states.items() if not as_expected]
    if len(named) > CHECKED and not unchecked:
        notes.append(f"The storage class was read for the first {CHECKED} of {len(named):,} items.")
    return Preflight(glacier.THAW, values, notes=tuple(notes), order=wanted, warnings=tuple(warnings))


async def _storage_state(session: Session, space: str, item: str) -> tuple[bool, str]:
    """Whether an item is archived, and that in words."""
    try:
        storage_class = (await api_content.head(session.transport, session.store.id, space, item)).storage_class
    except Unauthorized:
        raise
    except Missing:
        return False, "not found; nothing is sent for it"
    except (DuraStoreError, BadInput) as error:
        return False, f"storage class not known ({str(error).rstrip('.')})"
    if storage_class is None:
        return False, "not marked as archived; DuraCloud names no storage class for it"
    archived = is_archived(storage_class)
    return archived, class_words(storage_class) if archived else f"not archived ({storage_class}); it can be read now"


def _items(order: Order) -> tuple[str, ...]:
    return order.parts or (str(order.target),)


def _in_short(items: Sequence[str]) -> str:
    """The first of these items, and how many more there are."""
    more = f" and {len(items) - NAMED:,} more" if len(items) > NAMED else ""
    return ", ".join(items[:NAMED]) + more


async def send_each(session: Session, jobs: Jobs, order: Order) -> AsyncIterator[ItemResult]:
    """Sends the order and gives the result of each item as it comes, in their order. Raises Unauthorized for a single
    item, and BadInput when nothing can be sent at all."""
    if not order.parts:
        yield await _send_one(session, jobs, order)
        return
    loop, changed = asyncio.get_running_loop(), asyncio.Event()
    newest: list[Job] = []

    def note(job: Job) -> None:
        if jobs.order(job.id) == order:
            newest[:] = [job]
            loop.call_soon_threadsafe(changed.set)

    unsubscribe = jobs.subscribe(note)
    sending = asyncio.ensure_future(send(session, jobs, order))
    told = 0
    try:
        while not sending.done():
            news = asyncio.ensure_future(changed.wait())
            await asyncio.wait({sending, news}, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            changed.clear()
            for result in _answered(newest, told):
                yield result
                told += 1
        for result in tuple(results(sending.result()))[told:]:
            yield result
    finally:
        unsubscribe()
        sending.cancel()


async def _send_one(session: Session, jobs: Jobs, order: Order) -> ItemResult:
    item = str(order.target)
    try:
        return ItemResult(item, await send(session, jobs, order))
    except Unauthorized:
        raise
    except (DuraStoreError, BadInput) as error:
        return ItemResult(item, error=error)


def _answered(newest: list[Job], told: int) -> Iterator[ItemResult]:
    """The next results that there are, without a gap."""
    for job in newest[:1]:
        for part in job.parts[told:]:
            if part.state in (None, JobState.SENT):
                return
            yield ItemResult(part.target, job_of_part(job, part))
