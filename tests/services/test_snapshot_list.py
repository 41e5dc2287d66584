"""The list of snapshots, where it is found, and what is wrong with one of them."""

from datetime import UTC, datetime, timedelta

import pytest

from durastore_tui.core.errors import Missing
from durastore_tui.core.resource import Failed, Ready, Resource
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.snapshot_list import Preservation, Snapshots, stuck, taken_at
from tests.services.conftest import Login

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def found(login: Login, **words: str) -> Snapshots:
    preservation = Preservation(await login(**words))
    assert await preservation.find() == ()
    assert preservation.found
    return preservation.found


async def test_the_store_with_snapshots_is_found_from_another_one_which_stays_the_current_one(login: Login) -> None:
    session = await login()
    preservation = Preservation(session)
    await preservation.find()
    assert preservation.found
    assert (session.store.id, preservation.found.session.store.id) == ("51", "53")


async def test_an_account_without_such_a_store_has_none(login: Login) -> None:
    session = await login()
    for store in session.stores:
        session.capabilities.listed(store.id, ("noop",))
    preservation = Preservation(session)
    assert (await preservation.find(), preservation.found) == ((), None)


async def test_of_several_such_stores_the_current_one_is_meant_and_else_a_person_must_choose(login: Login) -> None:
    session = await login()
    for store in session.stores[1:]:
        session.capabilities.listed(store.id, (snapshots.LIST.name,))
    preservation = Preservation(session)
    choice = await preservation.find()
    assert [store.id for store in choice] == ["52", "53"]
    assert preservation.found is None
    assert preservation.use(choice[1]).session.store.id == "53"
    there = Preservation(session.at(choice[0]))
    assert await there.find() == ()


async def test_all_sixty_come_in_one_request_newest_first(login: Login) -> None:
    held = await found(login)
    before = len(list(held.session.log))
    rows = await held.list()
    assert len(list(held.session.log)) == before + 1
    assert len(rows) == 60
    moments = [taken_at(row.snapshot_id or "") for row in rows]
    assert moments == sorted(moments, key=lambda at: at or NOW, reverse=True)


async def test_details_and_the_absence_of_one_are_told_as_they_come(login: Login) -> None:
    held = await found(login)
    theses = next(row.snapshot_id for row in await held.list() if row.source_space_id == "theses-2019")
    told: dict[str, Resource[Snapshot]] = {}
    await held.details([str(theses), "no_such_one_2020-01-01-00-00-00"], told.__setitem__)
    match list(told.values()):
        case [Ready(snapshot, _), Failed(Missing())] | [Failed(Missing()), Ready(snapshot, _)]:
            assert snapshot.content_item_count == 1000
        case other:
            pytest.fail(str(other))
    assert held.held(str(theses)) is told[str(theses)]


async def test_a_snapshot_that_was_never_restored_has_no_restore_which_is_no_error(login: Login) -> None:
    held = await found(login)
    by_space = {row.source_space_id: str(row.snapshot_id) for row in await held.list()}
    assert await held.restore_of(by_space["theses-2019"]) is None
    restored = await held.restore_of(by_space["tdh-1-2025"])
    assert restored
    assert restored.status == "RESTORATION_COMPLETE"


async def test_totals_are_what_the_server_sums(login: Login) -> None:
    held = await found(login)
    complete = sum(row.status == "SNAPSHOT_COMPLETE" for row in await held.list())
    assert (await held.totals("SNAPSHOT_COMPLETE")).total_count == complete


@pytest.mark.parametrize(
    ("status", "age", "says"),
    [
        ("INITIALIZED", timedelta(minutes=59), None),
        ("INITIALIZED", timedelta(hours=9), "Begun 9 hours ago and still INITIALIZED"),
        ("CLEANING_UP", timedelta(days=2), None),
        ("CLEANING_UP", timedelta(days=5), "Begun 5 days ago and still CLEANING_UP"),
        ("FAILED_TO_TRANSFER_FROM_DURACLOUD", timedelta(), "can be restarted"),
        ("ERROR", timedelta(), "operators"),
        ("REPLICATING_TO_STORAGE", timedelta(days=90), None),
        ("WAITING_FOR_DPN", timedelta(days=900), None),
        (None, timedelta(days=900), None),
    ],
)
def test_what_does_not_go_on_is_said_to_be_stuck_and_why(status: str | None, age: timedelta, says: str | None) -> None:
    why = stuck(status, NOW - age, NOW)
    assert (why is None) if says is None else (says in str(why))
