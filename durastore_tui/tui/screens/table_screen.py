"""A screen whose body is a table beside a detail pane: IDs at once, details for the rows on screen first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.far import far
from durastore_tui.core.resource import Empty, Failed, Loading, Ready, Resource, Stale, asked, holding, value_of
from durastore_tui.tui.columns import Column, Row
from durastore_tui.tui.context import Link, Target
from durastore_tui.tui.copies import Copyable, Properties, property_copies, row_copies
from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.table_listing import TableListing
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.lazy_rows import LazyRows
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.resource_table import ResourceTable

REST = 0.08
LONG_REST = 0.3
GATHER, FAR_GATHER = 0.1, 0.25
"""Seconds in which changes of the detail pane come together: each painting of it is sent."""


def _nothing(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TableContent:
    """What a table shows, and how it is read. A name is the exact ID of a row.

    `row` is None for a name that is not shown. `read_names` ends in `TableScreen.names_read`, and `read_details` in
    `DetailReads.take` for each name; it is None where a row needs no details. At most `details_ahead` are read at once.
    `read_under_cursor` reads what the detail pane alone shows, and `take_values` takes what is cached without a draw.
    `rows` makes all rows at once; `rows_drawn` is called after each draw of them.
    """

    one: str
    many: str
    empty: str
    columns: Callable[[], tuple[Column, ...]]
    row: Callable[[str], Row | None]
    detail: Callable[[str], tuple[Block, ...]]
    open: Callable[[str], object]
    read_names: Callable[[], object]
    read_details: Callable[[Iterable[str]], object] | None = None
    details_ahead: int | None = None
    read_under_cursor: Callable[[str], object] = _nothing
    take_values: Callable[[], object] = _nothing
    rows: Callable[[Iterable[str]], Sequence[Row]] | None = None
    rows_drawn: Callable[[], object] = _nothing
    title: Callable[[str], str] = str
    properties: Callable[[str], Properties | None] = lambda name: None
    what: Callable[[], str] | None = None
    statuses: Callable[[], Iterable[str | None]] = tuple
    status_word: Callable[[str], str] = str
    filter_hint: str = "keeps the rows that contain this"


class DetailReads:
    """Reads the details of rows once the scroll rests, those on screen first."""

    def __init__(self, screen: TableScreen) -> None:
        self._screen = screen
        self._rest: Timer | None = None
        self.answered: set[str] = set()

    def read_soon(self) -> None:
        """Read what is missing after a rest."""
        if self._rest:
            self._rest.stop()
        self._rest = self._screen.set_timer(REST, self.read)

    def read(self) -> None:
        """Read what is missing now."""
        screen, read_details = self._screen, self._screen.content.read_details
        if screen.rows.is_drawable and read_details and not screen.reads.are_cancelled:
            order = dict.fromkeys((*screen.table.on_screen, *screen.rows.all_names))
            wanted = [name for name in order if name not in self.answered][: screen.content.details_ahead]
            if wanted:
                read_details(wanted)

    def read_missing(self) -> None:
        """Read after a rest what lacks on screen."""
        if any(name not in self.answered for name in self._screen.table.on_screen):
            self.read_soon()

    def take(self, name: str, detail: Resource[Any]) -> None:
        """Show the details of one row, or why there are none."""
        if not isinstance(detail, Loading | Empty):
            self.answered.add(name)
        if self._screen.rows.is_drawable:
            self._screen.rows.draw_row(name)


class TableRows:
    """Draws the rows, and the detail pane of the one under the cursor."""

    def __init__(self, screen: TableScreen) -> None:
        self._screen = screen
        self._drawn: dict[str, Row] = {}
        self._drawing: Timer | None = None
        self._drawing_detail: Timer | None = None
        self._resting: Timer | None = None
        self._failure: DuraStoreError | None = None
        self.names: Resource[tuple[str, ...]] = Empty()

    @property
    def all_names(self) -> tuple[str, ...]:
        """The names that are loaded, filtered or not."""
        return value_of(self.names) or ()

    @property
    def is_drawable(self) -> bool:
        """Not so while the app ends: a screen's timers outlive its widgets by a moment."""
        return bool(self._screen.query(ResourceTable))

    def draw(self) -> None:
        """Draw every row, the detail pane and the four lines."""
        screen = self._screen
        self._drawing = None
        rows, self._failure = self._rows(), screen.server.failure
        held = rows.value if isinstance(rows, Ready | Stale) else ()
        self._drawn = {} if isinstance(held, LazyRows) else {row.key: row for row in held}
        screen.table.show(rows, self._what())
        self.draw_detail()
        screen.draw_lines()
        screen.content.rows_drawn()

    def draw_failure(self) -> None:
        """Draw every row if the connection fails otherwise than was drawn."""
        if self._screen.server.failure is not self._failure:
            self.draw()

    def _rows(self) -> Resource[Sequence[Row]]:
        server, now = self._screen.server, self._screen.now
        match self.names:
            case Ready(value, _) | Stale(value, _) as names:
                return holding(names, self._rows_of(value))
            case Empty() | Loading() if not server.services:
                return Failed(server.failure, now) if server.failure else Loading(now)
            case other:
                return other

    def _rows_of(self, names: Iterable[str]) -> Sequence[Row]:
        content = self._screen.content
        return content.rows(names) if content.rows else tuple(filter(None, map(content.row, names)))

    def _what(self) -> str:
        """What is read, in words."""
        content, session = self._screen.content, self._screen.session
        if content.what:
            return content.what()
        return f"the {content.many} of store {session.store.id}" if session else "the server"

    def draw_changes(self) -> None:
        """Draw the rows on screen that read otherwise now: each line costs bytes on a slow terminal."""
        for name in self._screen.table.on_screen:
            if self._screen.content.row(name) != self._drawn.get(name):
                self.draw_row(name)

    def draw_row(self, name: str) -> None:
        """Draw one row where it stands; a row that comes or goes draws the list anew, soon."""
        row = self._screen.content.row(name)
        try:
            if row is None:
                raise KeyError(name)
            self._screen.table.set_row(row)
            self._drawn[name] = row
        except KeyError:
            if self._drawing is None:
                self._drawing = self._screen.set_timer(REST, self.draw)
        if name == self._screen.table.cursor_key:
            self.draw_detail_soon()

    def draw_detail_soon(self) -> None:
        """Draw the detail pane once for all that comes within a moment."""
        if self._drawing_detail is None:
            self._drawing_detail = self._screen.set_timer(FAR_GATHER if far() else GATHER, self.draw_detail)

    def draw_detail(self) -> None:
        """Draw what is known of the row under the cursor."""
        if self._drawing_detail:
            self._drawing_detail.stop()
            self._drawing_detail = None
        if not self.is_drawable:
            return
        name, content = self._screen.table.cursor_key, self._screen.content
        for inspector in self._screen.query(Inspector):  # none any more while the app ends
            inspector.show(content.title(name) if name else "", content.detail(name) if name else ())

    def cursor_moved(self) -> None:
        """Draw the detail pane in a moment, and read for it once the cursor rests."""
        if self._drawing_detail:
            self._drawing_detail.stop()
        self._drawing_detail = self._screen.set_timer(GATHER, self.draw_detail)
        self._screen.draw_lines()
        if self._resting:
            self._resting.stop()
        self._resting = self._screen.set_timer(LONG_REST, self.read_under_cursor)

    def read_under_cursor(self) -> None:
        """Read what only the detail pane shows."""
        screen = self._screen
        name = screen.table.cursor_key if self.is_drawable else None
        if name and screen.server.services and screen.in_view and not screen.reads.are_cancelled:
            screen.content.read_under_cursor(name)


