"""Plants what the preservation stores hold in worlds whose snapshots are nothing but rows."""

from durastore_tui.sandbox.bridge.records import Records
from durastore_tui.sandbox.world import World
from durastore_tui.sandbox.worlds import preserved_others


def nothing(_: World) -> None:
    """No snapshot was ever taken here."""


def prairie(world: World) -> None:
    Records(world.db, world.name, "1").add_snapshots(preserved_others.prairie(world))


def scale(world: World) -> None:
    Records(world.db, world.name, "61").add_snapshots(preserved_others.scale(world))
