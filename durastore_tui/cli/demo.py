"""The demo: a stand-in server of our own, with data that lasts from one time to the next."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from durastore_tui.cli.demo_data import DemoCopy, DemoData
from durastore_tui.cli.options import DEMO_USER
from durastore_tui.cli.stand_in import StandIn
from durastore_tui.config import places, profile
from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret

KEPT_FOR = timedelta(days=7)
LOOKS_FOR_FREE_DATA = 8
BETWEEN_LOOKS = 0.25
BUSY = "Another demo is running: this one works on a copy of its own, which is thrown away at the end."


@dataclass(frozen=True, slots=True)
class DemoServer:
    """Where the stand-in answers, and with which login. `notice` is a sentence for the person, or nothing."""

    profile: profile.Profile
    password: Secret
    notice: str = ""


class Demo:
    """A demo world, as somebody, for as long as it is not closed."""

    def __init__(self, world: str, user: str | None, *, fresh: bool, read_only: bool, clock: Clock | None = None):
        if not re.fullmatch(r"[a-z][a-z0-9-]*", world):
            raise BadInput("world", f"{world!r} is no name of a demo world; one is lakeshore.")
        self.world = world
        self.user = user or DEMO_USER
        self._fresh = fresh
        self._new = False
        self._read_only = read_only
        self._clock = clock or WallClock()
        self._data = DemoData(world)
        self._copy: DemoCopy | None = None
        self._keeps_nothing = False
        self._stand_in: StandIn | None = None
        self._server: DemoServer | None = None

    def launch(self) -> StandIn | None:
        """Starts the stand-in if the data is free: takes a few milliseconds, waits for nothing."""
        try:
            if not self._data.claimed():
                return None
        except OSError:
            self._keeps_nothing = True
            return None
        self._new = self._fresh or self._data.older_than(KEPT_FOR, self._clock.now())
        if self._new:
            self._data.begin(self._clock.now())
        self._fresh = False
        self._stand_in = StandIn(self._data.file, edge_port=self._data.edge_port, claim=self._data.claim)
        return self._stand_in

    async def server(self) -> DemoServer:
        """Waits until the stand-in answers, and starts it if need be; raises Unreachable, and BadInput for an
        unknown world or user."""
        if self._stand_in is None or not self._stand_in.alive:
            self.close()
            self._stand_in = await self._launched_or_copied()
        if self._new:
            await asyncio.to_thread(_forget_jobs, self.world)
            self._new = False
        if self._server is None:
            self._server = self._login(await self._stand_in.ready())
        return self._server

    def close(self) -> None:
        """Ends the stand-in, so that the next demo finds the data free."""
        if self._stand_in:
            self._stand_in.close()
        self._stand_in = self._server = None
        self._data.release()
        if self._copy:
            self._copy.remove()
            self._copy = None

    async def _launched_or_copied(self) -> StandIn:
        for _ in range(LOOKS_FOR_FREE_DATA):  # the demo before this one may be on its way out
            if launched := self.launch():
                return launched
            if self._keeps_nothing:
                break
            await self._clock.sleep(BETWEEN_LOOKS)
        self._copy = DemoCopy()
        file = self._copy.folder / self._data.file.name
        if not (self._fresh or self._keeps_nothing):
            await asyncio.to_thread(self._data.copy_to, file)
        return StandIn(file, claim=self._copy.claim)

    def _login(self, ready: Mapping[str, object]) -> DemoServer:
        worlds, users = _texts(ready["worlds"]), _texts(ready["users"])
        if self.world not in worlds:
            raise BadInput("world", f"There is no demo world {self.world}; there are {', '.join(worlds)}.")
        if self.user not in users:
            raise BadInput("user", f"There is no demo user {self.user}; there are {', '.join(users)}.")
        if not self._copy:
            self._data.edge_port = int(str(ready["edge"]).rpartition(":")[2])
        name = f"{self.world} (copy)" if self._copy else self.world  # jobs of a copy are not those of the world
        ca_file = Path(str(ready["ca_file"]))
        met = profile.demo(name, worlds[self.world], self.user, ca_file, read_only=self._read_only)
        notice = BUSY if self._copy and not self._keeps_nothing else ""
        return DemoServer(met, Secret(users[self.user]), notice)


def _forget_jobs(world: str) -> None:
    """Jobs belong to the world's name: those of the world before are none of the new one."""
    from durastore_tui.services.jobs.journal import forget_profile

    forget_profile(world, places.journal())


def _texts(table: object) -> dict[str, str]:
    return {str(name): str(value) for name, value in table.items()} if isinstance(table, dict) else {}
