"""What is known of storage policies, which is what the journal of this machine says; and the orders that set one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.core.tasks import policy
from durastore_tui.services import policies
from durastore_tui.services.changes import policy_changes
from durastore_tui.services.changes.guard import guard
from durastore_tui.services.changes.preflight import Changed
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import writes
from tests.services.conftest import Login

AT = datetime(2026, 11, 24, tzinfo=UTC)
GONE = "Lifecycle policy for bucket lakeshore.a-space could not be applied. The space cannot be found."


def run(job_id: str, *parts: Part, state: JobState = JobState.CONFIRMED, store: str = "51") -> Job:
    first = parts[0].target
    return Job(job_id, "lakeshore", store, JobKind.POLICY, None, first, None, state, AT, AT, "words", parts=parts)


def asked(storage_class: str, days: int) -> Order:
    return policy_changes.draft(["a-space"], storage_class, days)


ACCEPTED = Part("a-space", JobState.UNVERIFIED, "set", AT)
REFUSED = Part("a-space", JobState.REJECTED, "403", AT)
REMOVED = Part("a-space", JobState.REJECTED, GONE, AT)
LOST = Part("a-space", JobState.NO_REPLY, "", AT)
UNSENT = Part("a-space")


@pytest.mark.parametrize(
    ("newest_first", "newest", "effect"),
    [
        ([ACCEPTED], 0, 0),
        ([REFUSED, ACCEPTED], 0, 1),
        ([REFUSED, REMOVED, ACCEPTED], 0, 1),
        ([LOST, ACCEPTED], 0, 0),
        ([UNSENT, REFUSED], 0, None),
    ],
    ids=["set", "refused by role", "gone before that", "may be either", "never sent"],
)
async def test_what_was_last_set_is_the_newest_attempt_that_can_have_had_an_effect(
    login: Login, newest_first: list[Part], newest: int, effect: int | None
) -> None:
    session = await login()
    orders = {str(number): asked("GLACIER", number) for number in range(len(newest_first))}
    jobs = [run(str(number), part, state=JobState.REJECTED) for number, part in enumerate(newest_first)]
    said = policies.last_set(session, jobs, orders.get)["a-space"]
    assert said.newest.days == newest
    assert (said.effect.days if said.effect else None) == effect


async def test_another_stores_space_of_the_same_name_is_another_space(login: Login) -> None:
    session = await login()
    order = asked("GLACIER", 1)
    assert policies.last_set(session, [run("1", ACCEPTED, store="52")], lambda _: order) == {}


def test_only_a_run_that_is_over_has_failures_and_what_was_never_sent_is_one() -> None:
    parts = (ACCEPTED, replace(REMOVED, target="b-space"), replace(LOST, target="c-space"), Part("d-space"))
    assert policies.failures(run("1", *parts, state=JobState.NO_REPLY)) == ("b-space", "c-space", "d-space")
    assert policies.failures(run("1", *parts, state=JobState.SENT)) == ()


def test_a_second_run_asks_the_same_of_the_failed_ones_alone() -> None:
    order = policy_changes.draft(["a-space", "b-space", "c-space"], "STANDARD_IA", 45)
    again = policy_changes.over(order, ("b-space", "c-space"))
    assert [request.values for request in writes(again)] == [
        {"spaceId": space, "storageClass": "STANDARD_IA", "daysToTransition": 45} for space in ("b-space", "c-space")
    ]


async def test_a_failure_that_was_tried_again_since_is_not_set_again(login: Login) -> None:
    session = await login()
    orders = {"new": asked("GLACIER", 1), "old": asked("STANDARD_IA", 45)}
    failed = run("old", REMOVED, replace(LOST, target="b-space"), state=JobState.REJECTED)
    again = policy_changes.to_set_again(session, [failed], orders.get)
    assert again and again.parts == ("a-space", "b-space")
    again = policy_changes.to_set_again(session, [run("new", ACCEPTED), failed], orders.get)
    assert again and (again.parts, dict(again.values)["storageClass"]) == (("b-space",), "STANDARD_IA")


@pytest.mark.parametrize(
    ("storage_class", "days"), [("STANDARD_IA", 29), ("ONEZONE_IA", 0), ("REDUCED_REDUNDANCY", 40), ("STANDARD", 40)]
)
def test_what_aws_refuses_is_refused_here_and_sent_by_an_explicit_choice_with_a_warning(
    storage_class: str, days: int
) -> None:
    with pytest.raises(BadInput, match="AWS refuses"):
        policy_changes.draft(["a-space"], storage_class, days)
    order = policy_changes.draft(["a-space"], storage_class, days, unchecked=True)
    (request,) = writes(order)
    assert request.values["storageClass"] == storage_class
    assert "AWS refuses" in policy_changes.warnings(order, ())[0]


@pytest.mark.parametrize(("storage_class", "days"), [("GLACIER", -1), ("FLOPPY", 30)])
def test_what_the_server_refuses_no_choice_sends(storage_class: str, days: int) -> None:
    with pytest.raises(BadInput):
        policy_changes.draft(["a-space"], storage_class, days, unchecked=True)


def test_frozen_classes_warn_of_streams_that_stop_and_of_items_that_nothing_here_thaws() -> None:
    order = policy_changes.draft(["a-space", "b-space"], "DEEP_ARCHIVE", 0)
    said = policy_changes.warnings(order, ("b-space", "other"))
    assert "no task for it" in said[0]
    assert said[1] == "Streams stop as items move: b-space streams."
    assert policy_changes.warnings(policy_changes.draft(["a-space"], "GLACIER_IR", 0), ("a-space",)) == ()


async def test_every_space_is_read_before_anything_is_sent(login: Login) -> None:
    session = await login()
    order = policy_changes.draft(["campus-events", "dance-archive"], "GLACIER", 90)
    flight = await policy_changes.preflight(session, order)
    assert flight.warnings[-1] == "Streams stop as items move: campus-events streams."
    ready = flight.to_send()
    assert (ready.profile, ready.store, ready.parts) == ("lakeshore", "51", order.parts)


async def test_every_space_that_is_not_there_is_named(login: Login) -> None:
    wanted = ("campus-events", "no-such-space", "nor-this")
    flight = await policy_changes.preflight(await login(), policy_changes.draft(wanted, "GLACIER", 90))
    with pytest.raises(Missing, match="/no-such-space, /nor-this"):
        flight.check()


async def test_a_space_that_streams_by_now_stops_a_run_that_would_freeze_it(login: Login) -> None:
    session = await login()
    off = policy_changes.Read((), (), ())
    frozen = policy_changes.draft(["campus-events"], "GLACIER", 90)
    before = await policy_changes.preflight(session, frozen, off)
    with pytest.raises(Changed, match="campus-events streams"):
        before.check_same(await policy_changes.preflight(session, frozen))
    harmless = policy_changes.draft(["campus-events"], "STANDARD_IA", 90)
    (await policy_changes.preflight(session, harmless, off)).check_same(
        await policy_changes.preflight(session, harmless)
    )


async def test_a_run_excludes_another_one_on_each_of_its_spaces(login: Login) -> None:
    session = await login()
    jobs = [run("1", ACCEPTED, Part("b-space"), state=JobState.SENT)]
    assert "policy of b-space is unfinished: sent since" in str(guard(session, policy.SET, "b-space", jobs))
    assert guard(session, policy.SET, "c-space", jobs) is None


@pytest.mark.parametrize("deleting", [True, False], ids=["being deleted", "there"])
async def test_no_policy_is_set_on_a_space_that_is_being_deleted(login: Login, deleting: bool) -> None:
    order = policy_changes.draft(["a-space", "maps"], "STANDARD_IA", 30)
    read = policy_changes.Read((), ("maps",) if deleting else (), ())
    flight = await policy_changes.preflight(await login(), order, read)
    assert flight.wrong == (("maps is being deleted.",) if deleting else ())
