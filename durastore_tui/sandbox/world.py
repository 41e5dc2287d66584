"""One institution's server: its name, release, stores and everything that it holds."""

import hashlib
from dataclasses import dataclass, field

from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.distributions import Distributions
from durastore_tui.sandbox.faults import Faults
from durastore_tui.sandbox.spaces import Spaces
from durastore_tui.sandbox.state import Database

Release = tuple[int, int, int]

RTMP_ENDED: Release = (7, 0, 0)
"""The first release without RTMP, with a newer JSON library and without what protocol §18 tells."""


@dataclass(frozen=True)
class Store:
    """A storage provider account. `options` are the public ones; None means that none exists, hidden or not."""

    id: str
    type: str
    options: dict[str, str] | None = field(default_factory=dict)
    bridge: str = "up"
    """`up`, `down` or `gone`: the snapshot bridge behind it."""


@dataclass(frozen=True)
class Profile:
    """What never changes about a world. The first store is the primary one."""

    name: str
    account: str
    host: str
    release: Release
    stores: tuple[Store, ...]
    member: str
    tasks: tuple[str, ...] = ()
    """Task names of its own on the primary store, after the known ones."""
    big: bool = False
    """Whether planting it takes so long that it is put off until somebody asks for it."""


def context_of(world: str) -> str:
    """The path below which a world is served."""
    return "/durastore" if world == "lakeshore" else f"/{world}/durastore"


@dataclass(frozen=True)
class Engine:
    """What all worlds of one process share."""

    db: Database
    clock: Clock
    faults: Faults
    distributions: Distributions
    ports: dict[str, int]
    """Of `api` and `edge`; 0 until they listen."""


class World:
    """A profile with its state."""

    def __init__(self, profile: Profile, engine: Engine, born: float) -> None:
        self.profile, self.engine = profile, engine
        self.born = born
        """Epoch seconds of its creation; seeded ages count from here."""

    @property
    def name(self) -> str:
        return self.profile.name

    @property
    def is_old(self) -> bool:
        """Whether protocol §18 holds for its release."""
        return self.profile.release < RTMP_ENDED

    @property
    def db(self) -> Database:
        return self.engine.db

    @property
    def clock(self) -> Clock:
        return self.engine.clock

    @property
    def faults(self) -> Faults:
        return self.engine.faults

    @property
    def distributions(self) -> Distributions:
        return self.engine.distributions

    @property
    def context(self) -> str:
        return context_of(self.name)

    @property
    def stores(self) -> tuple[Store, ...]:
        """The present ones: a fault can make the last store vanish."""
        stores = self.profile.stores
        return stores[:-1] if self.faults.on("vanished-store") and len(stores) > 1 else stores

    @property
    def primary(self) -> Store:
        return self.profile.stores[0]

    def store(self, store_id: str | None) -> Store | None:
        """None when unknown; without an id the primary one."""
        if store_id is None:
            return self.primary
        return next((store for store in self.stores if store.id == store_id), None)

    def spaces(self, store_id: str) -> Spaces:
        return Spaces(self.db, self.clock, self.name, store_id)

    def bucket(self, store_id: str | None, space: str) -> str:
        """The name of a space's bucket: it starts with the access key of the store's account at AWS."""
        store = self.store(store_id) or self.primary
        key = hashlib.sha256(f"{self.profile.account} {store.id}".encode()).hexdigest()[:16]
        return f"akia{key}.{space}"

    def streaming_host(self, host: str) -> str:
        """As the wire shows a distribution's host: with the port of the edge."""
        if self.faults.on("dns-failure"):
            return host.replace(".localhost", ".invalid")
        return f"{host}:{self.engine.ports['edge']}"
