"""What places show of spaces, and how it is read: properties, access list, host check, and last night's figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Resource, value_of
from durastore_tui.core.tasks import hls
from durastore_tui.services.kinds_of_reads import ACCESS_LISTS, NIGHTS, SPACE_GROWTH, SPACE_PROPERTIES
from durastore_tui.tui.details.space_facts import SpaceView
from durastore_tui.tui.screens.place_screen import PlaceScreen

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties

CHECK_KEPT = timedelta(seconds=60)


async def _ask(read: Callable[..., Awaitable[object]], *args: object) -> None:
    with suppress(Unauthorized):  # the app saw the 401 and asks for a login
        await read(*args)


class SpaceReader:
    """Reads spaces of the current store for a place.

    `draw` is called when something of the space in view was read, `changed` when the properties of a space were.
    With `figures_changed`, which is called after it was read, last night's report is shown too (protocol §10.1).
    """

    def __init__(
        self,
        place: PlaceScreen,
        draw: Callable[[], None],
        changed: Callable[[str], None],
        figures_changed: Callable[[], None] | None = None,
    ) -> None:
        self._place = place
        self._changed = changed
        self._has_figures = figures_changed is not None
        place.reads.subscribe(SPACE_PROPERTIES, self._properties_changed)
        place.reads.subscribe(ACCESS_LISTS, lambda key, state: draw())
        if figures_changed:
            place.reads.subscribe(NIGHTS, lambda store, state: figures_changed())
            place.reads.subscribe(SPACE_GROWTH, lambda key, state: draw())

    def _properties_changed(self, key: tuple[str, str], state: Resource[SpaceProperties]) -> None:
        if self._place.server.shows_store(key[0]):
            self._changed(key[1])

    # What is cached

    def access(self, space: str) -> Resource[Mapping[str, str]]:
        """The access list of a space."""
        services = self._place.server.services
        return services.spaces.access(space) if services else Empty()

    def properties(self, space: str) -> Resource[SpaceProperties]:
        """The properties of a space."""
        services = self._place.server.services
        return services.spaces.held(space) if services else Empty()

    def hls_host(self, space: str) -> str | None:
        """The streaming host that a space shows."""
        properties = value_of(self.properties(space))
        return properties.hls_host or None if properties else None

    def raw_properties(self, space: str) -> Mapping[str, str] | None:
        """The properties by name, for copies."""
        properties = value_of(self.properties(space))
        return properties.raw if properties else None

    @property
    def store_streams(self) -> bool:
        """Whether spaces of the current store can stream at all, as far as is known."""
        session = self._place.session
        return session is None or session.store.type in hls.ENABLE.stores

    def view(self, space: str) -> SpaceView:
        """All that is known of a space."""
        services, host = self._place.server.services, self.hls_host(space)
        probe = services.prober.last(host) if services and host else None
        view = SpaceView(
            space,
            self.properties(space),
            self.access(space),
            self.jobs_of(space),
            probe.evidence if probe else (),
            self.store_streams,
        )
        if services is None or not self._has_figures:
            return view
        return replace(view, counted=services.reports.of(space), growth=services.reports.growth(space))

    def jobs_of(self, space: str) -> dict[str, Job]:
        """The newest streaming jobs of a space of the current store, by family."""
        session, jobs = self._place.session, self._place.server.own_jobs
        store = session.store.id if session else None
        about = (job for job in reversed(jobs) if (job.store, job.space) == (store, space))
        return {job.family: job for job in about if job.family}

    # Reading

    def read_properties(self, spaces: Iterable[str]) -> None:
        """Read properties in this order; an earlier call that has not ended is dropped."""
        if services := self._place.server.services:
            spaces = tuple(spaces)
            reads = self._place.reads
            reads.start("properties", "read properties", partial(_ask, services.spaces.properties, spaces))

    def read_around(self, space: str, again: bool = False) -> None:
        """Read what the detail pane alone shows of a space: access list, growth, and a check of its host."""
        services, reads = self._place.server.services, self._place.reads
        if services and (again or isinstance(self.access(space), Empty)):
            reads.start("access", "read the access list", partial(_ask, services.spaces.refresh_access, space))
        self.check_host(space)
        if services and self._has_figures and (again or isinstance(services.reports.growth(space), Empty)):
            reads.start("growth", "read how the space grew", partial(_ask, services.reports.read_growth, space))

    def read_night(self, again: bool = False) -> None:
        """Read last night's report: one request for the store, once a day at most unless `again`."""
        services = self._place.server.services
        if services and (again or isinstance(services.reports.night, Empty)):
            self._place.reads.start("night", "read last night's report", partial(_ask, services.reports.read_night))

    def check_host(self, space: str) -> None:
        """Check the streaming host, unless a job does or the last check is new."""
        services, host = self._place.server.services, self.hls_host(space)
        job = self.jobs_of(space).get("HLS")
        if services is None or host is None or (job and job.open):
            return
        last = services.prober.last(host)
        if last is None or self._place.now - last.at > CHECK_KEPT:
            self._place.reads.start("edge", "check the streaming host", partial(self._check, host))

    async def _check(self, host: str) -> None:
        if services := self._place.server.services:
            await services.prober.probe(host)
            self._place.call_later(self._place.tick)  # not the detail pane alone: a list has a column for it
