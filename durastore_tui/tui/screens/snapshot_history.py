"""The history of a snapshot: every event, newest first, taken apart where it can be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, Unauthorized
from durastore_tui.core.resource import Empty, Resource, holding, value_of
from durastore_tui.core.snapshots import facts
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import as_time
from durastore_tui.core.urls import task_path
from durastore_tui.services.history_file import write_history
from durastore_tui.services.kinds_of_reads import HISTORIES
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.copies import Copyable, curl_copy
from durastore_tui.tui.dialogs.export_sheet import ExportChoice, ExportSheet
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.contents_export import UNFIT_FOR_A_FILE
from durastore_tui.tui.screens.snapshot_reader import SnapshotReader
from durastore_tui.tui.screens.table_screen import TableContent, TableScreen
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words
from durastore_tui.tui.wording import age, ago, on_clock

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Event

COLUMNS = (
    Column("when", "WHEN", 16, 16),
    Column("age", "AGE", 6, 6, right=True, drop=1),
    Column("event", "EVENT", 20),
)


class SnapshotHistoryScreen(TableScreen):
    """The rows' keys are numbers from 0 at the newest: two equal events are two."""

    scope = Scope.SNAPSHOT_HISTORY
    BINDINGS = bindings(Scope.SNAPSHOT_HISTORY)

    def __init__(self, place: Place) -> None:
        super().__init__(
            place,
            TableContent(
                one="event",
                many="events",
                empty="Nothing is told of this snapshot.",
                columns=self.columns,
                row=self.row_of,
                detail=self.about_it,
                open=self.open_one,
                read_names=self.read_names,
                title=self.title_of,
                what=lambda: f"the history of {self.snapshot}",
                take_values=self.take_values,
            ),
        )
        self.snapshots = SnapshotReader(self, self.rows.draw_detail_soon)
        self.reads.subscribe(HISTORIES, self._history_changed)
        self.events: Resource[tuple[Event, ...]] = Empty()

    def columns(self) -> tuple[Column, ...]:
        return COLUMNS

    @property
    def snapshot(self) -> str:
        """The exact ID of the snapshot."""
        return self.place.snapshot or ""

    def subject(self) -> str | None:
        return self.snapshots.space_of(self.snapshot)

    # Reading

    @read_work("names", "read the history")
    async def read_names(self) -> None:
        with suppress(Unauthorized):  # the app saw the 401 and asks for a login
            if held := await self.snapshots.find():
                await held.refresh_history(self.snapshot)

    def _history_changed(self, key: tuple[str, str], events: Resource[tuple[Event, ...]]) -> None:
        if key[1] == self.snapshot:
            self.names_read(self._take(events))

    def _take(self, events: Resource[tuple[Event, ...]]) -> Resource[tuple[str, ...]]:
        self.events = events
        return holding(events, tuple(map(str, range(len(self._held())))))

    def take_values(self) -> None:
        if held := self.snapshots.found:
            self.rows.names = self._take(held.history(self.snapshot))

    def _held(self) -> tuple[Event, ...]:
        return value_of(self.events) or ()

    # Drawing

    def row_of(self, name: str) -> Row:
        event = self._held()[int(name)]
        at = as_time(event.history_date)
        return Row(
            name,
            (
                Cell(f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "no time", "" if at else "dim", -int(name)),
                Cell(age(at, self.server.now) if at else "", "dim"),
                Cell(_in_a_line(event.history or ""), "" if event.history else "dim"),
            ),
        )

    def title_of(self, name: str) -> str:
        return f"Event {len(self._held()) - int(name):,} of {len(self._held()):,}"

    def about_it(self, name: str) -> tuple[Block, ...]:
        return tuple(_blocks(self._held()[int(name)], self.server.now))

    # Actions

    def open_one(self, name: str) -> None:
        self.app.push_screen(ReadingScreen(self.title_of(name), self.about_it(name)))

    def copyables(self) -> Iterator[Copyable]:
        if text := self.table.error_text:
            yield Copyable("e", "the error", text, "\n", at_once=True)
        elif name := self.table.cursor_key:
            yield Copyable("y", "the event as it came", self._held()[int(name)].history or "", at_once=True)

    def request_copy(self) -> Copyable | str:
        body = snapshots.HISTORY.request_body({"snapshotId": self.snapshot, "pageNumber": 0, "pageSize": 1000})
        return curl_copy(self.session, "POST", task_path(snapshots.HISTORY.name), {}, "the first page", body)

    def switch_export(self) -> None:
        """Ask for the file; writing it takes no time that could be stopped."""
        name = UNFIT_FOR_A_FILE.sub("_", f"{self.snapshot} history")[:120]
        before = ExportChoice(Path(f"{name}.csv"))
        self.app.push_screen(ExportSheet(f"the history of {self.snapshot}", before), self._chosen)

    def _chosen(self, choice: ExportChoice | None) -> None:
        if choice:
            self._write(choice)

    @work(group="export", exclusive=True, exit_on_error=False, description="export the history")
    async def _write(self, choice: ExportChoice) -> None:
        events = self._held()
        try:
            await asyncio.to_thread(write_history, events, choice.path, choice.form)
        except BadInput as wrong:
            self.post_message(Told(wrong.sentence, "error", stays=True))
        else:
            self.post_message(Told(f"{len(events):,} events are in {choice.path.absolute()}.", stays=True))


def _in_a_line(text: str) -> str:
    """The values of what can be taken apart, the action first; any other text as it came."""
    found = facts(text)
    if found is None:
        return text or "an empty event"
    return "  ".join(", ".join(value) if isinstance(value, tuple) else value or "" for _, value in found)


def _blocks(event: Event, now: datetime) -> Iterable[Block]:
    at = as_time(event.history_date)
    yield Heading("EVENT")
    if at:
        yield Fact("local", on_clock(at))
        yield Fact("utc", f"{at:%Y-%m-%d %H:%M:%S}, {ago(at, now)}")
    found = facts(event.history or "")
    for name, value in found or ():
        yield Fact(name, ", ".join(value) if isinstance(value, tuple) else value or "", exact=True)
    yield Heading("AS IT CAME")
    yield Words(event.history or "an empty event", "dim", exact=True)
