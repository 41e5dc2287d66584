"""Which store type offers which tasks, in wire order, and since and until which release (protocol §5)."""

from dataclasses import dataclass

from durastore_tui.sandbox.tasks.call import Runner
from durastore_tui.sandbox.tasks.noop import noop
from durastore_tui.sandbox.world import Release, Store, World


@dataclass(frozen=True)
class Offer:
    """`until` is the first release without it."""

    name: str
    run: Runner
    since: Release = (3, 0, 0)
    until: Release = (99, 0, 0)


OFFERS: dict[str, tuple[Offer, ...]] = {
    "AMAZON_S3": (Offer("noop", noop),),
    "SWIFT_S3": (Offer("noop", noop),),
}


def offered(world: World, store: Store) -> dict[str, Runner]:
    """The runners of a store by task name, in the order in which `GET /task` lists them."""
    release = world.profile.release
    return {offer.name: offer.run for offer in OFFERS.get(store.type, ()) if offer.since <= release < offer.until}
