"""Where this login's snapshots are: the store that has them, whichever store is the current one."""

from __future__ import annotations

import asyncio

from durastore_tui.api.stores import Store
from durastore_tui.core.tasks import snapshots
from durastore_tui.services.session import Session
from durastore_tui.services.snapshot_list import Snapshots


class Preservation:
    """Finds the store once; ids come from the server's own list alone (protocol §5)."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._finding = asyncio.Lock()
        self.found: Snapshots | None = None

    async def find(self) -> tuple[Store, ...]:
        """Uses the current store if it has snapshots, else the only one that does. Gives the ones to choose from when
        there are several; nothing is found where there are none. Raises Unauthorized."""
        async with self._finding:  # two places may look for it at once
            if self.found:
                return ()
            having = await self._session.stores_with(snapshots.LIST)
            here = [store for store in having if store.id == self._session.store.id] or having
            if len(here) == 1:
                self.use(here[0])
                return ()
            return having

    def use(self, store: Store) -> Snapshots:
        """The snapshots of this store from now on."""
        self.found = Snapshots(self._session.at(store))
        return self.found
