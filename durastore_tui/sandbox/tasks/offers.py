"""Which store type offers which tasks, in wire order, and since and until which release (protocol §5)."""

from dataclasses import dataclass

from durastore_tui.sandbox.tasks import hls, restores, rtmp, snapshots
from durastore_tui.sandbox.tasks.call import Call, Runner
from durastore_tui.sandbox.tasks.glacier import restore_content
from durastore_tui.sandbox.tasks.policy import set_storage_policy
from durastore_tui.sandbox.world import RTMP_ENDED, Release, Store, World


@dataclass(frozen=True)
class Offer:
    """`until` is the first release without it."""

    name: str
    run: Runner
    since: Release = (3, 0, 0)
    until: Release = (99, 0, 0)


def noop(_: Call) -> str:
    return "Success"


def defrag_space(call: Call) -> str:
    """Not DuraStore's: stands for whatever a server offers that nobody has heard of. Changes nothing."""
    return f"Defragmentation of {call.body.decode('utf-8', 'replace') or 'all spaces'} has been queued."


_PRESERVATION = (
    Offer("create-snapshot", snapshots.create_snapshot),
    Offer("get-snapshot", snapshots.get_snapshot),
    Offer("cleanup-snapshot", snapshots.cleanup_snapshot),
    Offer("complete-snapshot", snapshots.complete_snapshot),
    Offer("get-snapshots", snapshots.get_snapshots),
    Offer("get-snapshots-totals", snapshots.get_snapshots_totals, since=(7, 1, 0)),
    Offer("get-snapshot-contents", snapshots.get_snapshot_contents),
    Offer("get-snapshot-history", snapshots.get_snapshot_history, since=(3, 4, 0)),
    Offer("restart-snapshot", snapshots.restart_snapshot, since=(3, 4, 0)),
    Offer("restore-snapshot", restores.restore_snapshot),
    Offer("request-restore-snapshot", restores.request_restore_snapshot, since=(3, 6, 0)),
    Offer("complete-restore", restores.complete_restore, since=(3, 4, 0)),
    Offer("get-restore", restores.get_restore),
    Offer("complete-cancel-snapshot", snapshots.complete_cancel_snapshot, since=(3, 5, 0)),
)

OFFERS: dict[str, tuple[Offer, ...]] = {
    "AMAZON_S3": (
        Offer("noop", noop),
        Offer("set-storage-policy", set_storage_policy, since=(5, 0, 0)),
        Offer("enable-streaming", rtmp.enable_streaming, until=RTMP_ENDED),
        Offer("get-url", rtmp.get_url, until=RTMP_ENDED),
        Offer("get-signed-url", rtmp.get_signed_url, until=RTMP_ENDED),
        Offer("disable-streaming", rtmp.disable_streaming, until=RTMP_ENDED),
        Offer("delete-streaming", rtmp.delete_streaming, until=RTMP_ENDED),
        Offer("set-storage-policy", set_storage_policy, since=(3, 5, 0), until=(5, 0, 0)),
        Offer("enable-hls", hls.enable_hls, since=(5, 0, 0)),
        Offer("get-url-hls", hls.get_url_hls, since=(5, 0, 0)),
        Offer("get-signed-cookies-url", hls.get_signed_cookies_url, since=(5, 0, 0)),
        Offer("disable-hls", hls.disable_hls, since=(5, 0, 0)),
        Offer("delete-hls", hls.delete_hls, since=(5, 0, 0)),
    ),
    "AMAZON_GLACIER": (Offer("restore-content", restore_content),),
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
