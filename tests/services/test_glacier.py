"""Thaws of many items: each looked for first, each a job, each with its own result; and when it can be read."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from durastore_tui.api import content as api_content
from durastore_tui.core.clock import WallClock
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services import glacier
from durastore_tui.services.changes import retrieval_changes
from durastore_tui.services.jobs.host import Jobs
from durastore_tui.services.jobs.kinds.retrieval import RETRIEVAL
from durastore_tui.services.session import Session
from tests.archive import ARCHIVED, SPACE, put_item
from tests.sandbox_server import SandboxServer
from tests.services.conftest import Login

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = 3600.0
THAW = Job(
    "1",
    "lakeshore",
    "52",
    JobKind.RETRIEVAL,
    None,
    "masters-audio",
    "a.wav",
    JobState.ACCEPTED,
    AT,
    AT,
    "words",
    usual=4 * HOUR,
    most=5 * HOUR,
)


@pytest.fixture
async def session(login: Login, fresh_sandbox: SandboxServer) -> Session:
    return await login(store="52")


@pytest.fixture
async def jobs(session: Session, tmp_path: Path) -> AsyncIterator[Jobs]:
    jobs = Jobs({"lakeshore": session.endpoint}.get, tmp_path / "jobs.sqlite3", WallClock())
    jobs.start()
    yield jobs
    jobs.stop()


async def test_one_goes_out_one_was_thawing_already_and_one_is_stopped_by_the_look(
    session: Session, jobs: Jobs
) -> None:
    wanted = ["preservation/OH-0100_pm.wav", "preservation/OH-0001_pm.wav", "no/such.wav"]
    order = retrieval_changes.order(session, "masters-audio", [*wanted, wanted[0]])
    taken, thawing, missing = [each async for each in retrieval_changes.send_each(session, jobs, order)]
    assert taken.job and taken.job.state is JobState.ACCEPTED
    assert thawing.job and thawing.job.state is JobState.IN_PROGRESS and glacier.was_thawing(thawing.job)
    assert missing.failed and missing.job and missing.job.state is JobState.REJECTED
    assert "nothing was sent" in glacier.words(missing)
    (job,) = jobs.all()
    assert [part.target for part in job.parts] == wanted


async def test_before_asking_each_item_says_whether_it_is_archived(
    session: Session, fresh_sandbox: SandboxServer
) -> None:
    put_item(fresh_sandbox, "new.wav")
    put_item(fresh_sandbox, "rare.wav", "STANDARD_IA")
    put_item(fresh_sandbox, "deep.wav", "DEEP_ARCHIVE")
    flight = await retrieval_changes.preflight(
        session, SPACE, [ARCHIVED, "new.wav", "rare.wav", "deep.wav", "no/such.wav"]
    )
    assert flight.notes == (f"{ARCHIVED}: archived (GLACIER).", "deep.wav: archived (DEEP_ARCHIVE).")
    assert flight.warnings == (
        "new.wav: not marked as archived; DuraCloud names no storage class for it.",
        "rare.wav: not archived (STANDARD_IA); it can be read now.",
        "no/such.wav: not found; nothing is sent for it.",
    )
    assert flight.to_send() == retrieval_changes.order(session, SPACE, flight.to_send().parts)


async def test_many_items_of_one_kind_are_one_sentence_and_unchecked_ones_are_not_read(session: Session) -> None:
    items = [f"preservation/OH-{number:04}_pm.wav" for number in range(200, 450)]
    flight = await retrieval_changes.preflight(session, SPACE, items)
    named = ", ".join(items[: retrieval_changes.NAMED])
    assert flight.notes == (
        f"{named} and 197 more: archived (GLACIER).",
        "The storage class was read for the first 200 of 250 items.",
    )
    forced = await retrieval_changes.preflight(session, SPACE, items, unchecked=True)
    assert (forced.notes, forced.warnings) == ((), ())
    assert forced.to_send().unchecked


async def test_a_head_names_the_class_beside_the_properties(session: Session, fresh_sandbox: SandboxServer) -> None:
    put_item(fresh_sandbox, "deep.wav", "GLACIER")
    found = await api_content.head(session.transport, "52", SPACE, "deep.wav")
    assert (found.storage_class, found.raw["creator"]) == ("GLACIER", "ana")


async def test_a_single_item_that_is_not_there_leaves_no_job(session: Session, jobs: Jobs) -> None:
    (missing,) = [
        each
        async for each in retrieval_changes.send_each(
            session, jobs, retrieval_changes.order(session, "masters-audio", ["no/such.wav"])
        )
    ]
    assert isinstance(missing.error, Missing) and missing.failed
    assert not jobs.all()


async def test_after_a_403_the_rest_is_held_back(login: Login, session: Session, tmp_path: Path) -> None:
    admin = await login("admin", store="52")
    jobs = Jobs({"lakeshore": admin.endpoint}.get, tmp_path / "admins.sqlite3", WallClock())
    jobs.start()
    items = [f"preservation/OH-{number:04}_pm.wav" for number in range(100, 120)]
    asked = [
        each
        async for each in retrieval_changes.send_each(
            admin, jobs, retrieval_changes.order(admin, "masters-audio", items)
        )
    ]
    jobs.stop()
    assert [each.item for each in asked] == items
    assert all(each.failed for each in asked)
    states = [each.job.state for each in asked if each.job]
    assert states.count(JobState.REJECTED) < 2 * RETRIEVAL.parts_at_once
    assert states[-1] is JobState.PAUSED


async def test_an_id_that_cannot_be_sent_stops_all_before_the_first(session: Session) -> None:
    with pytest.raises(BadInput):
        retrieval_changes.order(session, "masters-audio", ["good.wav", "what?.wav"])
    with pytest.raises(BadInput):
        retrieval_changes.order(session, "masters-audio", [])


def test_when_it_can_be_read_is_the_usual_time_and_the_latest_for_one_that_somebody_else_began() -> None:
    assert glacier.ready_at(THAW) == AT + timedelta(hours=4)
    assert glacier.ready_at(replace(THAW, refusal="Conflict", state=JobState.IN_PROGRESS)) == AT + timedelta(hours=5)
    assert glacier.ready_at(replace(THAW, state=JobState.OVERDUE)) is None


async def test_the_newest_thaw_of_an_item_is_found_and_none_of_another_store(session: Session) -> None:
    older = replace(THAW, id="0", state=JobState.CONFIRMED)
    assert glacier.thaw_of(session, [THAW, older], "masters-audio", "a.wav") is THAW
    assert glacier.thaw_of(session, [replace(THAW, store="51")], "masters-audio", "a.wav") is None