class RowsListing(TableListing):
    """How the rows of a `TableScreen` are looked at; `status` is the only one that is shown, None is every one."""

    def __init__(self, screen: TableScreen) -> None:
        super().__init__(screen, lambda: screen.table, screen.content.filter_hint)
        self._place = screen
        self.sort: str | None = None
        self.status: str | None = None

    def _current(self) -> Lens:
        return super()._current()._replace(sort=self.sort, only=self.status)

    def _set(self, lens: Lens) -> None:
        self._show_status(lens.only)
        super()._set(lens)
        self.sort = lens.sort if lens.sort in {column.key for column in self.sort_columns} else None
        self._place.table.sort(self.sort)
        if lens.cursor is not None:
            self._place.table.move_to(lens.cursor)

    def _is_met(self) -> bool:
        return isinstance(self._place.rows.names, Ready)

    @property
    def sort_columns(self) -> Sequence[Column]:
        return self._place.content.columns()

    def sort_by_next(self) -> None:
        keys = [None, *(column.key for column in self.sort_columns)]
        self.sort = keys[(keys.index(self.sort) + 1) % len(keys)]
        self._place.table.sort(self.sort)
        self._place.draw_lines()

    def show_next_status(self) -> None:
        there = [None, *self._place.content.statuses()]
        self._show_status(there[(there.index(self.status) + 1) % len(there)] if self.status in there else None)

    def _show_status(self, status: str | None) -> None:
        before, self.status = self.status, status
        if status != before:
            self._place.rows.draw()

    def coverage(self) -> Crumbs:
        """Filter, sort, count and marks for line 2."""
        table, content, count = self._place.table, self._place.content, len(self._place.rows.all_names)
        held = f"{table.coverage} {content.one if count == 1 else content.many}" if count else ""
        seen = Crumbs((), self.filter_text, held, self.sort or "", marked=len(table.marked), hidden=table.marked_hidden)
        if self.status is None:
            return seen
        only = " ".join(filter(None, (content.status_word(self.status), seen.filter)))
        return seen._replace(filter=only, coverage=f"{table.coverage} of {count:,} {content.many}")


