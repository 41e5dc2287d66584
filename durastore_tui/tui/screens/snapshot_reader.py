"""What places show of a snapshot, and how it is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import Empty, Ready, Resource, value_of
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.transfer import transfer
from durastore_tui.services.kinds_of_reads import NIGHTS, RESTORE_SPACES, RESTORES, SNAPSHOTS, SPACE_PROPERTIES
from durastore_tui.services.read_cache import Kind
from durastore_tui.services.snapshot_list import MAY_STICK, begun, stuck, taken_at
from durastore_tui.tui.details.snapshot_facts import SnapshotView
from durastore_tui.tui.dialogs.store_sheet import StoreSheet
from durastore_tui.tui.screens.place_screen import PlaceScreen

if TYPE_CHECKING:
    from durastore_tui.core.tasks.snapshots import Snapshot
    from durastore_tui.core.transfer import Transfer
    from durastore_tui.services.snapshot_list import Snapshots


class SnapshotReader:
    """Reads snapshots for a place, in the store that has them, whichever is the current one.

    `draw` is called when something beside a snapshot was read, `changed` when the details of one were. `listed` gives
    its status in a list, if the place has one.
    """

    def __init__(
        self,
        place: PlaceScreen,
        draw: Callable[[], None],
        changed: Callable[[str], None] | None = None,
        listed: Callable[[str], str | None] = lambda snapshot: None,
    ) -> None:
        self._place = place
        self._listed = listed
        place.reads.subscribe(SNAPSHOTS, lambda key, state: changed(key[1]) if changed else draw())
        kinds: tuple[Kind[Any, Any], ...] = (RESTORES, RESTORE_SPACES, SPACE_PROPERTIES, NIGHTS)
        for kind in kinds:
            place.reads.subscribe(kind, lambda key, state: draw())

    @property
    def found(self) -> Snapshots | None:
        """The snapshots of the store; None before it is found."""
        services = self._place.server.services
        return services.preservation.found if services else None

    async def find(self) -> Snapshots | None:
        """Find the store, and ask which one where there are several; raises Unauthorized."""
        services = self._place.server.services
        if services is None:
            return None
        choice = await services.preservation.find()
        if choice and (store := await self._place.app.push_screen_wait(StoreSheet(choice))):
            services.preservation.use(store)
        return services.preservation.found

    # What is cached

    def detail(self, snapshot: str) -> Resource[Snapshot]:
        """The details of a snapshot."""
        return self.found.held(snapshot) if self.found else Empty()

    def properties(self, snapshot: str) -> Mapping[str, object] | None:
        """The details by name, for copies."""
        detail = value_of(self.detail(snapshot))
        return asdict(detail) if detail else None

    def space_of(self, snapshot: str) -> str | None:
        """The ID of the space that it was taken of."""
        detail = value_of(self.detail(snapshot))
        if detail and detail.source_space_id:
            return detail.source_space_id
        parts = taken_apart(snapshot)
        return parts.space if parts else None

    def status(self, snapshot: str) -> str | None:
        """The newest status."""
        match self.detail(snapshot):
            case Ready(value, _):
                return value.status
        return self._listed(snapshot)

    def view(self, snapshot: str) -> SnapshotView:
        """All that is known of a snapshot."""
        found = self.found
        return SnapshotView(
            snapshot,
            self._listed(snapshot),
            taken_at(snapshot),
            self.detail(snapshot),
            self._transfer(snapshot),
            self.stuck(snapshot),
            found.held_restore(snapshot) if found else Empty(),
            found.restore_space(snapshot) if found else Empty(),
            self._place.server.ahead,
        )

    def stuck(self, snapshot: str) -> str | None:
        """Why it will not go on by itself, or seems not to."""
        status, server = self.status(snapshot), self._place.server
        if status not in MAY_STICK:
            return None
        return stuck(status, begun(snapshot, server.own_jobs, server.ahead), self._place.server.now)

    def _transfer(self, snapshot: str) -> Transfer | None:
        found, detail = self.found, value_of(self.detail(snapshot))
        if found is None or detail is None:
            return None
        space = detail.source_space_id or ""
        sample, properties = found.reports.of(space), value_of(found.spaces.held(space))
        return transfer(
            detail,
            reported=sample.items if sample else None,
            day=sample.day if sample else None,
            shown=properties.count if properties else None,
        )

    # Reading

    def read_around(self, snapshot: str) -> None:
        """Start to read one snapshot and what stands beside it: its restore and the restored space, its transfer."""
        self._place.reads.start("around", "read a snapshot and its restore", partial(self._read_around, snapshot))

    async def _read_around(self, snapshot: str) -> None:
        with suppress(Unauthorized):  # the app saw the 401 and asks for a login
            if found := await self.find():
                await found.details([snapshot])
                await asyncio.gather(
                    found.refresh_restore(snapshot),
                    found.refresh_restore_space(snapshot),
                    self._read_source(found, snapshot),
                )

    async def _read_source(self, found: Snapshots, snapshot: str) -> None:
        """The size of the source space, which the progress of a transfer is measured against."""
        match self.detail(snapshot):
            case Ready(detail, _) if detail.source_space_id and self._transfer(snapshot):
                await found.reports.read_night()
                if found.reports.of(detail.source_space_id) is None:
                    await found.spaces.properties([detail.source_space_id])
