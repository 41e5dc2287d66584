"""Every screen once: its name in a place, its title, and its key if it is reached from anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from durastore_tui.tui.screens.shell import Shell


def _home() -> type[Shell]:
    from durastore_tui.tui.screens.home import HomeScreen

    return HomeScreen


def _spaces() -> type[Shell]:
    from durastore_tui.tui.screens.spaces import SpacesScreen

    return SpacesScreen


def _streaming() -> type[Shell]:
    from durastore_tui.tui.screens.streaming import StreamingScreen

    return StreamingScreen


def _policies() -> type[Shell]:
    from durastore_tui.tui.screens.policies import PoliciesScreen

    return PoliciesScreen


def _space() -> type[Shell]:
    from durastore_tui.tui.screens.space import SpaceScreen

    return SpaceScreen


def _contents() -> type[Shell]:
    from durastore_tui.tui.screens.contents import ContentsScreen

    return ContentsScreen


def _snapshots() -> type[Shell]:
    from durastore_tui.tui.screens.snapshots import SnapshotsScreen

    return SnapshotsScreen


def _snapshot() -> type[Shell]:
    from durastore_tui.tui.screens.snapshot import SnapshotScreen

    return SnapshotScreen


def _snapshot_history() -> type[Shell]:
    from durastore_tui.tui.screens.snapshot_history import SnapshotHistoryScreen

    return SnapshotHistoryScreen


def _restores() -> type[Shell]:
    from durastore_tui.tui.screens.restores import RestoresScreen

    return RestoresScreen


def _snapshot_contents() -> type[Shell]:
    from durastore_tui.tui.screens.snapshot_contents import SnapshotContentsScreen

    return SnapshotContentsScreen


def _item() -> type[Shell]:
    from durastore_tui.tui.screens.item import ItemScreen

    return ItemScreen


def _jobs() -> type[Shell]:
    from durastore_tui.tui.screens.jobs import JobsScreen

    return JobsScreen


def _job() -> type[Shell]:
    from durastore_tui.tui.screens.job import JobScreen

    return JobScreen


def _requests() -> type[Shell]:
    from durastore_tui.tui.screens.requests import RequestsScreen

    return RequestsScreen


def _tasks() -> type[Shell]:
    from durastore_tui.tui.screens.tasks import TasksScreen

    return TasksScreen


class Row(NamedTuple):
    """`load` imports the screen when it is first shown; a `key` makes it a root."""

    name: str
    title: str
    load: Callable[[], type[Shell]]
    key: str = ""


SCREENS = {
    row.name: row
    for row in (
        Row("home", "Home", _home, "0"),
        Row("spaces", "Spaces", _spaces, "1"),
        Row("streaming", "Streaming", _streaming, "2"),
        Row("jobs", "Jobs", _jobs, "5"),
        Row("job", "Job", _job),
        Row("policies", "Policies", _policies, "3"),
        Row("space", "Space", _space),
        Row("contents", "Contents", _contents),
        Row("item", "Item", _item),
        Row("snapshots", "Snapshots", _snapshots, "4"),
        Row("snapshot", "Snapshot", _snapshot),
        Row("snapshot_contents", "Contents", _snapshot_contents),
        Row("snapshot_history", "History", _snapshot_history),
        Row("restores", "Restores", _restores),
        Row("tasks", "Tasks", _tasks, "6"),
        Row("requests", "Requests", _requests, "7"),
    )
}
