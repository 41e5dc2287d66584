"""Reads what is shown of spaces: properties a few at a time, the access list and the edge of the one in view."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from textual import on, work

from durastore_tui.core.errors import DuraStoreError, Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Ready, Resource, Stale, asked, went_wrong
from durastore_tui.core.tasks import hls
from durastore_tui.tui.facts.space_facts import SpaceView
from durastore_tui.tui.messages import AccessRead, EdgeSeen, SpaceRead
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.shell import Shell

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties

EDGE_KEPT = timedelta(seconds=60)


class SpaceReader(Shell):
    """What it read of each space; subclasses draw on its messages."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._access: dict[str, Resource[Mapping[str, str]]] = {}

    @abstractmethod
    def draw_space(self) -> None:
        """Something new is held of the space in view."""

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
            self._access.get(space, Empty()),
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
        held = self._access.get(space, Empty())
        if again or isinstance(held, Empty):
            self._access[space] = asked(held, self.now)
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

    @work(group="properties", exclusive=True, exit_on_error=False, description="read properties")
    async def read_properties(self, spaces: Iterable[str]) -> None:
        """Asks in this order; an earlier call that has not ended is dropped."""
        services = self.server.services
        if services is None:
            return
        try:
            await services.spaces.properties(spaces, self._space_answered)
        except Unauthorized:
            return  # the app saw the 401 and asks for a login

    def _space_answered(self, space: str, read: Resource[SpaceProperties]) -> None:
        self.post_message(SpaceRead(space, read))

    @work(group="access", exclusive=True, exit_on_error=False, description="read the access list")
    async def _read_access(self, space: str) -> None:
        services, held = self.server.services, self._access[space]
        if services is None:
            return
        try:
            access: Resource[Mapping[str, str]] = Ready(await services.spaces.acl(space), self.now)
        except DuraStoreError as error:
            access = went_wrong(held, error, self.now)
        self.post_message(AccessRead(space, access))

    @work(group="edge", exclusive=True, exit_on_error=False, description="look at the edge")
    async def _look_at_edge(self, host: str) -> None:
        if services := self.server.services:
            probe = await services.prober.probe(host)
            self.post_message(EdgeSeen(host, probe.evidence))

    @on(AccessRead)
    def _access_read(self, event: AccessRead) -> None:
        self._access[event.space] = event.access
        self.draw_space()

    @on(EdgeSeen)
    def _edge_seen(self) -> None:
        self.tick()  # not the inspector alone: a list has a column for it
