"""A list of things beside an inspector: ids at once, details for the rows on screen first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.far import far
from durastore_tui.core.resource import Empty, Failed, Loading, Ready, Resource, Stale, asked, holding, value_of
from durastore_tui.tui.context import Link
from durastore_tui.tui.copies import Copyable, Properties, property_copies, row_copies
from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.screens.list_place import ListPlace
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.columns import Column, Row
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.lazy_rows import LazyRows
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.resource_table import ResourceTable

REST = 0.08
LONG_REST = 0.3
GATHER, FAR_GATHER = 0.1, 0.25
"""Seconds in which what is told of the thing under the cursor comes together: each painting of it is sent."""


class ObjectList(ListPlace):
    """`names` are the exact ids. Subclasses read them and their details, and say what a row and the inspector show."""

    empty: ClassVar[str]
    one: ClassVar[str]
    many: ClassVar[str]
    filter_hint = "keeps the rows that contain this"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.names: Resource[tuple[str, ...]] = Empty()
        self._answered: set[str] = set()
        self._sort: str | None = None
        self._rest: Timer | None = None
        self._long_rest: Timer | None = None
        self._drawing: Timer | None = None
        self._inspecting: Timer | None = None
        self._drawn: dict[str, Row] = {}
        self._failure: DuraStoreError | None = None

    # What subclasses answer

    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The columns for the current store."""

    @abstractmethod
    def row_of(self, name: str) -> Row | None:
        """The thing's row, or None where this list does not show it."""

    @abstractmethod
    def about_it(self, name: str) -> tuple[Block, ...]:
        """What the inspector says of the thing under the cursor."""

    def properties_of(self, name: str) -> Properties | None:
        """What the server said of it, as far as it is held, for the copy menu."""
        return None

    def title_of(self, name: str) -> str:
        """What the inspector is headed with."""
        return name

    @abstractmethod
    def read_names(self) -> object:
        """Starts to read the ids; `names_read` takes them."""

    @abstractmethod
    def read_details(self, names: Iterable[str]) -> object:
        """Starts to read details in this order; `detail_read` is told of each."""

    def read_under_cursor(self, name: str) -> None:
        """The cursor rests on it: reads what only the inspector shows."""

    @abstractmethod
    def open_one(self, name: str) -> None:
        """Goes to where enter leads."""

    def body(self) -> ComposeResult:
        yield ResourceTable(empty=self.empty, id="list")
        yield Inspector(id="inspector")

    @property
    def table(self) -> ResourceTable:
        return self.query_one(ResourceTable)

    @property
    def _drawable(self) -> bool:
        """Not so while the app ends: a screen's timers outlive its widgets by a moment."""
        return bool(self.query(ResourceTable))

    def on_mount(self) -> None:
        self.table.set_columns(self.columns())
        self.apply_lens()
        self._draw_rows()

    @property
    def lens(self) -> Lens:
        return super().lens._replace(sort=self._sort)

    def set_lens(self, lens: Lens) -> None:
        super().set_lens(lens)
        self._sort = lens.sort if lens.sort in {column.key for column in self.columns()} else None
        self.table.sort(self._sort)
        if lens.cursor is not None:
            self.table.move_to(lens.cursor)

    def lens_is_met(self, lens: Lens) -> bool:
        return isinstance(self.names, Ready)

    # Reading

    def begin(self) -> None:
        self.names = Empty()
        self.table.set_columns(self.columns())
        self.read(again=True)

    def read_on(self) -> None:
        if isinstance(self.names, Ready):
            self._read_soon()
        else:
            self.read()

    def draw_values(self) -> None:
        self.take_values()
        self._draw_rows()
        self._read_soon()

    def take_values(self) -> None:
        """Takes from the read cache what this list shows, without a draw."""

    def read(self, again: bool = False) -> None:
        if again:
            self._answered.clear()
        self.names = asked(self.names, self.now)
        if again or not isinstance(self.names, Stale):
            self._draw_rows()
        self.read_names()

    def names_read(self, names: Resource[tuple[str, ...]], *, changed: bool = True) -> None:
        """Shows the ids; details follow after a rest. Without `changed` they are the ones that are shown."""
        self.names = names
        if changed:
            self._draw_rows()
        else:
            self._draw_changes()
            self.draw_lines()
        self.apply_lens()
        self._read_soon()

    def detail_read(self, name: str, detail: Resource[Any]) -> None:
        """Shows what came of one."""
        if not isinstance(detail, Loading | Empty):
            self._answered.add(name)
        if self._drawable:
            self._draw_row(name)

    def _read_soon(self) -> None:
        """After a rest of the scroll; what is on screen then comes first."""
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._read_wanted)

    def _read_wanted(self) -> None:
        if self._drawable and not self.reads.are_cancelled and (wanted := self._wanted()):
            self.read_details(wanted)

    def _wanted(self) -> list[str]:
        names = self._all_names()
        order = dict.fromkeys((*self.table.on_screen, *names))
        return [name for name in order if name not in self._answered]

    def _all_names(self) -> tuple[str, ...]:
        return value_of(self.names) or ()

    def link_changed(self, link: Link) -> None:
        super().link_changed(link)
        if self.server.failure is not self._failure:
            self._draw_rows()

    # Drawing

    def tick(self) -> None:
        super().tick()
        self._draw_changes()
        self.draw_inspector()

    def _draw_changes(self) -> None:
        """Ages go on: only the rows that read otherwise now, for each line costs bytes on a slow terminal."""
        for name in self.table.on_screen:
            if self.row_of(name) != self._drawn.get(name):
                self._draw_row(name)

    def _draw_row(self, name: str) -> None:
        """One row where it stands; a row that comes or goes draws the list anew, soon."""
        row = self.row_of(name)
        try:
            if row is None:
                raise KeyError(name)
            self.table.set_row(row)
            self._drawn[name] = row
        except KeyError:
            if self._drawing is None:
                self._drawing = self.set_timer(REST, self._draw_rows)
        if name == self.table.cursor_key:
            self.draw_inspector_soon()

    def _draw_rows(self) -> None:
        self._drawing = None
        rows, self._failure = self._rows(), self.server.failure
        held = rows.value if isinstance(rows, Ready | Stale) else ()
        self._drawn = {} if isinstance(held, LazyRows) else {row.key: row for row in held}
        self.table.show(rows, self.what())
        self.draw_inspector()
        self.draw_lines()

    def _rows(self) -> Resource[Sequence[Row]]:
        server = self.server
        match self.names:
            case Ready(value, _) | Stale(value, _) as names:
                return holding(names, self._rows_of(value))
            case Empty() | Loading() if not server.services:
                return Failed(server.failure, self.now) if server.failure else Loading(self.now)
            case other:
                return other

    def _rows_of(self, names: Iterable[str]) -> Sequence[Row]:
        return tuple(row for name in names if (row := self.row_of(name)))

    def what(self) -> str:
        """What was asked for, in words."""
        return f"the {self.many} of store {self.session.store.id}" if self.session else "the server"

    def draw_inspector_soon(self) -> None:
        """Once for all that comes within a moment."""
        if self._inspecting is None:
            self._inspecting = self.set_timer(FAR_GATHER if far() else GATHER, self.draw_inspector)

    def draw_inspector(self) -> None:
        """Says anew what is known of the thing under the cursor."""
        if self._inspecting:
            self._inspecting.stop()
            self._inspecting = None
        if not self._drawable:
            return
        name = self.table.cursor_key
        for inspector in self.query(Inspector):  # none any more while the app ends
            inspector.show(self.title_of(name) if name else "", self.about_it(name) if name else ())

    def shown(self) -> Resource[Any]:
        return self.names

    def coverage(self) -> Crumbs:
        count = len(self._all_names())
        held = f"{self.table.coverage} {self.one if count == 1 else self.many}" if count else ""
        return Crumbs(
            (),
            self._filter,
            held,
            sort=self._sort or "",
            marked=len(self.table.marked),
            hidden=self.table.marked_hidden,
        )

    # Events and actions

    @on(LineList.Highlighted)
    def _highlighted(self) -> None:
        if self._inspecting:
            self._inspecting.stop()
        self._inspecting = self.set_timer(GATHER, self.draw_inspector)
        self.draw_lines()
        if self._long_rest:
            self._long_rest.stop()
        self._long_rest = self.set_timer(LONG_REST, self._read_around)

    def _read_around(self) -> None:
        name = self.table.cursor_key if self._drawable else None
        if name and self.server.services and self.in_view and not self.reads.are_cancelled:
            self.read_under_cursor(name)

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._draw_changes()
        self.draw_lines()
        if any(name not in self._answered for name in self.table.on_screen):
            self._read_soon()

    @on(LineList.Opened)
    def _opened(self, event: LineList.Opened) -> None:
        self.open_one(event.key)

    def open_cursor(self) -> None:
        if name := self.table.cursor_key:
            self.open_one(name)

    def sort_by_next(self) -> None:
        keys = [None, *(column.key for column in self.columns())]
        self._sort = keys[(keys.index(self._sort) + 1) % len(keys)]
        self.table.sort(self._sort)
        self.draw_lines()

    def copyables(self) -> Iterator[Copyable]:
        yield from self.list_copies(self.one)
        if name := self.table.cursor_key:
            yield from row_copies(self.row_of(name))
            yield from property_copies(self.properties_of(name))
