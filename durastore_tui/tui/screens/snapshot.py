"""One snapshot on a page of its own."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from textual.app import ComposeResult

from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Resource
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.urls import task_path
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.copies import Copyable, curl_copy, property_copies
from durastore_tui.tui.details.snapshot_facts import snapshot_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.snapshot_reader import SnapshotReader
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.widgets.inspector import Inspector

READ_EVERY = timedelta(minutes=1)


class SnapshotPage(PlaceScreen):
    """A page about the snapshot of this place; what is under way is read again every minute."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.snapshots = SnapshotReader(self, self.draw_snapshot)

    @abstractmethod
    def blocks(self) -> tuple[Block, ...]:
        """What the page says."""

    def body(self) -> ComposeResult:
        yield Inspector(id="list")

    @property
    def snapshot(self) -> str:
        """The exact ID of the snapshot."""
        return self.place.snapshot or ""

    def subject(self) -> str | None:
        return self.snapshots.space_of(self.snapshot)

    def read(self, again: bool = False) -> None:
        self.draw_snapshot()
        self.snapshots.read_around(self.snapshot)

    def asked_every(self) -> timedelta | None:
        moving = self.snapshots.status(self.snapshot) not in snapshots.STATUSES[4:]
        return READ_EVERY if moving else None

    def shown(self) -> Resource[Any]:
        return self.snapshots.detail(self.snapshot)

    def tick(self) -> None:
        super().tick()
        self.draw_snapshot()

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.profile == self.server.name and self.snapshot in (job.target or "", job.space):
            self.snapshots.read_around(self.snapshot)

    def draw_snapshot(self) -> None:
        """Draw the page anew."""
        self.query_one("#list", Inspector).show(self.snapshot, self.blocks())
        self.draw_lines()

    def copyables(self) -> Iterator[Copyable]:
        yield Copyable("y", "the snapshot id", self.snapshot)
        yield from property_copies(self.snapshots.properties(self.snapshot))


class SnapshotScreen(SnapshotPage):
    """Status, source, size, preservation; from here to its contents, history and restores."""

    scope = Scope.SNAPSHOT
    BINDINGS = bindings(Scope.SNAPSHOT)

    def blocks(self) -> tuple[Block, ...]:
        return snapshot_blocks(self.snapshots.view(self.snapshot), self.lines.next_keys, self.now)

    def request_copy(self) -> Copyable | str:
        body = snapshots.SHOW.request_body({"snapshotId": self.snapshot})
        return curl_copy(self.session, "POST", task_path(snapshots.SHOW.name), {}, "the snapshot", body)
