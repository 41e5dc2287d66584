"""What is said before a snapshot or a restore is asked for, on the stand-in; nothing here is a write."""

import pytest

from durastore_tui.api import tasks
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import TASKS, restores
from durastore_tui.core.tasks.snapshots import Snapshot
from durastore_tui.services.changes import snapshot_changes
from durastore_tui.services.changes.preflight import Preflight, WillFail
from durastore_tui.services.session import Session
from durastore_tui.services.snapshot_list import Snapshots
from tests.sandbox_server import SandboxServer, reported
from tests.services.conftest import Login

EMAIL = "ana.ruiz@lakeshore.example"
UNKNOWN = "lakeshore_53_nowhere_2020-01-01-00-00-00"
LONGEST = "a-space-with-exactly-forty-two-characters0"
FREE = "oh-batch-2026-11"


async def snapshot_of(session: Session, space: str) -> str:
    rows = await Snapshots(session).list()
    return next(row.snapshot_id or "" for row in rows if row.source_space_id == space)


async def creation(session: Session, space: str, description: str = "Lot 11") -> Preflight:
    return await snapshot_changes.create(session, space, description, EMAIL)


def writes(session: Session) -> list[str | None]:
    posts = [request.task for request in session.log if request.method == "POST"]
    return [name for name in posts if TASKS[str(name)].changes]


async def test_a_space_that_is_fit_is_ordered_with_what_it_held_last_night(login: Login) -> None:
    session = await login(store="53")
    flight = await creation(session, FREE)
    flight.check()
    order = flight.to_send()
    assert (order.kind, order.space, order.target, order.was) == (JobKind.SNAPSHOT, FREE, None, None)
    assert dict(order.values) == {"description": "Lot 11", "userEmail": EMAIL}
    assert f"held {reported(1_204)} items" in flight.notes[0]
    assert "in the report of 20" in flight.notes[0]
    assert writes(session) == []


