"""Reads what is shown of spaces: properties a few at a time, the access list and the edge of the one in view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Ready, Resource, Stale
from durastore_tui.core.tasks import hls
from durastore_tui.services.kinds_of_reads import ACCESS_LISTS, SPACE_PROPERTIES
from durastore_tui.tui.details.space_facts import SpaceView
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.place_screen import PlaceScreen

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties

EDGE_KEPT = timedelta(seconds=60)


class SpaceReader(PlaceScreen):
    """Subclasses draw what the read cache has of spaces."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.reads.subscribe(SPACE_PROPERTIES, self._properties_changed)
        self.reads.subscribe(ACCESS_LISTS, lambda key, state: self.draw_space())

    @abstractmethod
    def draw_space(self) -> None:
        """Something new is held of the space in view."""

    @abstractmethod
    def properties_changed(self, space: str) -> None:
        """The properties of a space were read, or could not be."""

    def _properties_changed(self, key: tuple[str, str], state: Resource[SpaceProperties]) -> None:
        if self.server.shows_store(key[0]):
            self.properties_changed(key[1])

    def access(self, space: str) -> Resource[Mapping[str, str]]:
        """The access list of a space as it is cached."""
        services = self.server.services
        return services.spaces.access(space) if services else Empty()

    def held(self, space: str) -> Resource[SpaceProperties]:
        """A space's properties as they are held now."""
        services = self.server.services
        return services.spaces.held(space) if services else Empty()

    def hls_host(self, space: str) -> str | None:
        """The host that a space shows, as far as its properties are held."""
        match self.held(space):
            case Ready(value, _) | Stale(value, _):
                return value.hls_host or None
        return None

    def space_properties(self, space: str) -> Mapping[str, str] | None:
        """What the server said of a space, as far as it is held."""
        match self.held(space):
            case Ready(value, _) | Stale(value, _):
                return value.raw
        return None

    @property
    def store_streams(self) -> bool:
        """Whether spaces of the current store can stream at all, as far as is known."""
        return self.session is None or self.session.store.type in hls.ENABLE.stores

    def view(self, space: str) -> SpaceView:
        """All that is known of a space."""
        properties, host = self.held(space), self.hls_host(space)
        services = self.server.services
        probe = services.prober.last(host) if services and host else None
        return SpaceView(
            space,
            properties,
            self.access(space),
            self.jobs_of(space),
            probe.evidence if probe else (),
            self.store_streams,
        )

    def jobs_of(self, space: str) -> dict[str, Job]:
        """The newest streaming jobs of a space of the current store, by family."""
        store = self.session.store.id if self.session else None
        about = (job for job in reversed(self.server.own_jobs) if (job.store, job.space) == (store, space))
        return {job.family: job for job in about if job.family}

    def read_around(self, space: str, again: bool = False) -> None:
        """Reads the access list, and looks at the edge when there is a host and the last look is old."""
        if again or isinstance(self.access(space), Empty):
            self._read_access(space)
        self.look_at_edge(space)

    def look_at_edge(self, space: str) -> None:
        """Asks the streaming host from outside, unless a job does or somebody just did."""
        services, host = self.server.services, self.hls_host(space)
        job = self.jobs_of(space).get("HLS")
        if not (services and host) or (job and job.open):
            return
        last = services.prober.last(host)
        if last is None or self.now - last.at > EDGE_KEPT:
            self._look_at_edge(host)

    @read_work("properties", "read properties")
    async def read_properties(self, spaces: Iterable[str]) -> None:
        """Reads in this order; an earlier call that has not ended is dropped."""
        if services := self.server.services:
            with suppress(Unauthorized):  # the app saw the 401 and asks for a login
                await services.spaces.properties(spaces)

    @read_work("access", "read the access list")
    async def _read_access(self, space: str) -> None:
        if services := self.server.services:
            with suppress(Unauthorized):
                await services.spaces.refresh_access(space)

    @read_work("edge", "check the streaming host")
    async def _look_at_edge(self, host: str) -> None:
        if services := self.server.services:
            await services.prober.probe(host)
            self.call_later(self.tick)  # not the inspector alone: a list has a column for it