class TableScreen(PlaceScreen):
    """A place says what its table shows; `rows`, `details` and `listing` draw, read and look at it."""

    listing: RowsListing

    def __init__(self, place: Place, content: TableContent) -> None:
        super().__init__(place)
        self.content = content
        self.rows = TableRows(self)
        self.details = DetailReads(self)
        self.listing = RowsListing(self)

    def body(self) -> ComposeResult:
        yield ResourceTable(empty=self.content.empty, id="list")
        yield Inspector(id="inspector")

    @property
    def table(self) -> ResourceTable:
        """The table."""
        return self.query_one(ResourceTable)

    def on_mount(self) -> None:
        self.table.set_columns(self.content.columns())
        self.listing.apply()
        self.rows.draw()

    # Reading

    def begin(self) -> None:
        self.rows.names = Empty()
        self.table.set_columns(self.content.columns())
        self.read(again=True)

    def read_on(self) -> None:
        if isinstance(self.rows.names, Ready):
            self.details.read_soon()
        else:
            self.read()

    def draw_values(self) -> None:
        self.content.take_values()
        self.rows.draw()
        self.details.read_soon()

    def read(self, again: bool = False) -> None:
        if again:
            self.details.answered.clear()
        self.rows.names = asked(self.rows.names, self.now)
        if again or not isinstance(self.rows.names, Stale):
            self.rows.draw()
        self.content.read_names()

    def names_read(self, names: Resource[tuple[str, ...]], *, changed: bool = True) -> None:
        """Show the names; details follow after a rest. Without `changed` they are the ones that are shown."""
        self.rows.names = names
        if changed:
            self.rows.draw()
        else:
            self.rows.draw_changes()
            self.draw_lines()
        self.listing.apply()
        self.details.read_soon()

    def link_changed(self, link: Link) -> None:
        super().link_changed(link)
        self.rows.draw_failure()

    # Drawing

    def tick(self) -> None:
        super().tick()
        self.rows.draw_changes()
        self.rows.draw_detail()

    def shown(self) -> Resource[Any]:
        return self.rows.names

    def coverage(self) -> Crumbs:
        return self.listing.coverage()

    # Events and actions

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        self.rows.cursor_moved()

    @on(LineList.Moved)
    def _moved(self) -> None:
        self.rows.draw_changes()
        self.draw_lines()
        self.details.read_missing()

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self.content.open(event.key)

    def open_cursor(self) -> None:
        """Open the row under the cursor."""
        if name := self.table.cursor_key:
            self.content.open(name)

    def target(self) -> Target:
        return replaced(super().target(), marked=self.listing.marked_words)

    def copyables(self) -> Iterator[Copyable]:
        yield from self.listing.copies(self.content.one)
        if name := self.table.cursor_key:
            yield from row_copies(self.content.row(name))
            yield from property_copies(self.content.properties(name))
