"""How a space streams, in words that claim no more than is known; and the orders that change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import BadInput
from durastore_tui.core.inputs import as_origins
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState
from durastore_tui.services.guard import guard, superseded
from durastore_tui.services.jobs.distribution_checks import NOTHING_ANSWERS
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.registry import KINDS, first_task
from durastore_tui.services.jobs.order import DISTRIBUTION, Order
from durastore_tui.services.jobs.requests import writes
from durastore_tui.services.jobs.unreadable import UnreadableJob
from durastore_tui.services.session import Session

HLS, RTMP = "HLS", "RTMP"
OPEN, SECURE = "OPEN", "SECURE"
LEGACY = f"RTMP is legacy. {NOTHING_ANSWERS}"
NO_RTMP = (
    "{space} shows no RTMP distribution. DuraCloud removes the bucket policy before it looks for one:"
    " that stops HLS of {space}, too."
)
LOSES_HLS = "{space} streams by HLS as well, at {host}: that stops too, for both share the bucket policy."
OTHER = {OPEN: SECURE, SECURE: OPEN}

GLYPHS = {
    JobState.OVERDUE: "overdue",
    JobState.UNKNOWN: "unknown",
    JobState.NO_REPLY: "no_reply",
    JobState.PAUSED: "paused",
    JobState.CONFIRMED: "confirmed",
}


@dataclass(frozen=True, slots=True)
class StreamState:
    """`word` for people, `glyph` a key of the glyph table; family HLS or RTMP; type and host as the space says."""

    word: str
    glyph: str
    family: str
    type: str | None
    host: str | None
    evidence: tuple[Evidence, ...] = ()


class WillFail(BadInput):
    """What the space shows says that the server would refuse, or do what was not meant. Nothing was sent."""


class Changed(WillFail):
    """What was promised no longer holds; the text says what is different now. Nothing was sent."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """What a space's properties say of one family: type and host, None when off."""

    type: str | None
    host: str | None

    def __str__(self) -> str:
        return f"{self.type or 'without a type'} at {self.host}" if self.host else "off"


def distribution(properties: SpaceProperties, family: str = HLS) -> Distribution:
    """What the properties say of that family."""
    host, streaming_type = FAMILIES[family].shown(properties)
    return Distribution(streaming_type, host)


def state_of(properties: SpaceProperties, job: Job | None = None, family: str = HLS) -> StreamState:
    """The space's own word, or the job's while it is open; `confirmed` only with a job that has confirmed it.

    An RTMP host is a property that was left: nothing streams from it since the edge ended RTMP (protocol §7.23).
    """
    shown = distribution(properties, family)
    evidence = job.evidence if job else ()
    if job and job.open and (word := KINDS[job.kind].doing):
        if job.state in GLYPHS:
            word = f"{word}, {job.state.word}"
        return StreamState(word, GLYPHS.get(job.state, "asked"), family, shown.type, shown.host, evidence)
    if not shown.host:
        return StreamState("off", "off", family, None, None, evidence)
    if not FAMILIES[family].answers:
        return StreamState("ended", "off", family, shown.type, shown.host, evidence)
    seen = job is not None and job.state is JobState.CONFIRMED and job.host == shown.host
    return StreamState(shown.type or "on", "confirmed" if seen else "shown", family, shown.type, shown.host, evidence)


def states_of(properties: SpaceProperties, jobs: Mapping[str, Job]) -> tuple[StreamState, ...]:
    """One for each family that shows a host or has an open job, HLS's when there is none; `jobs` by family."""
    about = ((family, jobs.get(family)) for family in FAMILIES)
    there = [
        state_of(properties, job, family)
        for family, job in about
        if distribution(properties, family).host or (job and job.open)
    ]
    return tuple(there) or (state_of(properties, jobs.get(HLS)),)


def families(session: Session) -> tuple[str, ...]:
    """Those that the current store offers, the usual one first; HLS alone where it offers none or does not say."""
    offered = session.capabilities.offered(session.store.id) or ()
    return tuple(name for name, family in FAMILIES.items() if family.enable.name in offered) or (HLS,)


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


def superseded_by(session: Session, order: Order, jobs: Iterable[Job]) -> Job | None:
    """The unfinished enable, or switch to OPEN, that this disable or delete supersedes."""
    if not KINDS[order.kind].supersedes:
        return None
    return superseded(session, first_task(order.kind, FAMILIES[str(order.family)]), order.space, jobs)


def job_of(jobs: Iterable[Job], session: Session, space: str, family: str = HLS) -> Job | None:
    """The newest job about the space's distribution; `jobs` are newest first."""
    here = (session.profile.name, session.store.id, space, family)
    about = (job for job in jobs if job.kind in DISTRIBUTION)
    return next((job for job in about if (job.profile, job.store, job.space, job.family) == here), None)


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


async def prepared(
    session: Session, order: Order, *, promised: SpaceProperties | None = None, force: bool = False
) -> Order:
    """The order for this session's store, with what the space shows now; raises WillFail, Changed, the error tree."""
    properties = await api_spaces.properties(session.transport, session.store.id, order.space)
    shown = distribution(properties, str(order.family))
    if not force:
        if promised is not None and (before := distribution(promised, str(order.family))) != shown:
            raise Changed("space", f"{order.space} was {before}, and is {shown} now; check it again, then decide.")
        check(order, properties)
    return replace(order, profile=session.profile.name, store=session.store.id, host=shown.host, was=shown.type)


async def check_same(session: Session, order: Order) -> None:
    """Raises Changed where the space shows something else now than when the order was prepared, and the error tree."""
    if await prepared(session, order, force=True) != order:
        raise Changed("space", f"{order.space} has changed since it was checked. Check it again. Nothing was sent.")


def warnings(order: Order, shown: SpaceProperties) -> tuple[str, ...]:
    """What to know before consenting, by what the space shows."""
    if order.family != RTMP:
        return ()
    kind = KINDS[order.kind]
    if kind.live and not kind.then:
        return (LEGACY,)
    loses = (LOSES_HLS.format(space=order.space, host=shown.hls_host),) if shown.hls_host else ()
    in_vain = kind.breaks_urls and not kind.then and not distribution(shown, RTMP).host
    return LEGACY, *loses, *((NO_RTMP.format(space=order.space),) if in_vain else ())


async def looked_at(session: Session, order: Order) -> tuple[str, ...]:
    """The warnings by what the space shows now; raises the error tree."""
    if order.family != RTMP:
        return ()
    return warnings(order, await api_spaces.properties(session.transport, session.store.id, order.space))


def check(order: Order, properties: SpaceProperties) -> None:
    """Raises WillFail with the reason why the server would refuse the order, or do nothing useful."""
    if sentence := _wrong(order, distribution(properties, str(order.family)), properties):
        raise WillFail("space", sentence)


def _wrong(order: Order, shown: Distribution, properties: SpaceProperties) -> str | None:
    space, wanted = order.space, order.streaming_type
    if properties.deleting:
        return f"{space} is being deleted."
    if wanted and not KINDS[order.kind].needs_host and shown.type and shown.type != wanted:
        return f"{space} streams as {shown.type}: delete that distribution first, or switch the type."
    return _nothing_there(order.kind, str(order.family), space, shown)


def _nothing_there(kind: JobKind, family: str, space: str, shown: Distribution) -> str | None:
    """A delete is no such case: a space that is off may still have a distribution (protocol §7.4)."""
    if KINDS[kind].needs_host and not shown.host:
        return f"{space} does not stream by {family}: there is nothing to {kind}."
    return None
