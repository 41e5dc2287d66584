"""Policies: what was last set from here, a run over marked spaces, and what is said before anything is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.services.changes import policy_changes
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from durastore_tui.tui.dialogs.policy_sheet import PolicySheet
from tests.held_clock import HeldClock
from tests.tui.fakes import OFF, OFFERED, OPEN, Scene, a_job
from tests.tui.looking import cell, column, sees, shown, type_in, until

WIDE, NARROW = (120, 36), (80, 24)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["120x36", "80x24"])
SPACES = {"campus-events": OPEN, "dance-archive": OFF, "maps-and-plans": OFF}
GONE = "Lifecycle policy for bucket b.dance-archive could not be applied. The space cannot be found."
AT = HeldClock().now()
UNVERIFIED, REFUSED, LOST = JobState.UNVERIFIED, JobState.REJECTED, JobState.NO_REPLY


@pytest.fixture(autouse=True)
def no_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The read before the write is a server's business; sheets take consent at once."""

    async def read_spaces(session: object, spaces: Sequence[str]) -> policy_changes.Read:
        return policy_changes.Read(tuple(space for space in spaces if SPACES[space] is OPEN), (), ())

    monkeypatch.setattr(policy_changes, "read_spaces", read_spaces)
    yield


def a_run(job_id: str, *parts: Part, state: JobState = UNVERIFIED) -> Job:
    job = a_job(parts[0].target, JobKind.POLICY, state, job_id)
    return replace(job, family=None, parts=parts, words="Not every policy was set.")


def scene(*runs: tuple[Job, str, int]) -> Scene:
    made = Scene(SPACES, jobs=[job for job, *_ in runs], offered=(*OFFERED, "set-storage-policy"))
    for job, storage_class, days in runs:
        spaces = [part.target for part in job.parts]
        made.jobs.asked_for[job.id] = policy_changes.draft(spaces, storage_class, days, unchecked=True)
    return made


async def to_policies(pilot: Pilot[None]) -> None:
    await sees(pilot, "3 spaces", "OPEN")
    await pilot.press("3")
    await sees(pilot, "LAST SET FROM HERE", "maps-and-plans")


@SIZES
async def test_each_space_says_what_was_last_set_from_here_and_never_what_is_in_force(size: tuple[int, int]) -> None:
    made = scene(
        (a_run("2", Part("dance-archive", REFUSED, GONE, AT), state=REFUSED), "GLACIER", 3),
        (
            a_run("1", Part("campus-events", UNVERIFIED, "set", AT), Part("dance-archive", UNVERIFIED, "set", AT)),
            "GLACIER",
            9,
        ),
    )
    async with made.app.run_test(size=size) as pilot:
        await to_policies(pilot)
        await sees(pilot, "◎ GLACIER 9", "✕ gone, GLACIER 3 refused", "○ not set from here")
        assert "current" not in shown(made.app)
        if size is WIDE:
            await sees(pilot, "Nobody can say", "STANDARD_IA after 30", "CONFLICT", "streams stop")
            await pilot.press("j")
            await sees(pilot, "The old policy is already gone")


@SIZES
async def test_marked_spaces_are_one_run_whose_number_is_typed_and_whose_requests_are_shown(
    size: tuple[int, int],
) -> None:
    made = scene()
    async with made.app.run_test(size=size) as pilot:
        await to_policies(pilot)
        await pilot.press("j", "space", "space", "P")
        await until(pilot, lambda: isinstance(made.app.screen, PolicySheet))
        await pilot.press("tab", "ctrl+u")
        type_in(made.app, "45")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(made.app.screen, ConfirmSheet))
        plan = made.app.screen.plan if isinstance(made.app.screen, ConfirmSheet) else None
        assert plan
        assert (plan.typed, plan.subject) == ("2", "2 spaces: dance-archive, maps-and-plans")
        await sees(pilot, "These 2 requests would go out")
        assert [request.body for request in plan.requests] == [
            f'{{"spaceId": "{space}", "storageClass": "STANDARD_IA", "daysToTransition": 45}}'
            for space in ("dance-archive", "maps-and-plans")
        ]
        await pilot.press("y", "tab")
        assert made.jobs.orders == []
        type_in(made.app, "2")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: made.jobs.orders)
        await sees(pilot, "3 spaces")
        assert "marked" not in shown(made.app)
    (order,) = made.jobs.orders
    assert (order.parts, order.unchecked) == (("dance-archive", "maps-and-plans"), False)


