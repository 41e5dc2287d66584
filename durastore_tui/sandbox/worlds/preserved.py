"""Plants what the preservation stores and Glacier hold: snapshots, restores, their spaces, and thaws."""

from durastore_tui.sandbox.bridge.records import Records
from durastore_tui.sandbox.world import World
from durastore_tui.sandbox.worlds import preserved_lakeshore, preserved_others


def plant_preserved(world: World) -> None:
    """After the spaces of the world's own table."""
    match world.name:
        case "lakeshore":
            preserved_lakeshore.plant(world)
        case "prairie":
            Records(world.db, world.name, "1").add_snapshots(preserved_others.prairie(world))
        case "scale":
            Records(world.db, world.name, "61").add_snapshots(preserved_others.scale(world))
