"""The steps of a change: what is checked before the person is asked, and what stops it afterwards."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.core.tasks import hls
from durastore_tui.services.changes.confirmation import Consent, Despite
from durastore_tui.services.changes.flow import Change, Refused, confirmed_order, send
from durastore_tui.services.changes.plan import Plan
from durastore_tui.services.changes.preflight import Changed, Preflight, WillFail
from durastore_tui.services.jobs.journal_trouble import JournalTrouble, damaged
from durastore_tui.services.jobs.order import Order, claim
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable, UnreadableJob
from durastore_tui.services.session import Session
from tests.services.conftest import Login
from tests.tui.fakes import FakeJobs, a_job

SPACE = "campus-events"
ORDER = Order(JobKind.DISABLE, "lakeshore", "51", SPACE, family="HLS", was="OPEN")
GOOD = Preflight(hls.DISABLE, {"spaceId": SPACE}, order=ORDER)
STRANGE = UnreadableJob("4f2a", "lakeshore", "dream", "dreaming", datetime(2026, 1, 1, tzinfo=UTC), 3, True)


@dataclass
class Prompt:
    """Answers as told, after something happened meanwhile."""

    answer: Consent = Consent.ASKED
    meanwhile: Callable[[], object] = lambda: None
    plans: list[Plan] = field(default_factory=list)

    async def show_plan(self, plan: Plan) -> Consent:
        self.plans.append(plan)
        self.meanwhile()
        return self.answer


@dataclass
class State:
    """What reading the state shows; counts how often it was read."""

    shown: Preflight = GOOD
    reads: int = 0

    async def read(self) -> Preflight:
        self.reads += 1
        return self.shown

    @property
    def change(self) -> Change:
        return Change(hls.DISABLE, self.read, (SPACE,), JobKind.DISABLE)


@pytest.fixture
async def session(login: Login) -> Session:
    session = await login()
    await session.learn(session.store)
    return session


async def test_a_confirmed_change_is_read_twice_and_sent_once(session: Session) -> None:
    jobs, state = FakeJobs(), State()
    order = await confirmed_order(session, jobs, state.change, Prompt())
    assert (order, state.reads, jobs.orders) == (ORDER, 2, [])
    assert order
    await send(session, jobs, order)
    assert jobs.orders == [ORDER]


@pytest.mark.parametrize(("answer", "order", "reads"), [(Consent.NO, None, 1), (Consent.BEFORE, ORDER, 1)])
async def test_only_a_person_who_took_time_needs_a_second_look(
    session: Session, answer: Consent, order: Order | None, reads: int
) -> None:
    state = State()
    assert await confirmed_order(session, FakeJobs(), state.change, Prompt(answer)) == order
    assert state.reads == reads


@pytest.mark.parametrize(
    "now",
    [
        replace(GOOD, order=replace(ORDER, was="SECURE")),
        replace(GOOD, wrong=("It is being deleted.",)),
        replace(GOOD, warnings=("HLS stops as well.",)),
        replace(GOOD, missing=Missing("HEAD /x", 404, "There is none")),
    ],
    ids=["another state", "a predicted failure", "a warning", "gone"],
)
async def test_what_changed_while_the_person_was_asked_stops_it(session: Session, now: Preflight) -> None:
    state = State()
    prompt = Prompt(meanwhile=lambda: setattr(state, "shown", now))
    with pytest.raises(Changed, match="othing was sent"):
        await confirmed_order(session, FakeJobs(), state.change, prompt, despite=Despite.ALL)


@pytest.mark.parametrize(
    ("shown", "despite", "stops"),
    [
        (replace(GOOD, wrong=("It is off.",)), Despite.NOTHING, WillFail),
        (replace(GOOD, wrong=("It is off.",)), Despite.PREDICTIONS, None),
        (replace(GOOD, missing=Missing("HEAD /x", 404, "")), Despite.PREDICTIONS, Missing),
        (replace(GOOD, missing=Missing("HEAD /x", 404, "")), Despite.ALL, None),
        (replace(GOOD, order=None, wrong=("It is off.",)), Despite.ALL, WillFail),
    ],
)
async def test_a_predicted_failure_stops_it_unless_it_is_to_be_sent_anyway(
    session: Session, shown: Preflight, despite: Despite, stops: type[Exception] | None
) -> None:
    prompt, change = Prompt(), State(shown).change
    if stops:
        with pytest.raises(stops):
            await confirmed_order(session, FakeJobs(), change, prompt, despite=despite)
        assert prompt.plans == []
    else:
        assert await confirmed_order(session, FakeJobs(), change, prompt, verb="Disable", despite=despite) == ORDER
        assert prompt.plans[0].verb == "Disable anyway"


async def test_a_job_in_the_way_is_checked_once_and_stops_it_before_anything_is_read(session: Session) -> None:
    job: Job = replace(a_job(SPACE, JobKind.DELETE), profile="lakeshore", store="51")
    jobs, state = FakeJobs([job]), State()
    with pytest.raises(Refused, match=f"job {job.id}.*; nothing was sent") as refused:
        await confirmed_order(session, jobs, state.change, Prompt())
    assert (jobs.looked_at, state.reads, refused.value.job) == ([job.id], 0, job)
    assert await confirmed_order(session, jobs, state.change, Prompt(), despite=Despite.ALL) == ORDER


async def test_no_force_opens_a_read_only_server(session: Session) -> None:
    session.window.shut_now()
    with pytest.raises(Refused, match="read-only"):
        await confirmed_order(session, FakeJobs(), State().change, Prompt(), despite=Despite.ALL)


async def test_a_job_that_cannot_be_read_stops_even_a_forced_change_of_its_subject(session: Session) -> None:
    jobs = FakeJobs()
    key = claim(JobKind.DISABLE, "lakeshore", "51", SPACE, family="HLS")
    jobs.strange = (replace(STRANGE, claims=frozenset(filter(None, [key]))),)
    for despite, error in ((Despite.NOTHING, Refused), (Despite.ALL, ExcludedByUnreadable)):
        prompt = Prompt()
        with pytest.raises(error, match="4f2a"):
            await confirmed_order(session, jobs, State().change, prompt, despite=despite)
        assert prompt.plans == []


async def test_without_a_journal_nothing_is_read_and_nobody_is_asked(session: Session) -> None:
    jobs, state = FakeJobs(), State()
    jobs.broken = damaged(Path("/home/ana/jobs.sqlite3"), "it is empty")
    with pytest.raises(JournalTrouble):
        await confirmed_order(session, jobs, state.change, Prompt(), despite=Despite.ALL)
    assert state.reads == 0


def test_a_refusal_is_wrong_use() -> None:
    assert issubclass(Refused, BadInput)
