"""How a world's table is written down, and how it becomes state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from durastore_tui.sandbox.distributions import Distribution
from durastore_tui.sandbox.spaces import NewSpace
from durastore_tui.sandbox.world import World

KB, MB, GB, TB = 10**3, 10**6, 10**9, 10**12
MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0

PUBLIC: Mapping[str, str] = {"group-public": "READ"}
ADMIN_ONLY: Mapping[str, str] = {"admin": "WRITE"}

_PREFIX = {"HLS": "hls-streaming", "RTMP": "streaming"}


@dataclass(frozen=True)
class Stream:
    """A distribution. Not `shown`: disabled, so without properties. `deletion_age`: seconds since delete-hls."""

    kind: str
    host: str
    family: str = "HLS"
    shown: bool = True
    deletion_age: float | None = None
    deletion_fails: bool = False


@dataclass(frozen=True)
class Seed:
    """A row of a world's table of spaces; `size` in bytes."""

    store: str
    id: str
    items: int
    size: int
    created: str
    acls: Mapping[str, str] = field(default_factory=dict)
    pattern: str = "plain"
    policy: str = ""
    streams: tuple[Stream, ...] = ()
    origins: str = "https://*"
    properties: Mapping[str, str] = field(default_factory=dict)


def moment(day: str) -> float:
    """A day, at a quarter past nine UTC, in epoch seconds."""
    return datetime.strptime(f"{day} 09:15:00", "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()


def plant(world: World, seeds: Iterable[Seed]) -> None:
    for seed in seeds:
        spaces = world.spaces(seed.store)
        spaces.add(
            NewSpace(
                seed.id,
                moment(seed.created),
                seed.acls,
                seed.pattern,
                seed.items,
                seed.size,
                seed.policy,
                {**seed.properties, **_stream_properties(seed)},
            )
        )
        for stream in seed.streams:
            _plant_stream(world, seed, stream)


def _stream_properties(seed: Seed) -> dict[str, str]:
    shown = [stream for stream in seed.streams if stream.shown]
    hosts = {f"{_PREFIX[stream.family]}-host": f"{stream.host}.cloudfront.localhost" for stream in shown}
    return hosts | {f"{_PREFIX[stream.family]}-type": stream.kind for stream in shown}


def _plant_stream(world: World, seed: Seed, stream: Stream) -> None:
    asked = None if stream.deletion_age is None else world.born - stream.deletion_age
    world.distributions.add(
        Distribution(
            world.name,
            seed.store,
            seed.id,
            stream.family,
            f"{stream.host}.cloudfront.localhost",
            stream.kind,
            world.born - 90 * DAY,
            asked,
            stream.deletion_fails,
        )
    )
    spaces = world.spaces(seed.store)
    if stream.shown:
        spaces.set_bucket_policy(seed.id, "cloudfront")
    if asked is None:
        spaces.set_cors(seed.id, seed.origins)
