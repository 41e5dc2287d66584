"""Snapshots: all at once, details for the rows on screen first, and which of them need somebody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Ready, Resource, Stale, asked, holding, value_of
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.urls import task_path
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.kinds_of_reads import SNAPSHOT_LISTS, SNAPSHOT_TOTALS
from durastore_tui.services.snapshot_list import taken_at
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.details.snapshot_facts import snapshot_blocks
from durastore_tui.tui.details.snapshot_words import STUCK, snapshot_looks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.snapshot_reader import SnapshotReader
from durastore_tui.tui.screens.table_screen import TableContent, TableScreen
from durastore_tui.tui.widgets.columns import Cell, Column, Row
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.lazy_rows import LazyRows
from durastore_tui.tui.widgets.resource_table import ResourceTable
from durastore_tui.tui.widgets.shares import Share, Shares
from durastore_tui.tui.wording import age, short_size

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Summary

COMPLETE = "SNAPSHOT_COMPLETE"
NOT_HELD = Cell("·", "dim")
AHEAD = 200
"""Details beyond the rows on screen that are read without being asked for."""
LISTED_EVERY = timedelta(minutes=2)
"""The server has it from the bridge, which is slow; a snapshot takes hours."""
COLUMNS = (
    Column("space", "SPACE", 16, 36, is_id=True),
    Column("status", "STATUS", 20, 24),
    Column("age", "AGE", 6, 6, right=True),
    Column("items", "ITEMS", 8, 9, right=True, drop=1),
    Column("size", "SIZE", 8, 9, right=True, drop=2),
    Column("description", "DESCRIPTION", 14, drop=3),
)


class SnapshotsScreen(TableScreen):
    """One request paints every row; the list is asked for again every few minutes while one looks at it."""

    scope = Scope.SNAPSHOTS
    is_about_snapshots = True
    BINDINGS = bindings(Scope.SNAPSHOTS)

    def __init__(self, place: Place) -> None:
        super().__init__(
            place,
            TableContent(
                one="snapshot",
                many="snapshots",
                empty="This store has no snapshots that this login may see.",
                columns=self.columns,
                row=self.row_of,
                detail=self.about_it,
                open=self.open_one,
                read_names=self.read_names,
                read_details=self.read_details,
                details_ahead=AHEAD,
                read_under_cursor=lambda name: self.snapshots.read_around(name),
                take_values=self.take_values,
                rows=self._rows_of,
                rows_drawn=self._draw_shares,
                properties=lambda name: self.snapshots.properties(name),
                statuses=self.statuses,
                status_word=lambda status: snapshot_looks(status).word,
            ),
        )
        self.listed: Resource[tuple[Summary, ...]] = Empty()
        self._rows_by_id: dict[str, Summary] = {}
        self.snapshots = SnapshotReader(
            self,
            self.rows.draw_detail_soon,
            lambda snapshot: self.details.take(snapshot, self.snapshots.detail(snapshot)),
            self._listed_status,
        )
        self.reads.subscribe(SNAPSHOT_LISTS, lambda store, rows: self._list_changed(rows))
        self.reads.subscribe(SNAPSHOT_TOTALS, lambda key, state: self._draw_shares())

    def columns(self) -> tuple[Column, ...]:
        return COLUMNS

    def body(self) -> ComposeResult:
        with Vertical(id="main"):
            yield Shares()
            yield ResourceTable(empty=self.content.empty, id="list")
        yield Inspector(id="inspector")

    # Reading

    def begin(self) -> None:
        self.listed = Empty()
        super().begin()

    def read(self, again: bool = False) -> None:
        held = self.snapshots.found
        if held and not again and isinstance(self.listed, Empty) and isinstance(held.listed, Ready):
            self.details.answered = {row.snapshot_id or "" for row in held.listed.value if self._is_held(row)}
            self._list_changed(held.listed)  # another place has read them
            return
        self.listed = asked(self.listed, self.now)
        self.details.answered = {name for name in self.details.answered if self.snapshots.status(name) == COMPLETE}
        super().read(again)

    @read_work("names", "list the snapshots")
    async def read_names(self) -> None:
        with suppress(Unauthorized):  # the app saw the 401 and asks for a login
            if held := await self.snapshots.find():
                await held.refresh_list()
            else:
                self.table.empty_words = self._no_store()
                self.call_later(self._list_changed, Ready((), self.now))

    def _is_held(self, row: Summary) -> bool:
        return isinstance(self.snapshots.detail(row.snapshot_id or ""), Ready)

    def _no_store(self) -> str:
        services = self.server.services
        stores = services.session.stores if services else ()
        there = ", ".join(f"{store.id} {store.type}" for store in stores)
        return f"No store of this account keeps snapshots; there are {there}."

    def _list_changed(self, rows: Resource[tuple[Summary, ...]]) -> None:
        self.names_read(self._take(rows))
        if isinstance(rows, Ready) and not self.reads.are_cancelled:
            self._read_totals()

    def _take(self, rows: Resource[tuple[Summary, ...]]) -> Resource[tuple[str, ...]]:
        self.listed = rows
        if isinstance(rows, Ready):
            self._rows_by_id = {row.snapshot_id: row for row in rows.value if row.snapshot_id}
        return holding(rows, tuple(self._rows_by_id))

    def take_values(self) -> None:
        if held := self.snapshots.found:
            self.rows.names = self._take(held.listed)

    @read_work("totals", "total the snapshots")
    async def _read_totals(self) -> None:
        """Another role, and a server before 7.1, has no totals: then the shares have no sum."""

        held = self.snapshots.found
        if held and held.session.capabilities.standing(held.session.store.id, snapshots.TOTALS) in (
            Standing.ALLOWED,
            Standing.UNKNOWN,
        ):
            with suppress(Unauthorized):
                await held.refresh_totals(COMPLETE)

    @read_work("details", "read details of snapshots")
    async def read_details(self, names: Iterable[str]) -> None:
        if held := self.snapshots.found:
            with suppress(Unauthorized):
                await held.details(names)

    def asked_every(self) -> timedelta:
        return LISTED_EVERY

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if KINDS[job.kind].changes_snapshots and job.profile == self.server.name and self.in_view:
            self.read()

    # Drawing

    def _listed_status(self, snapshot: str) -> str | None:
        row = self._rows_by_id.get(snapshot)
        return row.status if row else None

    def row_of(self, name: str) -> Row | None:
        row = self._rows_by_id.get(name)
        return self._row(name, row) if row and self._kept(name) else None

    def _rows_of(self, names: Iterable[str]) -> Sequence[Row]:
        listed = self._rows_by_id  # a row may be painted once more after the next list has come, which lacks it
        return LazyRows(
            [name for name in names if name in listed and self._kept(name)], lambda name: self._row(name, listed[name])
        )

    def _kept(self, name: str) -> bool:
        if self.listing.status == STUCK:
            return self.snapshots.stuck(name) is not None
        return self.listing.status is None or self.listing.status == self.snapshots.status(name)

    def _row(self, name: str, row: Summary) -> Row:
        status = self.snapshots.status(name)
        taken = taken_at(name)
        looks = snapshot_looks(status, stuck=self.snapshots.stuck(name) is not None)
        return Row(
            name,
            (
                Cell(row.source_space_id or name),
                Cell(looks.text, looks.shade, looks.word),
                Cell(age(taken, self.server.now), "dim", -taken.timestamp()) if taken else Cell("", "dim", 0),
                *self._figures(name),
                Cell(row.description or "", "dim"),
            ),
        )

    def _figures(self, name: str) -> tuple[Cell, Cell]:
        match self.snapshots.detail(name):
            case Ready(detail, _) | Stale(detail, _):
                items, size = detail.content_item_count, detail.total_size_in_bytes
                return (
                    Cell("" if items is None else f"{items:,}", "", items or 0),
                    Cell(short_size(size) if size else "", "", size or 0),
                )
        return NOT_HELD, NOT_HELD

    def about_it(self, name: str) -> tuple[Block, ...]:
        return snapshot_blocks(self.snapshots.view(name), self.lines.next_keys, self.now)

    def _draw_shares(self) -> None:
        counted = Counter(row.status for row in self._rows_by_id.values())
        shares = [
            Share(snapshot_looks(status).word, snapshot_looks(status).shade, number)
            for status, number in counted.most_common()
        ]
        held = self.snapshots.found
        totals, words = value_of(held.cached_totals(COMPLETE)) if held else None, ""
        if totals and totals.total_count:
            files, size = totals.total_files or 0, short_size(totals.total_size or 0)
            words = f"complete: {size} in {files:,} files"
        self.query_one(Shares).show(shares, words)

    def statuses(self) -> Iterable[str | None]:
        """The server's words, and whatever is stuck."""
        return (*dict.fromkeys(self.snapshots.status(name) for name in self.rows.all_names), STUCK)

    # Actions

    def subject(self) -> str | None:
        return self.snapshots.space_of(self.table.cursor_key or "")

    def target(self) -> Target:
        return replace(super().target(), snapshot=self.table.cursor_key)

    def open_one(self, name: str) -> None:
        self.server.places.go(self.place.child("snapshot", snapshot=name))

    def request_copy(self) -> Copyable | str:
        return curl_copy(self.session, "POST", task_path(snapshots.LIST.name), {}, "the list of snapshots", b"")
