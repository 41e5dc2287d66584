"""Spaces as a list: names at once, properties for the rows on screen first."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on, work

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Ready, Resource, went_wrong
from durastore_tui.tui.messages import NamesRead, SpaceRead
from durastore_tui.tui.screens.object_list import ObjectList
from durastore_tui.tui.screens.space_changes import SpaceChanges
from durastore_tui.tui.screens.space_reader import SpaceReader
from durastore_tui.tui.screens.stream_urls import StreamUrls
from durastore_tui.tui.space_facts import SpaceView
from durastore_tui.tui.widgets.columns import Row
from durastore_tui.tui.widgets.facts import Block


class SpaceList(ObjectList, SpaceReader, SpaceChanges, StreamUrls):
    """Subclasses give columns, a row for a space, and what the inspector says."""

    one, many = "space", "spaces"

    def row(self, view: SpaceView) -> Row | None:
        """A space's row, or None where this list does not show it."""
        raise NotImplementedError

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        """What the inspector says of the space under the cursor."""
        raise NotImplementedError

    def row_of(self, name: str) -> Row | None:
        return self.row(self.view(name))

    def about_it(self, name: str) -> tuple[Block, ...]:
        return self.about(self.view(name))

    def subject(self) -> str | None:
        return self.table.cursor_key

    def draw_space(self) -> None:
        self.draw_inspector()

    # Reading

    def read(self, again: bool = False) -> None:
        if again:
            self._access.clear()
        super().read(again)

    @work(group="names", exclusive=True, exit_on_error=False, description="read the spaces")
    async def read_names(self) -> None:
        services = self.durastore.services
        if services is None:
            return
        try:
            names: Resource[tuple[str, ...]] = Ready(await services.spaces.names(), self.now)
        except DuraStoreError as error:
            names = went_wrong(self.names, error, self.now)
        self.post_message(NamesRead(names))

    @on(NamesRead)
    def _names_read(self, event: NamesRead) -> None:
        if isinstance(event.names, Ready):
            self.durastore.space_names = event.names.value
        self.names_read(event.names)

    def read_details(self, names: Iterable[str]) -> None:
        self.read_properties(names)

    def read_under_cursor(self, name: str) -> None:
        self.read_around(name)

    @on(SpaceRead)
    def _space_read(self, event: SpaceRead) -> None:
        self.detail_read(event.space, event.properties)

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.space in self._all_names():
            self._draw_row(job.space)
            self._answered.discard(job.space)
            self._read_soon()

    # Actions

    def open_one(self, name: str) -> None:
        """Contents where the inspector stands beside the list, else the space's own page."""
        self.durastore.places.go(self.place.child("contents" if self.has_class("-wide") else "space", space=name))

    def do_properties(self) -> None:
        if space := self.table.cursor_key:
            self.durastore.places.go(self.place.child("space", space=space))

    def do_copy_curl(self) -> None:
        self.copy_curl("GET", "/spaces", {}, "the list of spaces")
