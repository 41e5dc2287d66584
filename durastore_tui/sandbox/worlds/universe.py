"""All worlds of one process over one database: made when they are not there yet, kept when they are."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from errno import EINVAL, ENOENT
from pathlib import Path

from durastore_tui.sandbox import contents, distributions, spaces, thaws
from durastore_tui.sandbox.bridge import records
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.distributions import Distributions
from durastore_tui.sandbox.faults import Faults
from durastore_tui.sandbox.state import Database
from durastore_tui.sandbox.world import Engine, Profile, World
from durastore_tui.sandbox.worlds import lakeshore, others, preserved, preserved_lakeshore
from durastore_tui.sandbox.worlds.seeds import Seed, plant

SCHEMA = (spaces.TABLES, contents.TABLES, distributions.TABLES, records.TABLES, thaws.TABLES)

Worlds = tuple[tuple[Profile, Iterable[Seed], Callable[[World], None]], ...]
"""Profile, table of spaces, and what is planted after them."""

WORLDS: Worlds = (
    (lakeshore.PROFILE, lakeshore.SPACES, preserved_lakeshore.plant),
    (others.VALLON, others.VALLON_SPACES, preserved.nothing),
    (others.CEDARFORK, others.CEDARFORK_SPACES, preserved.nothing),
    (others.ELMWOOD, others.ELMWOOD_SPACES, preserved.nothing),
    (others.PRAIRIE, others.PRAIRIE_SPACES, preserved.prairie),
    (others.MAPLE, others.MAPLE_SPACES, preserved.nothing),
    (others.SCALE, others.SCALE_SPACES, preserved.scale),
    (others.BROKEN, others.BROKEN_SPACES, preserved.nothing),
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
            if not data.parent.is_dir():
                raise OSError(ENOENT, "There is no such folder", str(data.parent))
            if fresh or not _same_layout(data):
                _forget(data)
        faults = Faults()
        clock = Clock(speed, lambda: source() + JUMP * faults.on("clock-jump"))
        db = Database(data, SCHEMA)
        self.engine = Engine(db, clock, faults, Distributions(db, clock), {"api": 0, "edge": 0})
        with db.transaction():
            db.remember("layout", _layout())
            clock.offset = float(db.recall("clock offset") or 0.0)
            self._worlds = _Worlds(self.engine, worlds)

    def worlds(self) -> Mapping[str, World]:
        return self._worlds

    def reset(self) -> None:
        """Everything as on the first day, faults off."""
        db = self.engine.db
        self.engine.faults.clear()
        self.engine.clock.offset = 0.0
        db.clear()
        db.remember("layout", _layout())
        self._worlds = _Worlds(self.engine, self._seeded)

    def close(self) -> None:
        self.engine.db.close()


class _Worlds(Mapping[str, World]):
    """Worlds by name. A big one is planted when it is first asked for, so that the others start at once."""

    def __init__(self, engine: Engine, seeded: Worlds) -> None:
        self._engine = engine
        self._seeds = {profile.name: (seeds, preserve) for profile, seeds, preserve in seeded}
        self._found: dict[str, World] = {}
        self._asleep: set[str] = set()
        for profile, *_ in seeded:
            born = engine.db.recall(f"born {profile.name}")
            self._found[profile.name] = World(profile, engine, engine.clock.now() if born is None else float(born))
            if born is None:
                self._asleep.add(profile.name)
                if not profile.big:
                    self._wake(profile.name)

    def __getitem__(self, name: str) -> World:
        if name in self._asleep:
            with self._engine.db.transaction():
                self._wake(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def _wake(self, name: str) -> None:
        world = self._found[name]
        self._asleep.discard(name)
        self._engine.db.remember(f"born {name}", world.born)
        seeds, preserve = self._seeds[name]
        plant(world, seeds)
        preserve(world)


def _layout() -> str:
    return hashlib.sha256("".join(SCHEMA).encode()).hexdigest()


def _same_layout(data: Path) -> bool:
    """Whether a file was made with these tables; another release's demo data is started anew."""
    if not data.exists():
        return True
    try:
        db = Database(data, ())
    except sqlite3.DatabaseError as problem:
        raise OSError(EINVAL, f"Cannot keep the worlds there, {problem}", str(data)) from None
    try:
        return db.recall("layout") in (None, _layout())
    finally:
        db.close()


def _forget(data: Path) -> None:
    for path in (data, data.with_name(data.name + "-wal"), data.with_name(data.name + "-shm")):
        path.unlink(missing_ok=True)
