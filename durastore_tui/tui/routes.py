"""The screen of each place, loaded when it is first shown. The app alone imports this."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from durastore_tui.tui.screens.place_screen import PlaceScreen


def screen_class(name: str) -> type[PlaceScreen]:
    """The screen for a name of the table of places; raises KeyError for another name."""
    match name:
        case "home":
            from durastore_tui.tui.screens.home import HomeScreen

            return HomeScreen
        case "spaces":
            from durastore_tui.tui.screens.spaces import SpacesScreen

            return SpacesScreen
        case "streaming":
            from durastore_tui.tui.screens.streaming import StreamingScreen

            return StreamingScreen
        case "policies":
            from durastore_tui.tui.screens.policies import PoliciesScreen

            return PoliciesScreen
        case "snapshots":
            from durastore_tui.tui.screens.snapshots import SnapshotsScreen

            return SnapshotsScreen
        case "jobs":
            from durastore_tui.tui.screens.jobs import JobsScreen

            return JobsScreen
        case "tasks":
            from durastore_tui.tui.screens.tasks import TasksScreen

            return TasksScreen
        case "requests":
            from durastore_tui.tui.screens.requests import RequestsScreen

            return RequestsScreen
    return _opened_from_another(name)


def _opened_from_another(name: str) -> type[PlaceScreen]:
    match name:
        case "space":
            from durastore_tui.tui.screens.space import SpaceScreen

            return SpaceScreen
        case "contents":
            from durastore_tui.tui.screens.contents import ContentsScreen

            return ContentsScreen
        case "item":
            from durastore_tui.tui.screens.item import ItemScreen

            return ItemScreen
        case "snapshot":
            from durastore_tui.tui.screens.snapshot import SnapshotScreen

            return SnapshotScreen
        case "snapshot_contents":
            from durastore_tui.tui.screens.snapshot_contents import SnapshotContentsScreen

            return SnapshotContentsScreen
        case "snapshot_history":
            from durastore_tui.tui.screens.snapshot_history import SnapshotHistoryScreen

            return SnapshotHistoryScreen
        case "restores":
            from durastore_tui.tui.screens.restores import RestoresScreen

            return RestoresScreen
        case "job":
            from durastore_tui.tui.screens.job import JobScreen

            return JobScreen
    raise KeyError(name)