async def test_without_a_report_the_spaces_own_count_is_told_and_called_so(
    login: Login, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("forbidden", path="/report")
    flight = await creation(await login(store="53"), FREE)
    assert flight.notes == (f"{FREE} shows 1000+ items; how many bytes is not known.",)


@pytest.mark.parametrize(
    ("space", "said"),
    [
        ("staging-empty", "is empty"),
        ("oh-batch-2026-10", "is INITIALIZED"),
        ("film-reel-9", "is FAILED_TO_TRANSFER_FROM_DURACLOUD. Its transfer failed: restart it."),
        ("private-donor-papers", "no task helps"),
    ],
)
async def test_why_a_space_is_not_fit(login: Login, fresh_sandbox: SandboxServer, space: str, said: str) -> None:
    flight = await creation(await login(store="53"), space)
    assert said in " ".join(flight.wrong)
    with pytest.raises(WillFail, match="nothing was sent"):
        flight.check()
    assert flight.to_send().space == space, "a person may send it all the same"


async def test_a_store_without_snapshots_says_which_ones_have_them(login: Login) -> None:
    flight = await creation(await login(store="51"), "dance-archive")
    assert "CHRONOPOLIS" in flight.wrong[0]
    with pytest.raises(WillFail):
        flight.to_send()


@pytest.mark.parametrize("fault", ["bridge-down", "bridge-gone"])
async def test_a_server_that_has_lost_its_bridge_is_found_out_before_the_creation(
    login: Login, fresh_sandbox: SandboxServer, fault: str
) -> None:
    fresh_sandbox.fault(fault)
    flight = await creation(await login(store="53"), FREE)
    assert len(flight.wrong) == 1
    assert "can't ask its snapshot bridge" in flight.wrong[0]


async def test_a_space_that_carries_what_nobody_knows_is_told_how_it_is_freed(
    login: Login, fresh_sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await login(store="53")

    async def unknown(session: Session, snapshot: str) -> tuple[Snapshot, Missing]:
        return Snapshot(), Missing("POST", 500, "inner 404")

    monkeypatch.setattr(snapshot_changes, "look_up", unknown)
    assert "complete-cancel-snapshot frees the space" in (await creation(session, "film-reel-9")).wrong[0]


@pytest.mark.parametrize(
    ("description", "email", "field"),
    [("x" * 513, EMAIL, "description"), ("Lot 11", "ana", "userEmail"), ("Lot 11", "", "userEmail")],
)
async def test_what_could_never_be_kept_is_refused_before_anything_is_asked(
    login: Login, description: str, email: str, field: str
) -> None:
    session = await login(store="53")
    before = len(list(session.log))
    with pytest.raises(BadInput) as refused:
        await snapshot_changes.create(session, FREE, description, email)
    assert refused.value.field == field
    assert len(list(session.log)) == before


async def test_a_description_of_512_characters_is_one_that_is_kept(login: Login) -> None:
    assert not (await creation(await login(store="53"), FREE, "é" * 512)).wrong


async def test_only_what_failed_to_transfer_is_restarted_and_the_others_are_told_why_not(login: Login) -> None:
    session = await login(store="53")
    failed = await snapshot_changes.restart(session, await snapshot_of(session, "film-reel-9"))
    failed.check()
    assert failed.to_send().space == "film-reel-9"
    complete = await snapshot_changes.restart(session, await snapshot_of(session, "newspapers-1918"))
    assert "is SNAPSHOT_COMPLETE" in complete.wrong[0]
    assert "Only FAILED_TO_TRANSFER_FROM_DURACLOUD can be restarted" in complete.wrong[0]


async def test_an_unknown_snapshot_is_missing_and_can_be_asked_for_all_the_same(login: Login) -> None:
    session = await login(store="53")
    for flight in (
        await snapshot_changes.restart(session, UNKNOWN),
        await snapshot_changes.start_restore(session, UNKNOWN, EMAIL),
        await snapshot_changes.request_restore(session, UNKNOWN, EMAIL),
    ):
        with pytest.raises(Missing):
            flight.check()
    assert (await snapshot_changes.restart(session, UNKNOWN)).to_send().space == "nowhere"


async def test_the_restores_space_is_named_beforehand_and_its_cut_is_told(login: Login) -> None:
    session = await login(store="53")
    flight = await snapshot_changes.start_restore(session, await snapshot_of(session, LONGEST), EMAIL)
    flight.check()
    assert f"a new space, {LONGEST}: {LONGEST}-20" in flight.notes[0]
    assert "cut to 42 characters" in flight.notes[0]
    short = await snapshot_changes.request_restore(session, await snapshot_of(session, "newspapers-1918"), EMAIL)
    assert (short.task, short.wrong) == (restores.REQUEST, ())
    assert (short.to_send().task, short.to_send().space) == (restores.REQUEST.name, "newspapers-1918")
    assert "cut" not in short.notes[0]


async def test_a_second_restore_is_led_to_the_first_one(login: Login) -> None:
    session = await login(store="53")
    flight = await snapshot_changes.start_restore(session, await snapshot_of(session, "tdh-1-2025"), EMAIL)
    assert "There is a restore of it already, to the space tdh-1-2025-20" in flight.wrong[0]
    assert "is RESTORATION_COMPLETE" in flight.wrong[0]
    assert flight.to_send().was, "the restore that is there is not taken for the new one"


async def test_the_operators_can_be_asked_whatever_stands_in_the_restores_way(login: Login) -> None:
    session = await login(store="53")
    restored = await snapshot_changes.request_restore(session, await snapshot_of(session, "tdh-1-2025"), EMAIL)
    restored.check()
    assert "There is a restore of it already" in restored.notes[0]
    failed = await snapshot_changes.request_restore(session, await snapshot_of(session, "film-reel-9"), EMAIL)
    failed.check()
    assert "Only SNAPSHOT_COMPLETE can be restored" in failed.notes[0]


async def test_the_operators_are_not_asked_with_an_id_that_the_server_cannot_take_apart(login: Login) -> None:
    flight = await snapshot_changes.request_restore(await login(store="53"), "not_a_snapshot_id", EMAIL)
    assert "can't take the id not_a_snapshot_id apart" in flight.wrong[-1]


async def test_what_a_refused_restore_left_behind_is_named_with_the_request_that_clears_it(
    login: Login, fresh_sandbox: SandboxServer
) -> None:
    session = await login(store="53")
    failed = await snapshot_of(session, "film-reel-9")
    with pytest.raises(Exception, match="Unexpected response code: 500"):
        await tasks.run(session.transport, "53", restores.START, {"snapshotId": failed, "userEmail": EMAIL})
    flight = await snapshot_changes.start_restore(session, failed, EMAIL)
    said = flight.wrong[-1]
    assert "left the empty space film-reel-9-20" in said
    assert "`curl " in said
    assert "-X DELETE" in said
    assert "$DURASTORE_PASSWORD" in said
    assert "rpw" not in said


async def test_an_id_that_the_server_cannot_take_apart_gets_no_space(login: Login) -> None:
    flight = await snapshot_changes.start_restore(await login(store="53"), "not_a_snapshot_id", EMAIL)
    assert "can't take the id not_a_snapshot_id apart" in flight.wrong[-1]
