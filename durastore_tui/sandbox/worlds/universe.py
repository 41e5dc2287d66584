"""All worlds of one process over one database: made when they are not there yet, kept when they are."""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from durastore_tui.sandbox import contents, cookies, distributions, spaces, thaws
from durastore_tui.sandbox.bridge import records
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.distributions import Distributions
from durastore_tui.sandbox.faults import Faults
from durastore_tui.sandbox.state import Database
from durastore_tui.sandbox.world import Engine, Profile, World
from durastore_tui.sandbox.worlds import lakeshore, others
from durastore_tui.sandbox.worlds.preserved import plant_preserved
from durastore_tui.sandbox.worlds.seeds import Seed, plant

SCHEMA = (spaces.TABLES, contents.TABLES, distributions.TABLES, cookies.TABLES, records.TABLES, thaws.TABLES)

Worlds = tuple[tuple[Profile, Iterable[Seed]], ...]

WORLDS: Worlds = (
    (lakeshore.PROFILE, lakeshore.SPACES),
    (others.VALLON, others.VALLON_SPACES),
    (others.CEDARFORK, others.CEDARFORK_SPACES),
    (others.PRAIRIE, others.PRAIRIE_SPACES),
    (others.MAPLE, others.MAPLE_SPACES),
    (others.SCALE, others.SCALE_SPACES),
    (others.BROKEN, others.BROKEN_SPACES),
)

JUMP = 26 * 3_600.0
"""How far a clock that jumps is ahead, in seconds."""


class Universe:
    """The engine and the worlds by name, in the order of the ready line."""

    def __init__(
        self,
        data: Path | None,
        speed: float,
        *,
        fresh: bool = False,
        source: Callable[[], float] = time.time,
        worlds: Worlds = WORLDS,
    ) -> None:
        self._seeded = worlds
        if data is not None:
            data.parent.mkdir(parents=True, exist_ok=True)
            if fresh or not _same_layout(data):
                _forget(data)
        faults = Faults()
        clock = Clock(speed, lambda: source() + JUMP * faults.on("clock-jump"))
        db = Database(data, SCHEMA)
        self.engine = Engine(db, clock, faults, Distributions(db, clock), {"api": 0, "edge": 0})
        with db.transaction():
            db.remember("layout", _layout())
            clock.offset = float(db.recall("clock offset") or 0.0)
            self._worlds = self._wake()

    def worlds(self) -> Mapping[str, World]:
        return self._worlds

    def reset(self) -> None:
        """Everything as on the first day, faults off."""
        db = self.engine.db
        self.engine.faults.clear()
        self.engine.clock.offset = 0.0
        db.clear()
        db.remember("layout", _layout())
        self._worlds = self._wake()

    def close(self) -> None:
        self.engine.db.close()

    def _wake(self) -> dict[str, World]:
        db, now = self.engine.db, self.engine.clock.now()
        worlds = {}
        for profile, seeds in self._seeded:
            born = db.recall(f"born {profile.name}")
            world = World(profile, self.engine, now if born is None else float(born))
            worlds[profile.name] = world
            if born is None:
                db.remember(f"born {profile.name}", now)
                plant(world, seeds)
                plant_preserved(world)
        return worlds


def _layout() -> str:
    return hashlib.sha256("".join(SCHEMA).encode()).hexdigest()


def _same_layout(data: Path) -> bool:
    """Whether a file was made with these tables; another release's demo data is started anew."""
    if not data.exists():
        return True
    db = Database(data, ())
    try:
        return db.recall("layout") in (None, _layout())
    finally:
        db.close()


def _forget(data: Path) -> None:
    for path in (data, data.with_name(data.name + "-wal"), data.with_name(data.name + "-shm")):
        path.unlink(missing_ok=True)
