"""What is said before a snapshot is made, restarted or restored."""

import pytest

from durastore_tui.core.errors import Missing
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.preservation import Preservation
from durastore_tui.services.snapshot_list import Snapshots
from durastore_tui.services.snapshot_writes import creation, no_restart, outlook, preflight, restoration
from tests.services.conftest import Login


async def found(login: Login, user: str = "root") -> Snapshots:
    preservation = Preservation(await login(user))
    await preservation.find()
    assert preservation.found
    return preservation.found


async def of(held: Snapshots, space: str) -> str:
    return next(str(row.snapshot_id) for row in await held.list() if row.source_space_id == space)


async def test_a_space_that_can_go_shows_last_nights_figures_and_raises_no_doubt(login: Login) -> None:
    before = await preflight(await found(login), "oh-batch-2026-11")
    assert before.doubts == ()
    assert before.figures
    assert before.night
    assert before.store.type == "CHRONOPOLIS"


async def test_an_empty_space_is_doubted(login: Login) -> None:
    before = await preflight(await found(login), "staging-empty")
    assert any("empty" in doubt for doubt in before.doubts)


async def test_a_space_under_way_is_told_by_the_snapshot_it_carries(login: Login) -> None:
    before = await preflight(await found(login), "wwii-oh-2-2026")
    assert any("wwii-oh-2-2026_" in doubt and "409" in doubt for doubt in before.doubts)
    order = creation((await found(login)).session, before, "again", "jo@library.example")
    assert order.was == before.properties.snapshot_id


async def test_a_space_that_is_not_there_is_an_error(login: Login) -> None:
    with pytest.raises(Missing):
        await preflight(await found(login), "no-such-space")


@pytest.mark.parametrize(("status", "refused"), [("FAILED_TO_TRANSFER_FROM_DURACLOUD", False), ("ERROR", True)])
def test_only_a_failed_transfer_can_be_restarted(status: str, refused: bool) -> None:
    assert (no_restart(Snapshot("a", status=status)) is not None) == refused


async def test_a_first_restore_names_its_space_beforehand(login: Login) -> None:
    held = await found(login)
    snapshot = await of(held, "theses-2019")
    before = await outlook(held, snapshot)
    assert before.space == snapshot.removeprefix("lakeshore_53_").replace("_", "-")
    assert (before.doubts(start=True), before.cut, before.restore) == ((), False, None)
    order = restoration(held.session, before, "jo@library.example")
    assert (order.space, order.target, order.was) == (before.space, snapshot, None)


async def test_a_long_name_is_cut_and_says_so(login: Login) -> None:
    held = await found(login)
    before = await outlook(held, await of(held, "a-space-with-exactly-forty-two-characters0"))
    assert before.cut
    assert len(before.space) <= 42


async def test_a_second_restore_leads_to_the_space_of_the_first(login: Login) -> None:
    held = await found(login)
    before = await outlook(held, await of(held, "tdh-1-2025"))
    assert any(before.space in doubt and "already" in doubt for doubt in before.doubts(start=True))
    assert before.doubts(start=False) == ()
    assert not before.orphan


async def test_what_is_not_complete_is_not_restored(login: Login) -> None:
    held = await found(login)
    before = await outlook(held, await of(held, "film-reel-9"))
    assert any("FAILED_TO_TRANSFER" in doubt for doubt in before.doubts(start=False))
