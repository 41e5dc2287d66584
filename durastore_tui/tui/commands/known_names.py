"""What a person may mean by a name: the ids that are held, without asking for any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.config import profile_file
from durastore_tui.core.resource import Ready, Stale
from durastore_tui.core.tasks import TASKS
from durastore_tui.tui.themes import THEMES

if TYPE_CHECKING:
    from durastore_tui.tui.screens.place_screen import PlaceScreen

OURS = "durastore-"


def profiles(shell: PlaceScreen) -> tuple[str, ...]:
    """The one in view, and those of the file; raises BadInput where the file is wrong."""
    here = shell.server.profile
    return tuple(dict.fromkeys([*([here.name] if here else []), *profile_file.read().profiles]))


def spaces(shell: PlaceScreen) -> tuple[str, ...]:
    """Those of the current store."""
    return shell.server.space_names


def snapshots(shell: PlaceScreen) -> tuple[str, ...]:
    """Newest first; none before *Snapshots* was opened."""
    services = shell.server.services
    found = services.preservation.found if services else None
    match found.listed if found else None:
        case Ready(rows, _) | Stale(rows, _):
            return tuple(row.snapshot_id for row in rows if row.snapshot_id)
    return ()


def stores(shell: PlaceScreen) -> tuple[str, ...]:
    """Of this server."""
    services = shell.server.services
    return tuple(store.id for store in services.session.stores) if services else ()


def jobs(shell: PlaceScreen) -> tuple[str, ...]:
    """Of every server."""
    return tuple(job.id for job in shell.durastore.jobs)


def tasks(shell: PlaceScreen) -> tuple[str, ...]:
    """That we have a declaration of."""
    return tuple(TASKS)


def themes(shell: PlaceScreen) -> tuple[str, ...]:
    """By their last word: `theme_of` has it whole."""
    return tuple(theme.name.removeprefix(OURS) for theme in THEMES)


def theme_of(word: str) -> str:
    """The theme's own name."""
    return f"{OURS}{word}"


def columns(shell: PlaceScreen) -> tuple[str, ...]:
    """That the list in view can be sorted by."""
    return tuple(column.key for column in shell.listing.sort_columns) if shell.listing else ()
