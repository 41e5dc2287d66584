"""What a panel says of one space: streaming with its evidence, size, access, and the server's own properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.jobs import Evidence, Job
from durastore_tui.core.resource import Empty, Ready, Resource, Stale
from durastore_tui.services.jobs.distribution_checks import NOTHING_ANSWERS
from durastore_tui.services.streaming import states_of
from durastore_tui.tui.columns import Cell
from durastore_tui.tui.details.property_facts import properties_and_headers
from durastore_tui.tui.widgets.evidence_list import evidence_blocks
from durastore_tui.tui.widgets.facts import Block, Fact, Gap, Heading, Hint, Words
from durastore_tui.tui.widgets.sparkline import sparkline
from durastore_tui.tui.wording import ago, short_size, size, standing

if TYPE_CHECKING:
    from durastore_tui.api.reports import Sample
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.services.streaming import StreamState

HOSTS = frozenset({"hls-streaming-host", "hls-streaming-type", "streaming-host", "streaming-type"})
SAID_ABOVE = HOSTS | {"space-count", "space-created", "snapshot-id"}
MONTHS = 24
FAMILIES = {"HLS": "STREAMING", "RTMP": "RTMP, LEGACY"}


@dataclass(frozen=True, slots=True)
class SpaceView:
    """All that is known here of a space. `edge` is a look at its HLS host that belongs to no job; `jobs` are the newest
    by family."""

    space: str
    properties: Resource[SpaceProperties]
    access: Resource[Mapping[str, str]] = field(default_factory=Empty)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    edge: tuple[Evidence, ...] = ()
    store_streams: bool = True
    counted: Sample | None = None
    growth: Resource[tuple[Sample, ...]] = field(default_factory=Empty)

    @property
    def open_job(self) -> Job | None:
        """What is under way."""
        return next((job for job in self.jobs.values() if job.open), None)

    def looks(self, family: str | None) -> tuple[Evidence, ...]:
        """The newest looks at how it streams: those of a job, or of HLS one that belongs to none."""
        job = self.jobs.get(family) if family else None
        of_job, of_none = job.evidence if job else (), self.edge if family == "HLS" else ()
        return max(filter(None, (of_job, of_none)), key=lambda looks: looks[-1].at, default=())


def space_blocks(view: SpaceView, hints: Sequence[Hint], now: datetime, *, whole: bool) -> tuple[Block, ...]:
    """Sections in the order in which people ask. S3's raw headers are listed when `whole`, else counted."""
    match view.properties:
        case Ready(value, _) | Stale(value, _):
            return (
                *(_streaming(view, value, now) if view.store_streams else ()),
                *_size(view, value, now),
                *_access(view.access, now),
                *_others(value, tuple(_next(hints)), whole=whole),
            )
    return (Words(*standing(view.properties, now)), *_next(hints))


def streaming_blocks(view: SpaceView, hints: Sequence[Hint], now: datetime) -> tuple[Block, ...]:
    """Streaming alone, evidence line by line."""
    match view.properties:
        case Ready(value, _) | Stale(value, _):
            return (*_streaming(view, value, now), *_next(hints))
    return (Words(*standing(view.properties, now)), *_next(hints))


def _streaming(view: SpaceView, properties: SpaceProperties, now: datetime) -> Iterator[Block]:
    for state in states_of(properties, view.jobs):
        yield from _family(state, view.jobs.get(state.family), view.looks(state.family), now)


def _family(state: StreamState, job: Job | None, looks: tuple[Evidence, ...], now: datetime) -> Iterator[Block]:
    yield Heading(FAMILIES[state.family])
    yield Fact("state", badge(state.glyph, state.word), MARKS[state.glyph].shade)
    if state.type:
        yield Fact("type", f"{state.family} {state.type}")
    if state.host:
        yield Fact("host", state.host)
    if job:
        yield Fact("job", f"{job.kind} {badge(job.state)}, {ago(job.since, now)}", MARKS[job.state].shade)
        yield Words(job.words)
    if looks:
        yield Gap()
        yield from evidence_blocks(looks)
    elif state.host and state.family == "HLS":
        yield Fact("edge", "not asked yet", "dim")
    if state.family != "HLS":
        yield Words(NOTHING_ANSWERS, "dim")


def stream_cell(states: Sequence[StreamState]) -> Cell:
    """How a space streams, in a word for each family; the old one by its name."""
    words = ", ".join(state.word if state.family == "HLS" else f"{state.family} {state.word}" for state in states)
    return Cell(badge(states[0].glyph, words), MARKS[states[0].glyph].shade, words)


def _size(view: SpaceView, properties: SpaceProperties, now: datetime) -> Iterator[Block]:
    yield Heading("SPACE")
    yield from _figures(view, properties)
    if created := properties.created:
        yield Fact("created", created)
    if properties.snapshot_id:
        yield Fact("snapshot", properties.snapshot_id)
    words, shade = standing(view.properties, now)
    yield Fact("data", words, shade)


def _figures(view: SpaceView, properties: SpaceProperties) -> Iterator[Block]:
    if counted := view.counted:
        yield Fact("items", f"{counted.items:,} in the report of {counted.day}")
        yield Fact("size", size(counted.bytes))
    else:
        yield Fact("items", properties.count or "not said")
    match view.growth:
        case Ready(samples, _) | Stale(samples, _) if len(samples) > 1:
            first, last = short_size(samples[0].bytes), short_size(samples[-1].bytes)
            yield Fact("growth", sparkline([sample.bytes for sample in samples], MONTHS))
            yield Fact("", f"{first} in {samples[0].day:%Y-%m}, {last} in {samples[-1].day:%Y-%m}", "dim")


def _access(access: Resource[Mapping[str, str]], now: datetime) -> Iterator[Block]:
    if isinstance(access, Empty):
        return
    yield Heading("ACCESS")
    match access:
        case Ready(value, _) | Stale(value, _):
            if not value:
                yield Words("Nobody but administrators.", "dim")
            for who, right in value.items():
                yield Fact(who, right)
        case _:
            yield Words(*standing(access, now))


def _others(properties: SpaceProperties, following: tuple[Block, ...], *, whole: bool) -> tuple[Block, ...]:
    others = {name: value for name, value in properties.raw.items() if name not in SAID_ABOVE}
    return properties_and_headers(others, following, whole=whole)


def _next(hints: Sequence[Hint]) -> Iterator[Block]:
    yield Heading("NEXT")
    yield from hints
