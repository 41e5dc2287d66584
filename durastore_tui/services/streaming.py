"""How a space streams, in words that claim no more than is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.jobs import Evidence, Job, JobState
from durastore_tui.services.jobs.distribution_checks import NOTHING_ANSWERS
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.jobs.order import DISTRIBUTION
from durastore_tui.services.session import Session

HLS, RTMP = "HLS", "RTMP"
OPEN, SECURE = "OPEN", "SECURE"
LEGACY = f"RTMP is legacy. {NOTHING_ANSWERS}"
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


def job_of(jobs: Iterable[Job], session: Session, space: str, family: str = HLS) -> Job | None:
    """The newest job about the space's distribution; `jobs` are newest first."""
    here = (session.profile.name, session.store.id, space, family)
    about = (job for job in jobs if job.kind in DISTRIBUTION)
    return next((job for job in about if (job.profile, job.store, job.space, job.family) == here), None)
