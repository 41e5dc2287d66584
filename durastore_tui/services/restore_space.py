"""The space that a restore makes: its name is known beforehand, and one that is there already blocks the restore
(protocol §7.20, §8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from durastore_tui.api import spaces as api_spaces
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.curl import curl
from durastore_tui.core.errors import Missing
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.urls import address, space_path
from durastore_tui.services.session import Session


@dataclass(frozen=True, slots=True)
class RestoreSpace:
    """Its id, the id before the server's cut to 42 characters, and what it shows: None while it is not there."""

    id: str
    uncut: str
    properties: SpaceProperties | None

    @property
    def cut(self) -> bool:
        """Whether the name lost its end, so that another snapshot's restore can want the same one."""
        return self.id != self.uncut

    @property
    def restore(self) -> str | None:
        """The restore that the space says it belongs to."""
        return self.properties.restore_id if self.properties else None

    @property
    def orphan(self) -> bool:
        """Whether a refused restore left it behind: it is there, and belongs to no restore."""
        return self.properties is not None and not self.properties.restore_id


async def restore_space(session: Session, snapshot: str) -> RestoreSpace | None:
    """Looks whether it is there; None for a snapshot id that the server cannot take apart. Raises the error tree."""
    parts = taken_apart(snapshot)
    if parts is None:
        return None
    try:
        shown = await api_spaces.properties(session.transport, session.store.id, parts.restore_space)
    except Missing:
        shown = None
    return RestoreSpace(parts.restore_space, parts.uncut_restore_space, shown)


async def blocked(space: RestoreSpace, snapshot: str, session: Session) -> str | None:
    """Why the server would refuse to restore the snapshot into it, and what to do; None when it is not there."""
    if space.restore:
        return await _in_use(space.id, space.restore, snapshot, session)
    if space.properties is None:
        return None
    if space.properties.count == "0":
        left = f"A restore that was refused left the empty space {space.id} behind; while it is there all are refused."
        return f"{left} This deletes it: `{deletion(space.id, session)}`"
    return f"The space {space.id} is there already, with items and without a restore; a restore would need that name."


async def _in_use(space: str, restore: str, snapshot: str, session: Session) -> str:
    try:
        shown = cast(Restore, (await session.run(restores.SHOW, {"restoreId": restore})).value)
    except Missing:
        return f"The space {space} belongs to {restore}, which the server does not know any more."
    if shown.snapshot_id != snapshot:
        return f"The space {space} belongs to a restore of another snapshot, {shown.snapshot_id}: names that long meet."
    return f"There is a restore of it already, to the space {space}: {restore} is {shown.status}."


def deletion(space: str, session: Session) -> str:
    """The request that deletes a space, as a curl line; no task does, and it takes an administrator."""
    url = address(session.endpoint.url, space_path(space), {"storeID": session.store.id})
    return curl("DELETE", url, user=session.endpoint.user, ca_file=session.endpoint.ca_file)
