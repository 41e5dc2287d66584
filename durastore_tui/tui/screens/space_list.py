"""Spaces as a list: names at once, properties for the rows on screen first."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Loading, Ready, Resource, Stale
from durastore_tui.services.kinds_of_reads import ACCESS_LISTS, SPACE_NAMES
from durastore_tui.services.overview import kinds
from durastore_tui.tui.columns import Column, Row
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.details.space_facts import SpaceView
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.refresh import EVERY
from durastore_tui.tui.screens.space_reader import SpaceReader
from durastore_tui.tui.screens.table_screen import TableContent, TableScreen
from durastore_tui.tui.widgets.facts import Block

KEPT = timedelta(minutes=5)
"""How old the properties of a space on screen may get: each costs the server a look through the space."""


class SpaceListScreen(TableScreen):
    """`row` and `about` make a space's row, None where it is not shown, and its detail pane.

    With `has_figures` last night's report is shown, too.
    """

    def __init__(
        self,
        place: Place,
        empty: str,
        columns: Callable[[], tuple[Column, ...]],
        row: Callable[[SpaceView], Row | None],
        about: Callable[[SpaceView], tuple[Block, ...]],
        *,
        has_figures: bool = False,
    ) -> None:
        content = TableContent(
            one="space",
            many="spaces",
            empty=empty,
            columns=columns,
            row=self._row_of,
            detail=lambda name: about(self.spaces.view(name)),
            open=self._open,
            read_names=self._read_names,
            read_details=lambda names: self.spaces.read_properties(names),
            read_under_cursor=lambda name: self.spaces.read_around(name),
            take_values=self._take_values,
            properties=lambda name: self.spaces.raw_properties(name),
            statuses=lambda: sorted({kind for name in self.rows.all_names for kind in self._kinds(name)}),
        )
        super().__init__(place, content)
        self._make_row = row
        self._asks_again = False
        self.spaces = SpaceReader(
            self,
            self.rows.draw_detail_soon,
            lambda space: self.details.take(space, self.spaces.properties(space)),
            self.rows.draw if has_figures else None,
        )
        self.reads.subscribe(SPACE_NAMES, self._names_changed)

    def _row_of(self, name: str) -> Row | None:
        status = self.listing.status
        return self._make_row(self.spaces.view(name)) if status is None or status in self._kinds(name) else None

    def _kinds(self, name: str) -> tuple[str, ...]:
        """The ways in which a space streams."""
        return kinds(self.spaces.properties(name))

    def subject(self) -> str | None:
        return self.table.cursor_key

    def target(self) -> Target:
        return replace(super().target(), spaces=self.table.marked)

    # Reading

    def read(self, again: bool = False) -> None:
        self._asks_again = again
        services = self.server.services
        if services and again:
            services.session.cache.clear(ACCESS_LISTS)
        match services.spaces.held_names if services else Empty():
            case Ready() as listed if not again and isinstance(self.rows.names, Empty):
                self.names_read(listed)  # another place has read them
            case _:
                super().read(again)

    def names_read(self, names: Resource[tuple[str, ...]], *, changed: bool = True) -> None:
        """What another place has read of them is not asked for again."""
        first = isinstance(self.rows.names, Empty | Loading) and not self._asks_again
        if isinstance(names, Ready) and first:
            held = (name for name in names.value if isinstance(self.spaces.properties(name), Ready))
            self.details.answered.update(held)
        super().names_read(names, changed=changed)

    def asked_every(self) -> timedelta:
        return EVERY

    def read_again(self) -> None:
        """The names, and then the properties of what is on screen and grew old; those far away wait to be seen."""
        self.details.answered.difference_update(name for name in self.table.on_screen if self._is_old(name))
        self.read()

    def _is_old(self, name: str) -> bool:
        match self.spaces.properties(name):
            case Ready(_, at) | Stale(_, at):
                return self.now - at >= KEPT
        return True

    @read_work("names", "read the spaces")
    async def _read_names(self) -> None:
        if services := self.server.services:
            with suppress(Unauthorized):  # the app saw the 401 and asks for a login
                await services.spaces.refresh_names()

    def _names_changed(self, store: str, names: Resource[tuple[str, ...]]) -> None:
        if not self.server.shows_store(store):
            return
        match self.rows.names, names:
            case Stale(before, _, None), Ready(after, _) if not self.table.error_text:
                self.names_read(names, changed=before != after)
            case _:
                self.names_read(names)

    def _take_values(self) -> None:
        if services := self.server.services:
            self.rows.names = services.spaces.held_names

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.profile == self.server.name and job.space in self.rows.all_names:
            self.rows.draw_row(job.space)
            self.details.answered.discard(job.space)
            self.details.read_soon()

    # Actions

    def _open(self, name: str) -> None:
        """Contents where the detail pane stands beside the list, else the space's own page."""
        self.server.places.go(self.place.child("contents" if self.has_class("-wide") else "space", space=name))

    def open_properties(self) -> None:
        """Show the space under the cursor on its own page."""
        if space := self.table.cursor_key:
            self.server.places.go(self.place.child("space", space=space))

    def request_copy(self) -> Copyable | str:
        """The request behind the list."""
        return curl_copy(self.session, "GET", "/spaces", {}, "the list of spaces")
