"""What a space's streaming is called, and the orders that change it."""

from datetime import UTC, datetime

import pytest

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import BadInput, Missing
from durastore_tui.core.jobs import Evidence, Job, JobKind, JobState
from durastore_tui.core.tasks import hls, policy
from durastore_tui.services import streaming
from durastore_tui.services.capabilities import guard
from durastore_tui.services.streaming import Changed, StreamState, WillFail, state_of
from tests.services.conftest import Login

AT = datetime(2026, 11, 24, tzinfo=UTC)
HOST = "d1.cloudfront.localhost:1"
OFF = SpaceProperties({"space-count": "3"})
OPEN = SpaceProperties({"hls-streaming-host": HOST, "hls-streaming-type": "OPEN"})


def job(kind: JobKind, state: JobState, space: str = "s", host: str | None = HOST) -> Job:
    looks = (Evidence(AT, "http", "answered 403"),)
    return Job("1", "lakeshore", "51", kind, "HLS", space, None, state, AT, AT, "words", looks, host=host)


@pytest.mark.parametrize(
    ("properties", "about", "word", "glyph"),
    [
        (OFF, None, "off", "off"),
        (OPEN, None, "OPEN", "on"),
        (OPEN, job(JobKind.ENABLE, JobState.ACCEPTED), "enabling", "asked"),
        (OPEN, job(JobKind.ENABLE, JobState.SETTLING), "enabling", "asked"),
        (OPEN, job(JobKind.ENABLE, JobState.SEEN), "OPEN", "seen"),
        (OPEN, job(JobKind.ENABLE, JobState.SEEN, host="d0.example"), "OPEN", "on"),
        (OPEN, job(JobKind.ENABLE, JobState.LATE), "enabling, late", "late"),
        (OFF, job(JobKind.DELETE, JobState.SETTLING), "deleting", "asked"),
        (OFF, job(JobKind.DELETE, JobState.UNKNOWN), "deleting, unknown", "unknown"),
        (OFF, job(JobKind.DELETE, JobState.SEEN), "off", "off"),
        (OPEN, job(JobKind.DISABLE, JobState.REFUSED), "OPEN", "on"),
        (OPEN, job(JobKind.SWITCH, JobState.LOST), "switching, lost", "lost"),
    ],
)
def test_the_word_claims_no_more_than_is_known(
    properties: SpaceProperties, about: Job | None, word: str, glyph: str
) -> None:
    state = state_of(properties, about)
    assert (state.word, state.glyph) == (word, glyph)
    assert state.host == properties.hls_host


def test_the_old_family_is_told_apart() -> None:
    old = SpaceProperties({"streaming-host": "s1.example", "streaming-type": "SECURE"})
    assert state_of(old) == StreamState("off", "off", "HLS", None, None)
    assert state_of(old, family="RTMP") == StreamState("SECURE", "on", "RTMP", "SECURE", "s1.example")


async def test_an_order_remembers_what_the_space_showed(login: Login) -> None:
    session = await login()
    order = await streaming.delete(session, "campus-events")
    assert (order.profile, order.store, order.space) == ("lakeshore", "51", "campus-events")
    assert (order.was, order.family) == ("OPEN", "HLS")
    assert order.host
    again = await streaming.enable(session, "dance-archive", secure=True, origins=("https://a.example",))
    assert (again.streaming_type, again.origins, again.host) == ("SECURE", ("https://a.example",), None)


async def test_what_the_server_would_refuse_is_refused_here_unless_forced(login: Login) -> None:
    session = await login()
    with pytest.raises(WillFail, match="streams as OPEN"):
        await streaming.enable(session, "campus-events", secure=True)
    assert (await streaming.enable(session, "campus-events", secure=True, force=True)).was == "OPEN"
    with pytest.raises(WillFail, match="nothing to disable"):
        await streaming.disable(session, "dance-archive")
    with pytest.raises(Missing):
        await streaming.disable(session, "no-such-space")


async def test_a_promise_that_no_longer_holds_stops_the_order(login: Login) -> None:
    session = await login()
    with pytest.raises(Changed, match="is off now"):
        await streaming.enable(session, "dance-archive", secure=False, promised=OPEN)


@pytest.mark.parametrize("origin", ["library.example", "https://a.example/path", "ftp://a.example"])
async def test_a_wrong_origin_asks_nothing(login: Login, origin: str) -> None:
    session = await login()
    before = len(list(session.log))
    with pytest.raises(BadInput):
        await streaming.enable(session, "dance-archive", secure=False, origins=(origin,))
    assert len(list(session.log)) == before


async def test_a_pending_job_excludes_its_own_kind_of_change_of_its_own_space_alone(login: Login) -> None:
    session = await login()
    pending = (job(JobKind.DELETE, JobState.SETTLING, "campus-events"),)
    assert "delete of campus-events is settling" in str(guard(session, hls.ENABLE, "campus-events", pending))
    assert guard(session, hls.ENABLE, "dance-archive", pending) is None
    assert guard(session, policy.SET, "campus-events", pending) is None
    over = (job(JobKind.DELETE, JobState.SEEN, "campus-events"),)
    assert guard(session, hls.ENABLE, "campus-events", over) is None
