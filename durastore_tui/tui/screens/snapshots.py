"""Snapshots: all at once, details for the rows on screen first, and which of them need somebody."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Ready, Resource, asked, value_of
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.urls import task_path
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.kinds_of_reads import SNAPSHOT_LISTS, SNAPSHOT_TOTALS
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.details.snapshot_facts import snapshot_blocks
from durastore_tui.tui.details.snapshot_words import snapshot_looks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.snapshot_reader import SnapshotReader
from durastore_tui.tui.screens.snapshot_rows import COLUMNS, SnapshotRows
from durastore_tui.tui.screens.table_screen import TableContent, TableScreen
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector
from durastore_tui.tui.widgets.resource_table import ResourceTable
from durastore_tui.tui.widgets.shares import Shares
from durastore_tui.tui.wording import short_size

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Summary

COMPLETE = "SNAPSHOT_COMPLETE"
AHEAD = 200
"""Details beyond the rows on screen that are read without being asked for."""
LISTED_EVERY = timedelta(minutes=2)
"""The server has it from the bridge, which is slow; a snapshot takes hours."""


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
                columns=lambda: COLUMNS,
                row=lambda name: self.listed.row(name),
                detail=self.about_it,
                open=self.open_one,
                read_names=self.read_names,
                read_details=self.read_details,
                details_ahead=AHEAD,
                read_under_cursor=lambda name: self.snapshots.read_around(name),
                take_values=self.take_values,
                rows=lambda names: self.listed.rows(names),
                rows_drawn=self._draw_shares,
                properties=lambda name: self.snapshots.properties(name),
                statuses=lambda: self.listed.statuses(self.rows.all_names),
                status_word=lambda status: snapshot_looks(status).word,
            ),
        )
        self.snapshots = SnapshotReader(
            self,
            self.rows.draw_detail_soon,
            lambda snapshot: self.details.take(snapshot, self.snapshots.detail(snapshot)),
            lambda snapshot: self.listed.status_of(snapshot),
        )
        self.listed = SnapshotRows(self, self.snapshots, lambda: self.listing.status)
        self.reads.subscribe(SNAPSHOT_LISTS, lambda store, rows: self._list_changed(rows))
        self.reads.subscribe(SNAPSHOT_TOTALS, lambda key, state: self._draw_shares())

    def body(self) -> ComposeResult:
        with Vertical(id="main"):
            yield Shares()
            yield ResourceTable(empty=self.content.empty, id="list")
        yield Inspector(id="inspector")

    # Reading

    def begin(self) -> None:
        self.listed.summaries = Empty()
        super().begin()

    def read(self, again: bool = False) -> None:
        held = self.snapshots.found
        if held and not again and isinstance(self.listed.summaries, Empty) and isinstance(held.listed, Ready):
            self.details.answered = {row.snapshot_id or "" for row in held.listed.value if self._is_held(row)}
            self._list_changed(held.listed)  # another place has read them
            return
        self.listed.summaries = asked(self.listed.summaries, self.now)
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
        self.names_read(self.listed.take(rows))
        if isinstance(rows, Ready) and not self.reads.are_cancelled:
            self._read_totals()

    def take_values(self) -> None:
        if held := self.snapshots.found:
            self.rows.names = self.listed.take(held.listed)

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

    def about_it(self, name: str) -> tuple[Block, ...]:
        return snapshot_blocks(self.snapshots.view(name), self.lines.next_keys, self.now)

    def _draw_shares(self) -> None:
        held = self.snapshots.found
        totals, words = value_of(held.cached_totals(COMPLETE)) if held else None, ""
        if totals and totals.total_count:
            files, size = totals.total_files or 0, short_size(totals.total_size or 0)
            words = f"complete: {size} in {files:,} files"
        self.query_one(Shares).show(self.listed.shares(), words)

    # Actions

    def subject(self) -> str | None:
        return self.snapshots.space_of(self.table.cursor_key or "")

    def target(self) -> Target:
        return replace(super().target(), snapshot=self.table.cursor_key)

    def open_one(self, name: str) -> None:
        self.server.places.go(self.place.child("snapshot", snapshot=name))

    def request_copy(self) -> Copyable | str:
        return curl_copy(self.session, "POST", task_path(snapshots.LIST.name), {}, "the list of snapshots", b"")
