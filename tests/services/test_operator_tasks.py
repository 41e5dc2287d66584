"""The bridge's own tasks by hand: the server looks at nothing, so what they would destroy is said before."""

import pytest

from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.changes.operator_tasks import cancellation, how_to_cancel, of_restore, of_snapshot
from durastore_tui.services.spaces import Spaces
from tests.sandbox_server import SandboxServer
from tests.services.conftest import Login

TASKS = (snapshots.CLEAN_UP, snapshots.COMPLETE, snapshots.COMPLETE_CANCEL)
DAYS = 14


@pytest.fixture(autouse=True)
def _fresh(fresh_sandbox: SandboxServer) -> None:
    """Statuses move with the server's clock."""


@pytest.mark.parametrize("task", TASKS)
async def test_a_space_without_a_snapshot_is_left_alone(login: Login, task: Task) -> None:
    flight = await of_snapshot(await login(store="53"), task, "staging-empty")
    assert "refers to no snapshot" in flight.wrong[0]


async def test_only_a_space_that_is_preserved_is_cleaned_up(login: Login) -> None:
    session = await login(store="53")
    assert (await of_snapshot(session, snapshots.CLEAN_UP, "maps-batch-7")).wrong == ()
    early = await of_snapshot(session, snapshots.CLEAN_UP, "tdh-1-2026")
    assert "Only CLEANING_UP confirms that the content is preserved" in early.wrong[0]


async def test_a_space_that_still_holds_items_is_not_complete(login: Login) -> None:
    flight = await of_snapshot(await login(store="53"), snapshots.COMPLETE, "maps-batch-7")
    assert "still has 1000+ items" in flight.wrong[0]


async def test_a_cancel_that_the_bridge_has_not_made_is_explained_with_the_bridges_request(login: Login) -> None:
    flight = await of_snapshot(await login(store="53"), snapshots.COMPLETE_CANCEL, "film-reel-9")
    assert "The bridge still has lakeshore_53_film-reel-9_" in flight.wrong[0]
    assert "No task cancels it." in flight.wrong[0]
    assert "/bridge/snapshot/lakeshore_53_film-reel-9_" in flight.wrong[0]


async def test_a_snapshot_that_is_cleaning_up_is_cancelled_by_nobody(login: Login) -> None:
    flight = await of_snapshot(await login(store="53"), snapshots.COMPLETE_CANCEL, "maps-batch-7")
    assert "not even the bridge cancels it" in flight.wrong[0]


def test_the_line_to_the_bridge_runs_nothing_that_an_id_smuggles_in_and_holds_no_password_of_ours() -> None:
    line = cancellation("a_1_b'; rm -rf \x1b[31m_2026-01-01-00-00-00")
    assert line.startswith("curl -sS -u OPERATOR -X POST ")
    assert "rm%20-rf" in line
    assert "\x1b" not in line
    assert "DURASTORE" not in line
    assert line in how_to_cancel("a_1_b'; rm -rf \x1b[31m_2026-01-01-00-00-00")


async def test_restored_items_expire_only_in_a_space_whose_restore_is_complete(login: Login) -> None:
    session = await login(store="53")
    said = [" ".join((await of_restore(session, space, DAYS)).wrong) for space in await Spaces(session).names()]
    assert said.count("") == 2, "the two whose restore is complete"
    assert any("is TRANSFERRING_TO_DURACLOUD. The same rule would delete" in words for words in said)
    orphan = await of_restore(session, "orphan-2024-05-06-07-08-09", DAYS)
    assert "refers to no restore" in orphan.wrong[0]


@pytest.mark.parametrize("days", [0, -1])
async def test_days_that_the_server_or_s3_refuses_are_refused_here(login: Login, days: int) -> None:
    with pytest.raises(BadInput):
        await of_restore(await login(store="53"), "staging-empty", days)


async def test_a_space_that_is_not_there_is_missing(login: Login) -> None:
    with pytest.raises(Missing):
        await of_snapshot(await login(store="53"), snapshots.CLEAN_UP, "no-such-space")
