"""What every place of snapshots shares: the store they are in, what is held of one, and how it is read."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import Empty, Ready, Resource, Stale
from durastore_tui.core.transfer import transfer
from durastore_tui.services.kinds_of_reads import NIGHTS, RESTORE_SPACES, RESTORES, SNAPSHOTS, SPACE_PROPERTIES
from durastore_tui.services.read_cache import Kind
from durastore_tui.services.snapshot_list import MAY_STICK, begun, stuck, taken_at
from durastore_tui.tui.facts.snapshot_facts import SnapshotView
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.screens.store_sheet import StoreSheet

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Snapshot
    from durastore_tui.core.transfer import Transfer
    from durastore_tui.services.snapshot_list import Snapshots


class SnapshotPlace(Shell):
    """Works on the store with the snapshots, whichever is the current one."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.reads.subscribe(SNAPSHOTS, lambda key, state: self.snapshot_changed(key[1]))
        kinds: tuple[Kind[Any, Any], ...] = (RESTORES, RESTORE_SPACES, SPACE_PROPERTIES, NIGHTS)
        for kind in kinds:
            self.reads.subscribe(kind, lambda key, state: self.draw_snapshot())

    @property
    def of_snapshots(self) -> bool:
        return True

    @property
    def held_snapshots(self) -> Snapshots | None:
        """What was read of the store; None before it is found."""
        services = self.server.services
        return services.preservation.found if services else None

    async def find_snapshots(self) -> Snapshots | None:
        """Finds the store, and asks which is meant where several could be. Raises Unauthorized."""
        services = self.server.services
        if services is None:
            return None
        choice = await services.preservation.find()
        if choice and (store := await self.app.push_screen_wait(StoreSheet(choice))):
            services.preservation.use(store)
        return services.preservation.found

    # What is held

    def listed_status(self, snapshot: str) -> str | None:
        """The status in the list, where there is one."""
        return None

    def detail(self, snapshot: str) -> Resource[Snapshot]:
        """A snapshot's details as they are held now."""
        return self.held_snapshots.held(snapshot) if self.held_snapshots else Empty()

    def snapshot_properties(self, snapshot: str) -> Mapping[str, object] | None:
        """What the server said of it, as far as it is held."""
        match self.detail(snapshot):
            case Ready(value, _) | Stale(value, _):
                return asdict(value)
        return None

    def status(self, snapshot: str) -> str | None:
        """The newest word of the server that is held."""
        match self.detail(snapshot):
            case Ready(value, _):
                return value.status
        return self.listed_status(snapshot)

    def view(self, snapshot: str) -> SnapshotView:
        """All that is known of it."""
        held, taken = self.held_snapshots, taken_at(snapshot)
        return SnapshotView(
            snapshot,
            self.listed_status(snapshot),
            taken,
            self.detail(snapshot),
            self._transfer(snapshot),
            self.stuck(snapshot),
            held.held_restore(snapshot) if held else Empty(),
            held.restore_space(snapshot) if held else Empty(),
            self.server.ahead,
        )

    def stuck(self, snapshot: str) -> str | None:
        """Why it will not go on by itself, or seems not to."""
        status = self.status(snapshot)
        if status not in MAY_STICK:
            return None
        return stuck(status, begun(snapshot, self.server.own_jobs, self.server.ahead), self.server_now)

    def _transfer(self, snapshot: str) -> Transfer | None:
        held = self.held_snapshots
        match self.detail(snapshot):
            case Ready(detail, _) | Stale(detail, _) if held:
                space = detail.source_space_id or ""
                sample = held.reports.of(space)
                match held.spaces.held(space):
                    case Ready(properties, _) | Stale(properties, _):
                        shown = properties.count
                    case _:
                        shown = None
                reported = sample.items if sample else None
                return transfer(detail, reported=reported, day=sample.day if sample else None, shown=shown)
        return None

    # Reading

    @abstractmethod
    def draw_snapshot(self) -> None:
        """Something new is held of the snapshot in view."""

    def snapshot_changed(self, snapshot: str) -> None:
        """The details of a snapshot were read, or could not be."""
        self.draw_snapshot()

    @read_work("around", "read a snapshot and its restore")
    async def read_around(self, snapshot: str) -> None:
        """Reads what stands beside one snapshot: its restore, the restored space, and how far its transfer is."""
        with suppress(Unauthorized):  # the app saw the 401 and asks for a login
            if held := await self.find_snapshots():
                await held.details([snapshot])
                await asyncio.gather(
                    held.settle_restore(snapshot),
                    held.refresh_restore_space(snapshot),
                    self._read_source(held, snapshot),
                )

    async def _read_source(self, held: Snapshots, snapshot: str) -> None:
        """The source space's size, which the progress of a transfer is measured against."""
        match self.detail(snapshot):
            case Ready(detail, _) if detail.source_space_id and self._transfer(snapshot):
                await held.reports.read_night()
                if held.reports.of(detail.source_space_id) is None:
                    await held.spaces.properties([detail.source_space_id])
