"""What a space's streaming is called, and the orders that change it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState, Part
from durastore_tui.core.tasks import hls, policy
from durastore_tui.services import streaming
from durastore_tui.services.changes import streaming_changes
from durastore_tui.services.changes.guard import guard
from durastore_tui.services.changes.preflight import Changed, Preflight, WillFail
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.session import Session
from durastore_tui.services.spaces import Spaces
from durastore_tui.services.streaming import StreamState, state_of
from tests.services.conftest import Login

AT = datetime(2026, 11, 24, tzinfo=UTC)
HOST = "d1.cloudfront.localhost:1"
OFF = SpaceProperties({"space-count": "3"})
OPEN = SpaceProperties({"hls-streaming-host": HOST, "hls-streaming-type": "OPEN"})
OLD = SpaceProperties({"streaming-host": "s1.example", "streaming-type": "SECURE"})
BOTH = SpaceProperties({**OPEN.raw, **OLD.raw})


def job(kind: JobKind, state: JobState, space: str = "s", host: str | None = HOST) -> Job:
    looks = (Evidence(AT, "http", "answered 403"),)
    return Job("1", "lakeshore", "51", kind, "HLS", space, None, state, AT, AT, "words", looks, host=host)


@pytest.mark.parametrize(
    ("properties", "about", "word", "glyph"),
    [
        (OFF, None, "off", "off"),
        (OPEN, None, "OPEN", "shown"),
        (OPEN, job(JobKind.ENABLE, JobState.ACCEPTED), "enabling", "asked"),
        (OPEN, job(JobKind.ENABLE, JobState.IN_PROGRESS), "enabling", "asked"),
        (OPEN, job(JobKind.ENABLE, JobState.CONFIRMED), "OPEN", "confirmed"),
        (OPEN, job(JobKind.ENABLE, JobState.CONFIRMED, host="d0.example"), "OPEN", "shown"),
        (OPEN, job(JobKind.ENABLE, JobState.OVERDUE), "enabling, overdue", "overdue"),
        (OFF, job(JobKind.DELETE, JobState.IN_PROGRESS), "deleting", "asked"),
        (OFF, job(JobKind.DELETE, JobState.UNKNOWN), "deleting, unknown", "unknown"),
        (OFF, job(JobKind.DELETE, JobState.CONFIRMED), "off", "off"),
        (OPEN, job(JobKind.DISABLE, JobState.REJECTED), "OPEN", "shown"),
        (OPEN, job(JobKind.SWITCH, JobState.NO_REPLY), "switching, no reply", "no_reply"),
    ],
)
def test_the_word_claims_no_more_than_is_known(
    properties: SpaceProperties, about: Job | None, word: str, glyph: str
) -> None:
    state = state_of(properties, about)
    assert (state.word, state.glyph) == (word, glyph)
    assert state.host == properties.hls_host


def test_the_old_family_is_told_apart() -> None:
    assert state_of(OLD) == StreamState("off", "off", "HLS", None, None)
    assert state_of(OLD, family="RTMP") == StreamState("ended", "off", "RTMP", "SECURE", "s1.example")


DELETE = streaming_changes.draft(JobKind.DELETE, "campus-events")
ENABLE = streaming_changes.draft(
    JobKind.ENABLE, "dance-archive", streaming_type="SECURE", origins=("https://a.example",)
)


async def looked(session: Session, order: Order) -> Preflight:
    return await streaming_changes.preflight(session, Spaces(session), order)


async def test_an_order_remembers_what_the_space_showed(login: Login) -> None:
    session = await login()
    order = (await looked(session, DELETE)).to_send()
    assert (order.profile, order.store, order.space) == ("lakeshore", "51", "campus-events")
    assert (order.was, order.family) == ("OPEN", "HLS")
    assert order.host
    again = (await looked(session, ENABLE)).to_send()
    assert (again.streaming_type, again.origins, again.host) == ("SECURE", ("https://a.example",), None)


async def test_what_the_server_would_refuse_is_predicted(login: Login) -> None:
    session = await login()
    found = await looked(session, replace(ENABLE, space="campus-events"))
    with pytest.raises(WillFail, match="streams as OPEN"):
        found.check()
    assert found.to_send().was == "OPEN"
    with pytest.raises(WillFail, match="nothing to disable"):
        (await looked(session, streaming_changes.draft(JobKind.DISABLE, "dance-archive"))).check()
    with pytest.raises(Missing):
        await looked(session, streaming_changes.draft(JobKind.DISABLE, "no-such-space"))


async def test_a_promise_that_no_longer_holds_stops_the_order(login: Login) -> None:
    now = await looked(await login(), ENABLE)
    was = replace(now, shown="OPEN at d1.cloudfront.localhost", order=replace(now.to_send(), was="OPEN"))
    with pytest.raises(Changed, match=r"dance-archive was OPEN at d1.cloudfront.localhost, and is off now"):
        was.check_same(now)


async def test_what_a_change_supersedes_is_noted_and_nothing_is_predicted(login: Login) -> None:
    session, pending = await login(), job(JobKind.ENABLE, JobState.ACCEPTED, "dance-archive")
    disable = streaming_changes.draft(JobKind.DISABLE, "dance-archive")
    found = await streaming_changes.preflight(session, Spaces(session), disable, [pending])
    assert (found.wrong, found.notes) == ((), (f"This supersedes enable (job {pending.id}: accepted).",))


@pytest.mark.parametrize("origin", ["library.example", "https://a.example/path", "ftp://a.example"])
def test_a_wrong_origin_makes_no_order(origin: str) -> None:
    with pytest.raises(BadInput):
        streaming_changes.draft(JobKind.ENABLE, "dance-archive", streaming_type="OPEN", origins=(origin,))


@pytest.mark.parametrize(
    ("shown", "jobs", "words"),
    [
        (OFF, {}, ["off"]),
        (OLD, {}, ["ended"]),
        (BOTH, {}, ["OPEN", "ended"]),
        (OFF, {"RTMP": job(JobKind.DELETE, JobState.IN_PROGRESS)}, ["deleting"]),
        (OPEN, {"RTMP": job(JobKind.DELETE, JobState.CONFIRMED)}, ["OPEN"]),
    ],
)
def test_each_family_that_streams_or_changes_has_its_own_word(
    shown: SpaceProperties, jobs: dict[str, Job], words: list[str]
) -> None:
    assert [state.word for state in streaming.states_of(shown, jobs)] == words


@pytest.mark.parametrize(
    ("world", "store", "families"),
    [("lakeshore", "51", ("HLS",)), ("cedarfork", "3", ("HLS", "RTMP")), ("prairie", "0", ("RTMP",))],
)
async def test_a_server_has_the_families_that_its_task_list_says(
    login: Login, world: str, store: str, families: tuple[str, ...]
) -> None:
    assert streaming.families(await login(world=world, store=store)) == families


async def test_a_pending_change_of_one_family_leaves_the_other_free(login: Login) -> None:
    session = await login(world="cedarfork", store="3")
    pending = (replace(job(JobKind.DELETE, JobState.IN_PROGRESS, "yearbooks"), profile="cedarfork", store="3"),)

    def why_not(kind: JobKind, family: str) -> str | None:
        return streaming_changes.why_not(session, kind, family, "yearbooks", pending, (), OPEN)

    assert "delete of yearbooks is unfinished: in progress" in str(why_not(JobKind.ENABLE, "HLS"))
    assert why_not(JobKind.ENABLE, "RTMP") is None
    assert why_not(JobKind.SWITCH, "RTMP") == "yearbooks does not stream by RTMP: there is nothing to switch."
    assert why_not(JobKind.DELETE, "RTMP") is None


async def test_a_login_that_was_refused_for_its_role_is_not_offered_the_like_again(login: Login) -> None:
    session = await login("user")
    assert guard(session, hls.DELETE, "campus-events") is None
    refused = job(JobKind.DISABLE, JobState.REJECTED)
    session.capabilities.answered(hls.DISABLE, refused)
    assert guard(session, hls.DELETE, "campus-events") is None
    session.capabilities.answered(hls.DISABLE, replace(refused, refusal="Forbidden", status=403))
    assert "needs the role ADMIN" in str(guard(session, hls.DELETE, "campus-events"))
    session.capabilities.answered(hls.DISABLE, job(JobKind.DISABLE, JobState.ACCEPTED))
    assert guard(session, hls.DELETE, "campus-events") is None


async def test_a_run_excludes_the_spaces_of_its_unanswered_parts_alone(login: Login) -> None:
    session = await login()
    parts = (Part("done", JobState.UNVERIFIED), Part("sent", JobState.SENT), Part("waiting"))
    run = replace(job(JobKind.POLICY, JobState.SENT, "done"), family=None, parts=parts)
    assert guard(session, policy.SET, "done", (run,)) is None
    for space in ("sent", "waiting"):
        assert f"policy of {space} is unfinished: sent" in str(guard(session, policy.SET, space, (run,)))


async def test_a_pending_job_excludes_its_own_kind_of_change_of_its_own_space_alone(login: Login) -> None:
    session = await login()
    pending = (job(JobKind.DELETE, JobState.IN_PROGRESS, "campus-events"),)
    why = str(guard(session, hls.ENABLE, "campus-events", pending))
    assert "delete of campus-events is unfinished: in progress" in why
    assert guard(session, hls.ENABLE, "dance-archive", pending) is None
    assert guard(session, policy.SET, "campus-events", pending) is None
    over = (job(JobKind.DELETE, JobState.CONFIRMED, "campus-events"),)
    assert guard(session, hls.ENABLE, "campus-events", over) is None


class OneSpace(Spaces):
    """Shows what it is told to."""

    def __init__(self, session: Session, shown: SpaceProperties) -> None:
        super().__init__(session)
        self.shown = shown

    async def properties_of(self, space: str) -> SpaceProperties:
        return self.shown


@pytest.mark.parametrize("kind", [JobKind.ENABLE, JobKind.DISABLE, JobKind.DELETE, JobKind.SWITCH])
async def test_nothing_is_changed_on_a_space_that_is_being_deleted(login: Login, kind: JobKind) -> None:
    session = await login()
    order = streaming_changes.draft(kind, "maps", streaming_type="OPEN" if kind is JobKind.ENABLE else "SECURE")
    (await streaming_changes.preflight(session, OneSpace(session, OPEN), order)).check()
    deleting = OneSpace(session, SpaceProperties({**OPEN.raw, "is-delete": "true"}))
    with pytest.raises(WillFail, match="maps is being deleted"):
        (await streaming_changes.preflight(session, deleting, order)).check()


async def test_a_switch_supersedes_nothing_though_its_first_request_is_a_delete(login: Login) -> None:
    session = await login()
    enabling = [job(JobKind.ENABLE, JobState.IN_PROGRESS, "maps")]
    supersedes = f"This supersedes enable (job {enabling[0].id}: in progress)."
    for kind, notes in ((JobKind.DELETE, (supersedes,)), (JobKind.DISABLE, (supersedes,)), (JobKind.SWITCH, ())):
        order = streaming_changes.draft(kind, "maps", streaming_type="SECURE" if kind is JobKind.SWITCH else None)
        found = await streaming_changes.preflight(session, OneSpace(session, OPEN), order, enabling)
        assert found.notes == notes
