"""A list of spaces beside an inspector: names at once, properties for the rows on screen first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.timer import Timer

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Failed, Loading, Ready, Resource, Stale, asked, went_wrong
from durastore_tui.tui.history import Place
from durastore_tui.tui.messages import Link, NamesRead, SpaceRead
from durastore_tui.tui.screens.space_changes import SpaceChanges
from durastore_tui.tui.screens.space_reader import SpaceReader
from durastore_tui.tui.screens.stream_urls import StreamUrls
from durastore_tui.tui.space_facts import SpaceView
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.columns import Column, Row
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.resource_table import ResourceTable

REST = 0.08
LONG_REST = 0.3


class SpaceList(SpaceReader, SpaceChanges, StreamUrls):
    """Subclasses give columns, a row for a space, and what the inspector says."""

    empty: ClassVar[str]

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.names: Resource[tuple[str, ...]] = Empty()
        self._answered: set[str] = set()
        self._filter = ""
        self._sort: str | None = None
        self._rest: Timer | None = None
        self._long_rest: Timer | None = None
        self._drawing: Timer | None = None
        self._drawn: dict[str, Row] = {}
        self._failure: DuraStoreError | None = None

    def columns(self) -> tuple[Column, ...]:
        """The columns for the current store."""
        raise NotImplementedError

    def row(self, view: SpaceView) -> Row | None:
        """A space's row, or None where this list does not show it."""
        raise NotImplementedError

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        """What the inspector says of the space under the cursor."""
        raise NotImplementedError

    def body(self) -> ComposeResult:
        yield ResourceTable(empty=self.empty, id="list")
        yield Inspector(id="inspector")

    @property
    def table(self) -> ResourceTable:
        return self.query_one(ResourceTable)

    def on_mount(self) -> None:
        self.table.set_columns(self.columns())
        self._draw_rows()

    # Reading

    def begin(self) -> None:
        self.names, self._access = Empty(), {}
        self.table.set_columns(self.columns())
        self.read(again=True)

    def read(self, again: bool = False) -> None:
        if again:
            self._answered.clear()
            self._access.clear()
        self.names = asked(self.names, self.now)
        self._draw_rows()
        self._read_names()

    @work(group="names", exclusive=True, exit_on_error=False, description="read the spaces")
    async def _read_names(self) -> None:
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
        self.names = event.names
        if isinstance(event.names, Ready):
            self.durastore.space_names = event.names.value
        self._draw_rows()
        self._read_soon()

    def _read_soon(self) -> None:
        """After a rest of the scroll; what is on screen then comes first."""
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._read_wanted)

    def _read_wanted(self) -> None:
        if wanted := self._wanted():
            self.read_properties(wanted)

    def _wanted(self) -> list[str]:
        names = self._all_names()
        order = dict.fromkeys((*self.table.on_screen, *names))
        return [space for space in order if space not in self._answered]

    def _all_names(self) -> tuple[str, ...]:
        match self.names:
            case Ready(value, _) | Stale(value, _):
                return value
        return ()

    @on(SpaceRead)
    def _space_read(self, event: SpaceRead) -> None:
        if not isinstance(event.properties, Loading | Empty):
            self._answered.add(event.space)
        self._draw_row(event.space)

    def link_changed(self, link: Link) -> None:
        super().link_changed(link)
        if self.durastore.failure is not self._failure:
            self._draw_rows()

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.space in self._all_names():
            self._draw_row(job.space)
            self._answered.discard(job.space)
            self._read_soon()

    # Drawing

    def tick(self) -> None:
        super().tick()
        self._draw_changes()
        self.draw_space()

    def _draw_changes(self) -> None:
        """Ages go on: only the rows that read otherwise now, for each line costs bytes on a slow terminal."""
        for space in self.table.on_screen:
            if self.row(self.view(space)) != self._drawn.get(space):
                self._draw_row(space)

    def _draw_row(self, space: str) -> None:
        """One row where it stands; a row that comes or goes draws the list anew, soon."""
        row = self.row(self.view(space))
        try:
            if row is None:
                raise KeyError(space)
            self.table.set_row(row)
            self._drawn[space] = row
        except KeyError:
            if self._drawing is None:
                self._drawing = self.set_timer(REST, self._draw_rows)
        if space == self.table.cursor_key:
            self.draw_space()

    def _draw_rows(self) -> None:
        self._drawing = None
        rows, self._failure = self._rows(), self.durastore.failure
        self._drawn = {row.key: row for row in rows.value} if isinstance(rows, Ready | Stale) else {}
        self.table.show(rows, self._what())
        self.draw_space()
        self.draw_lines()

    def _rows(self) -> Resource[Sequence[Row]]:
        app = self.durastore
        match self.names:
            case Ready(value, at):
                return Ready(self._rows_of(value), at)
            case Stale(value, at, error):
                return Stale(self._rows_of(value), at, error)
            case Empty() | Loading() if not app.services:
                return Failed(app.failure, self.now) if app.failure else Loading(self.now)
            case other:
                return other

    def _rows_of(self, names: Iterable[str]) -> tuple[Row, ...]:
        return tuple(row for space in names if (row := self.row(self.view(space))))

    def _what(self) -> str:
        services = self.durastore.services
        return f"the spaces of store {services.session.store.id}" if services else "the server"

    def draw_space(self) -> None:
        space = self.table.cursor_key
        self.query_one(Inspector).show(space or "", self.about(self.view(space)) if space else ())

    def subject(self) -> str | None:
        return self.table.cursor_key

    def read_at(self) -> datetime | None:
        match self.names:
            case Ready(_, at) | Stale(_, at):
                return at
        return None

    def coverage(self) -> Crumbs:
        held = (
            f"{self.table.coverage} {'space' if len(self._all_names()) == 1 else 'spaces'}" if self._all_names() else ""
        )
        return Crumbs((), self._filter, held, sort=self._sort or "", marked=len(self.table.marked))

    # Events and actions

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.draw_space()
        self.draw_lines()
        if self._long_rest:
            self._long_rest.stop()
        self._long_rest = self.set_timer(LONG_REST, self._read_around)

    def _read_around(self) -> None:
        space = self.table.cursor_key
        if space and self.durastore.services and self.is_current:
            self.read_around(space)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._draw_changes()
        self.draw_lines()
        if any(space not in self._answered for space in self.table.on_screen):
            self._read_soon()

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self.open_space(event.key)

    def open_space(self, space: str) -> None:
        """Contents where the inspector stands beside the list, else the space's own page."""
        self.durastore.places.go(self.place.child("contents" if self.has_class("-wide") else "space", space=space))

    def do_open(self) -> None:
        if space := self.table.cursor_key:
            self.open_space(space)

    def do_properties(self) -> None:
        if space := self.table.cursor_key:
            self.durastore.places.go(self.place.child("space", space=space))

    def do_filter(self) -> None:
        from durastore_tui.tui.screens.prompt import Prompt

        before = self._filter

        def ended(text: str | None) -> None:
            self._set_filter(before if text is None else text)

        self.app.push_screen(Prompt("filter", before, "keeps the rows that contain this", self._set_filter), ended)

    def _set_filter(self, text: str) -> None:
        self._filter = text
        self.table.filter(text)
        self.draw_lines()

    def do_sort(self) -> None:
        keys = [None, *(column.key for column in self.columns())]
        self._sort = keys[(keys.index(self._sort) + 1) % len(keys)]
        self.table.sort(self._sort)
        self.draw_lines()

    def do_copy(self) -> None:
        if text := self.table.error_text:
            self.copy(text, "the error")
        elif len(marked := self.table.marked) > 1:
            self.copy("\n".join(marked), f"{len(marked)} space ids")
        elif space := self.table.cursor_key:
            self.copy(space, "the space id")

    def do_copy_curl(self) -> None:
        self.copy_curl("GET", "/spaces", {}, "the list of spaces")
