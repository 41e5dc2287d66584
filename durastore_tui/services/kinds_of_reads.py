"""The kinds of values in the read cache, with the types of their keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from durastore_tui.services.read_cache import Kind

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties
    from durastore_tui.api.reports import Night, Sample
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.core.tasks.restores import Restore
    from durastore_tui.core.tasks.snapshots import Event, Snapshot, Summary, Totals
    from durastore_tui.services.restore_space import RestoreSpace

Store = str
InStore = tuple[str, str]
"""The ID of a store, and the ID of a space or a snapshot in it."""

SPACE_NAMES: Kind[Store, tuple[str, ...]] = Kind("space names")
SPACE_PROPERTIES: Kind[InStore, SpaceProperties] = Kind("space properties")
ACCESS_LISTS: Kind[InStore, Mapping[str, str]] = Kind("access lists")
ITEM_PROPERTIES: Kind[tuple[str, str, str], ItemProperties] = Kind("item properties", most=2_000)
NIGHTS: Kind[Store, Night] = Kind("last night's reports")
DAYS: Kind[tuple[str, date], Night] = Kind("reports of days", most=30)
STORE_GROWTH: Kind[Store, tuple[Sample, ...]] = Kind("storage by day")
SPACE_GROWTH: Kind[InStore, tuple[Sample, ...]] = Kind("storage by month")
SNAPSHOT_LISTS: Kind[Store, tuple[Summary, ...]] = Kind("snapshot lists")
SNAPSHOTS: Kind[InStore, Snapshot] = Kind("snapshots")
SNAPSHOT_TOTALS: Kind[InStore, Totals] = Kind("snapshot totals")
RESTORES: Kind[InStore, Restore | None] = Kind("restores")
RESTORE_SPACES: Kind[InStore, RestoreSpace | None] = Kind("restore spaces")
HISTORIES: Kind[InStore, tuple[Event, ...]] = Kind("histories", most=12)
