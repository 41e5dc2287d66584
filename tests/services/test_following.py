"""What can be followed that somebody else began."""

from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.changes.snapshot_changes import of_restore, of_snapshot
from durastore_tui.services.jobs.requests import writes
from tests.services.conftest import Login


async def test_a_snapshot_under_way_is_followed_and_nothing_is_sent(login: Login) -> None:
    session = await login(store="53")
    order = of_snapshot(session, Snapshot("a_53_maps_x", status="ERROR", source_space_id="maps"))
    assert order
    assert (order.kind, order.store, order.space, order.target) == (JobKind.SNAPSHOT, "53", "maps", "a_53_maps_x")
    assert writes(order) == ()
    assert of_snapshot(session, Snapshot("a", status="SNAPSHOT_COMPLETE")) is None


async def test_a_complete_restore_is_followed_for_its_expiry_and_an_expired_one_is_not(login: Login) -> None:
    session = await login(store="53")
    order = of_restore(session, Restore("r", "s", "RESTORATION_COMPLETE", destination_space_id="maps-2026"))
    assert order
    assert (order.kind, order.space, order.target, writes(order)) == (JobKind.RESTORE, "maps-2026", "r", ())
    assert of_restore(session, Restore("r", "s", "RESTORATION_EXPIRED")) is None
