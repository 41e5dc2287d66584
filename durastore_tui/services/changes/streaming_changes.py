"""Changes of how a space streams: enable, disable, delete, and the switch of the type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.inputs import as_origins
from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.services.changes.flow import Change, at
from durastore_tui.services.changes.guard import guard, superseded
from durastore_tui.services.changes.preflight import Preflight
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.registry import KINDS, first_task
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first, writes
from durastore_tui.services.jobs.unreadable import UnreadableJob
from durastore_tui.services.session import Session
from durastore_tui.services.spaces import Spaces
from durastore_tui.services.streaming import HLS, LEGACY, RTMP, Distribution, distribution

NO_RTMP = (
    "{space} shows no RTMP distribution. DuraCloud removes the bucket policy before it looks for one:"
    " that stops HLS of {space}, too."
)
LOSES_HLS = "{space} streams by HLS as well, at {host}: that stops too, for both share the bucket policy."


def draft(
    kind: JobKind,
    space: str,
    *,
    family: str = HLS,
    streaming_type: str | None = None,
    origins: tuple[str, ...] = (),
) -> Order:
    """An order that belongs to no server yet; raises BadInput for values that could never be sent."""
    sent = as_origins(origins)
    origins = sent if isinstance(sent, tuple) else ()
    order = Order(kind, "", "", space, family=family, streaming_type=streaming_type, origins=origins)
    for request in writes(order):
        request.check()
    return order


def change(session: Session, spaces: Spaces, order: Order, jobs: Callable[[], Iterable[Job]]) -> Change:
    """The change of a draft; `jobs` gives the jobs as they are when the space is read."""
    return Change(
        first_task(order.kind, FAMILIES[str(order.family)]),
        lambda: preflight(session, spaces, order, jobs()),
        (order.space,),
        order.kind,
    )


async def preflight(session: Session, spaces: Spaces, order: Order, jobs: Iterable[Job] = ()) -> Preflight:
    """What speaks against the order by what the space shows now; raises BadInput and the error tree.

    An unfinished enable that a disable or delete supersedes says more than the space does.
    """
    properties = await spaces.properties_of(order.space)
    shown = distribution(properties, str(order.family))
    older = _superseded_by(session, order, jobs)
    request = first(order)
    return Preflight(
        request.task,
        request.values,
        () if older else _wrong(order, shown, properties),
        (f"This supersedes {older.kind} (job {older.id}: {older.state.word}).",) if older else (),
        at(session, replace(order, host=shown.host, was=shown.type)),
        warnings=_warnings(order, properties),
        shown=str(shown),
    )


def why_not(
    session: Session,
    kind: JobKind,
    family: str,
    space: str,
    jobs: Iterable[Job],
    unreadable: Iterable[UnreadableJob],
    shown: SpaceProperties | None,
) -> str | None:
    """Why this change can't be sent now, or None; `shown` is what was last read of the space."""
    task, held = first_task(kind, FAMILIES[family]), tuple(jobs)
    if why := guard(session, task, space, held, kind, unreadable):
        return why
    if shown is None or superseded(session, task, space, held):
        return None
    return _nothing_there(kind, family, space, distribution(shown, family))


def _superseded_by(session: Session, order: Order, jobs: Iterable[Job]) -> Job | None:
    """The unfinished enable, or switch to OPEN, that this disable or delete supersedes."""
    if not KINDS[order.kind].supersedes:
        return None
    return superseded(session, first_task(order.kind, FAMILIES[str(order.family)]), order.space, jobs)


def _warnings(order: Order, shown: SpaceProperties) -> tuple[str, ...]:
    """What to know before confirming, by what the space shows."""
    if order.family != RTMP:
        return ()
    kind = KINDS[order.kind]
    if kind.only_enables:
        return (LEGACY,)
    loses = (LOSES_HLS.format(space=order.space, host=shown.hls_host),) if shown.hls_host else ()
    in_vain = kind.breaks_urls and not kind.then and not distribution(shown, RTMP).host
    return LEGACY, *loses, *((NO_RTMP.format(space=order.space),) if in_vain else ())


def _wrong(order: Order, shown: Distribution, properties: SpaceProperties) -> tuple[str, ...]:
    """Why the server would refuse the order, or do nothing useful."""
    space, wanted = order.space, order.streaming_type
    if properties.deleting:
        return (f"{space} is being deleted.",)
    kind = KINDS[order.kind]
    if kind.only_enables and shown.type and shown.type != wanted:
        return (f"{space} streams as {shown.type}: delete that distribution first, or switch the type.",)
    return tuple(filter(None, [_nothing_there(order.kind, str(order.family), space, shown)]))


def _nothing_there(kind: JobKind, family: str, space: str, shown: Distribution) -> str | None:
    """A delete is no such case: a space that is off may still have a distribution (protocol §7.4)."""
    if KINDS[kind].needs_host and not shown.host:
        return f"{space} does not stream by {family}: there is nothing to {kind}."
    return None
