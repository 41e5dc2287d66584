"""Which store type offers which tasks, in wire order, and since and until which release (protocol §5)."""

from durastore_tui.sandbox.tasks import glacier, hls, restores, rtmp, snapshots
from durastore_tui.sandbox.tasks.call import Call, Offer, Runner
from durastore_tui.sandbox.tasks.policy import set_storage_policy
from durastore_tui.sandbox.world import Store, World


def noop(_: Call) -> str:
    return "Success"


def defrag_space(call: Call) -> str:
    """Not DuraStore's: stands for whatever a server offers that nobody has heard of. Changes nothing."""
    return f"Defragmentation of {call.body.decode('utf-8', 'replace') or 'all spaces'} has been queued."


_PRESERVATION = (*snapshots.OFFERS, *restores.OFFERS, *snapshots.LAST_OFFERS)

OFFERS: dict[str, tuple[Offer, ...]] = {
    "AMAZON_S3": (
        Offer("noop", noop),
        Offer("set-storage-policy", set_storage_policy, since=(5, 0, 0)),
        *rtmp.OFFERS,
        Offer("set-storage-policy", set_storage_policy, since=(3, 5, 0), until=(5, 0, 0)),
        *hls.OFFERS,
    ),
    "AMAZON_GLACIER": glacier.OFFERS,
    "SWIFT_S3": (Offer("noop", noop),),
    "CHRONOPOLIS": _PRESERVATION,
    "DPN": _PRESERVATION,
}

_UNHEARD_OF = {"defrag-space": defrag_space}


def offered(world: World, store: Store) -> dict[str, Runner]:
    """The runners of a store by task name, in the order in which `GET /task` lists them."""
    release = world.profile.release
    known = {offer.name: offer.run for offer in OFFERS.get(store.type, ()) if offer.since <= release < offer.until}
    own = {name: _UNHEARD_OF[name] for name in world.profile.tasks} if store == world.primary else {}
    return {**known, **own, **(_UNHEARD_OF if world.faults.on("unknown-task") else {})}