@SIZES
async def test_what_aws_refuses_is_said_and_goes_on_by_a_choice_of_its_own(size: tuple[int, int]) -> None:
    made = scene()
    async with made.app.run_test(size=size) as pilot:
        await to_policies(pilot)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(made.app.screen, PolicySheet))
        await pilot.press("tab", "ctrl+u")
        type_in(made.app, "10")
        await pilot.press("enter")
        await sees(pilot, "STANDARD_IA needs 30 days or more")
        assert isinstance(made.app.screen, PolicySheet)
        await pilot.press("tab", "tab", "tab", "enter")
        await until(pilot, lambda: isinstance(made.app.screen, ConfirmSheet))
        plan = made.app.screen.plan if isinstance(made.app.screen, ConfirmSheet) else None
        assert plan
        assert "AWS refuses" in plan.warnings[0]
    assert made.jobs.orders == []


@SIZES
async def test_a_frozen_class_warns_at_once_about_a_space_that_streams(size: tuple[int, int]) -> None:
    made = scene()
    async with made.app.run_test(size=size) as pilot:
        await to_policies(pilot)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(made.app.screen, PolicySheet))
        assert "Streams stop" not in shown(made.app)
        await pilot.press("down", "down", "down", "down")
        await sees(pilot, "● GLACIER ", "Streams stop as items move: campus-events streams.")
        await pilot.press("up")
        await until(pilot, lambda: "Streams stop" not in shown(made.app))


async def test_t_sets_again_where_it_failed_and_nowhere_else() -> None:
    parts = (
        Part("campus-events", UNVERIFIED, "set", AT),
        Part("dance-archive", LOST, "cut", AT),
        Part("maps-and-plans", JobState.ABANDONED),
    )
    made = scene((a_run("1", *parts, state=LOST), "STANDARD_IA", 45))
    async with made.app.run_test(size=WIDE) as pilot:
        await to_policies(pilot)
        await sees(pilot, "? no reply: STANDARD_IA 45", "○ not sent: STANDARD_IA 45")
        await pilot.press("T")
        await sees(pilot, "2 spaces: dance-archive, maps-and-plans")
        await pilot.press("tab")
        type_in(made.app, "2")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: made.jobs.orders)
    assert made.jobs.orders[0].parts == ("dance-archive", "maps-and-plans")


async def test_progress_of_a_run_is_seen_space_by_space_and_no_space_of_it_is_set_twice() -> None:
    made = scene()
    async with made.app.run_test(size=WIDE, notifications=True) as pilot:
        await to_policies(pilot)
        parts = (Part("campus-events", UNVERIFIED, "set", AT), Part("dance-archive", JobState.SENT, "", AT))
        run = a_run("1", *parts, Part("maps-and-plans"), state=JobState.SENT)
        made.jobs.asked_for["1"] = policy_changes.draft(SPACES, "GLACIER", 1)
        made.jobs.move(run)
        await sees(pilot, "◎ GLACIER 1", "◌ asking: GLACIER 1", "○ waits: GLACIER 1")
        await pilot.press("j", "j", "P")
        await sees(pilot, "policy of maps-and-plans is unfinished: sent")
        assert not isinstance(made.app.screen, PolicySheet)


async def test_after_a_403_policies_and_thaws_are_dimmed_with_the_role_they_need() -> None:
    made = scene()
    made.jobs.answers = {"state": REFUSED, "refusal": "Forbidden", "status": 403, "words": "no"}
    async with made.app.run_test(size=WIDE, notifications=True) as pilot:
        await to_policies(pilot)
        await pilot.press("P")
        await until(pilot, lambda: isinstance(made.app.screen, PolicySheet))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: isinstance(made.app.screen, ConfirmSheet))
        await pilot.press("tab")
        type_in(made.app, "campus-events")
        await pilot.press("enter", "enter")
        await until(pilot, lambda: made.jobs.orders)
        await sees(pilot, "LAST SET FROM HERE")
        await pilot.press("P")
        await sees(pilot, "needs the role ROOT")
        assert not isinstance(made.app.screen, PolicySheet)


async def test_each_row_of_a_run_follows_its_own_part_and_says_when_the_policy_was_set() -> None:
    before, later = AT - timedelta(days=3), AT - timedelta(hours=2)
    old = a_run("1", Part("dance-archive", UNVERIFIED, "set", before))
    run = a_run("2", Part("campus-events", UNVERIFIED, "set", later), Part("dance-archive"), state=JobState.SENT)
    made = scene((run, "GLACIER", 9), (old, "STANDARD_IA", 45))
    async with made.app.run_test(size=WIDE) as pilot:
        await to_policies(pilot)
        assert column(made.app, "WHEN", "campus-events", "dance-archive") == ["2 h", "3 d"]
        assert "STANDARD_IA 45" in cell(made.app, "dance-archive", "LAST SET FROM HERE")
        parts = (run.parts[0], Part("dance-archive", REFUSED, "403", AT))
        made.jobs.move(replace(run, parts=parts, state=REFUSED))
        await until(pilot, lambda: "then" in cell(made.app, "dance-archive", "LAST SET FROM HERE"))
        assert column(made.app, "WHEN", "campus-events", "dance-archive") == ["2 h", "3 d"]
