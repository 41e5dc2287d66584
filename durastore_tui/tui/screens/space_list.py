"""Spaces as a list: names at once, properties for the rows on screen first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Loading, Ready, Resource, Stale
from durastore_tui.services.kinds_of_reads import ACCESS_LISTS, SPACE_NAMES
from durastore_tui.services.overview import kinds
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable, Properties, curl_copy
from durastore_tui.tui.details.space_facts import SpaceView
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.refresh import EVERY
from durastore_tui.tui.screens.by_status import ByStatus
from durastore_tui.tui.screens.space_reader import SpaceReader
from durastore_tui.tui.widgets.columns import Row
from durastore_tui.tui.widgets.facts import Block

KEPT = timedelta(minutes=5)
"""How old the properties of a space on screen may get: each costs the server a look through the space."""


class SpaceList(ByStatus, SpaceReader):
    """Subclasses give columns, a row for a space, and what the inspector says."""

    one, many = "space", "spaces"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._asks_again = False
        self.reads.subscribe(SPACE_NAMES, self._names_changed)

    @abstractmethod
    def row(self, view: SpaceView) -> Row | None:
        """A space's row, or None where this list does not show it."""

    @abstractmethod
    def about(self, view: SpaceView) -> tuple[Block, ...]:
        """What the inspector says of the space under the cursor."""

    def row_of(self, name: str) -> Row | None:
        view = self.view(name)
        return self.row(view) if self._only is None or self._only in self._kinds(view) else None

    def _kinds(self, view: SpaceView) -> tuple[str, ...]:
        return kinds(view.properties)

    def statuses(self) -> list[str]:
        """The ways to stream."""
        return sorted({kind for name in self._all_names() for kind in self._kinds(self.view(name))})

    def about_it(self, name: str) -> tuple[Block, ...]:
        return self.about(self.view(name))

    def subject(self) -> str | None:
        return self.table.cursor_key

    def target(self) -> Target:
        return replace(super().target(), spaces=self.table.marked)

    def draw_space(self) -> None:
        self.draw_inspector_soon()

    # Reading

    def read(self, again: bool = False) -> None:
        self._asks_again = again
        services = self.server.services
        if services and again:
            services.session.cache.clear(ACCESS_LISTS)
        match services.spaces.held_names if services else Empty():
            case Ready() as listed if not again and isinstance(self.names, Empty):
                self.names_read(listed)  # another place has read them
            case _:
                super().read(again)

    def names_read(self, names: Resource[tuple[str, ...]], *, changed: bool = True) -> None:
        """What another place has read of them is not asked for again."""
        first = isinstance(self.names, Empty | Loading) and not self._asks_again
        if isinstance(names, Ready) and first:
            self._answered.update(name for name in names.value if isinstance(self.held(name), Ready))
        super().names_read(names, changed=changed)

    def asked_every(self) -> timedelta:
        return EVERY

    def read_again(self) -> None:
        """The names, and then the properties of what is on screen and grew old; those far away wait to be seen."""
        self._answered.difference_update(name for name in self.table.on_screen if self._old(name))
        self.read()

    def _old(self, name: str) -> bool:
        match self.held(name):
            case Ready(_, at) | Stale(_, at):
                return self.now - at >= KEPT
        return True

    @read_work("names", "read the spaces")
    async def read_names(self) -> None:
        if services := self.server.services:
            with suppress(Unauthorized):  # the app saw the 401 and asks for a login
                await services.spaces.refresh_names()

    def _names_changed(self, store: str, names: Resource[tuple[str, ...]]) -> None:
        if not self.server.shows_store(store):
            return
        match self.names, names:
            case Stale(before, _, None), Ready(after, _) if not self.table.error_text:
                self.names_read(names, changed=before != after)
            case _:
                self.names_read(names)

    def take_values(self) -> None:
        if services := self.server.services:
            self.names = services.spaces.held_names

    def read_details(self, names: Iterable[str]) -> None:
        self.read_properties(names)

    def read_under_cursor(self, name: str) -> None:
        self.read_around(name)

    def properties_changed(self, space: str) -> None:
        self.detail_read(space, self.held(space))

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.profile == self.server.name and job.space in self._all_names():
            self._draw_row(job.space)
            self._answered.discard(job.space)
            self._read_soon()

    def properties_of(self, name: str) -> Properties | None:
        return self.space_properties(name)

    # Actions

    def open_one(self, name: str) -> None:
        """Contents where the inspector stands beside the list, else the space's own page."""
        self.server.places.go(self.place.child("contents" if self.has_class("-wide") else "space", space=name))

    def open_properties(self) -> None:
        if space := self.table.cursor_key:
            self.server.places.go(self.place.child("space", space=space))

    def request_copy(self) -> Copyable | str:
        return curl_copy(self.session, "GET", "/spaces", {}, "the list of spaces")
