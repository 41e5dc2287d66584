"""Reads what Home counts and nobody has read yet: in the background, two at a time, and no thing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from durastore_tui.api.stores import Store
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Loading, Ready, Resource, value_of
from durastore_tui.services.overview import may_be_restored, of_restores
from durastore_tui.services.snapshot_list import Preservation, Snapshots
from durastore_tui.services.spaces import Spaces

T = TypeVar("T")
AT_ONCE = 2


async def read_spaces(spaces: Spaces, *, again: bool = False) -> None:
    """Reads the names and each space's properties; `again` also what is cached. Raises Unauthorized."""
    names = await _names(spaces, again)
    await spaces.properties(_wanted(names, spaces.held, again), at_once=AT_ONCE)


async def read_snapshots(
    preservation: Preservation,
    spaces: Spaces | None,
    jobs: Iterable[Job],
    *,
    again: bool = False,
) -> tuple[Store, ...]:
    """The list, and the last restore of those whose restored space is there or that a job follows; `spaces` are those
    of the current store, whose names may be held. Gives the stores to choose from where several keep snapshots, and
    asks nothing more of them. Raises Unauthorized."""
    choice = await preservation.find()
    held = preservation.found
    if held is None:
        return choice
    rows = held.listed if isinstance(held.listed, Ready) and not again else await held.refresh_list()
    if value_of(rows):
        asked = await restorable(held, spaces, jobs, again=again)
        await held.restores(_wanted(asked, held.held_restore, again), AT_ONCE)
    return ()


async def restorable(
    held: Snapshots, spaces: Spaces | None, jobs: Iterable[Job], *, again: bool = False
) -> tuple[str, ...]:
    """Which snapshots to ask; one request tells it of all, and those whose space is gone have nothing left to
    expire."""
    await _names(spaces_of(held, spaces), again)
    return restored_of(held, spaces, jobs)


def restored_of(held: Snapshots, spaces: Spaces | None, jobs: Iterable[Job]) -> tuple[str, ...]:
    """The same out of what is held."""
    rows = value_of(held.listed) or ()
    names = value_of(spaces_of(held, spaces).held_names) or ()
    followed = of_restores(jobs, (row.snapshot_id or "" for row in rows))
    return tuple(dict.fromkeys((*may_be_restored(rows, names), *followed)))


def spaces_of(held: Snapshots, spaces: Spaces | None) -> Spaces:
    """Those of the snapshots' store: the ones that other places read too, where that is the current store."""
    return spaces if spaces and spaces.store == held.session.store.id else held.spaces


async def _names(spaces: Spaces, again: bool) -> tuple[str, ...]:
    held = spaces.held_names
    return value_of(held if isinstance(held, Ready) and not again else await spaces.refresh_names()) or ()


def _wanted(keys: Iterable[str], held: Callable[[str], Resource[T]], again: bool) -> Iterator[str]:
    """Those that nobody has read, each looked at as its turn comes: other places read as well."""
    return (key for key in keys if again or isinstance(held(key), Empty | Loading))
