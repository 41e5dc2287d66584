"""Which store type offers which tasks, in wire order, and since and until which release (protocol §5)."""

from dataclasses import dataclass

from durastore_tui.sandbox.tasks import hls
from durastore_tui.sandbox.tasks.call import Runner
from durastore_tui.sandbox.tasks.noop import defrag_space, noop
from durastore_tui.sandbox.tasks.policy import set_storage_policy
from durastore_tui.sandbox.world import Release, Store, World


@dataclass(frozen=True)
class Offer:
    """`until` is the first release without it."""

    name: str
    run: Runner
    since: Release = (3, 0, 0)
    until: Release = (99, 0, 0)


OFFERS: dict[str, tuple[Offer, ...]] = {
    "AMAZON_S3": (
        Offer("noop", noop),
        Offer("set-storage-policy", set_storage_policy, since=(3, 5, 0)),
        Offer("enable-hls", hls.enable_hls, since=(5, 0, 0)),
        Offer("get-url-hls", hls.get_url_hls, since=(5, 0, 0)),
        Offer("get-signed-cookies-url", hls.get_signed_cookies_url, since=(5, 0, 0)),
        Offer("disable-hls", hls.disable_hls, since=(5, 0, 0)),
        Offer("delete-hls", hls.delete_hls, since=(5, 0, 0)),
    ),
    "SWIFT_S3": (Offer("noop", noop),),
}

_UNHEARD_OF = {"defrag-space": defrag_space}


def offered(world: World, store: Store) -> dict[str, Runner]:
    """The runners of a store by task name, in the order in which `GET /task` lists them."""
    release = world.profile.release
    known = {offer.name: offer.run for offer in OFFERS.get(store.type, ()) if offer.since <= release < offer.until}
    own = {name: _UNHEARD_OF[name] for name in world.profile.tasks} if store == world.primary else {}
    return {**known, **own, **(_UNHEARD_OF if world.faults.on("unknown-task") else {})}
