"""What Home counts: pure figures out of what is held, and the few requests that fetch it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from durastore_tui.api.request_log import GIVEN_UP, Request
from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.errors import Forbidden, Rejected
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale
from durastore_tui.core.snapshots import SnapshotId, taken_apart
from durastore_tui.core.tasks.model import EpochMs
from durastore_tui.core.tasks.restores import Restore
from durastore_tui.core.tasks.snapshots import Summary
from durastore_tui.services import overview
from durastore_tui.services.overview_reading import read_snapshots, read_spaces, restored_of
from durastore_tui.services.session import Session, open_session
from durastore_tui.services.snapshot_list import Preservation
from durastore_tui.services.spaces import Spaces
from tests.held_clock import HeldClock
from tests.sandbox_server import SandboxServer
from tests.services.conftest import Login

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def shown(**raw: str) -> Resource[SpaceProperties]:
    return Ready(SpaceProperties({name.replace("_", "-"): value for name, value in raw.items()}), NOW)


def job(state: JobState, id: str = "j1", kind: JobKind = JobKind.ENABLE, target: str | None = None) -> Job:  # noqa: A002
    return Job(id, "lakeshore", "51", kind, "HLS", "maps", target, state, NOW, NOW, "")


def test_a_space_counts_for_each_way_it_streams_in_and_says_so_when_it_was_not_read() -> None:
    held = {
        "a": shown(hls_streaming_host="h", hls_streaming_type="OPEN"),
        "b": shown(hls_streaming_host="h", hls_streaming_type="SECURE", streaming_host="r"),
        "c": shown(space_count="3"),
        "d": shown(hls_streaming_host="h"),
        "e": Loading(NOW),
        "f": NotAllowed(Forbidden("HEAD /f", 403, ""), NOW),
        "g": Failed(Rejected("HEAD /g", 500, ""), NOW),
        "h": Empty(),
    }
    found = overview.streams(tuple(held), held.__getitem__)
    assert found.kinds == {
        "OPEN": 1,
        "SECURE": 1,
        "RTMP": 1,
        "off": 1,
        "no type": 1,
        "unread": 2,
        "forbidden": 1,
        "failed": 1,
    }
    assert (found.read, found.spaces) == (6, 8)


def test_what_is_late_unknown_or_lost_stands_before_what_runs_and_what_ended_is_left_out() -> None:
    states = (
        JobState.IN_PROGRESS,
        JobState.NO_REPLY,
        JobState.CONFIRMED,
        JobState.UNKNOWN,
        JobState.REJECTED,
        JobState.OVERDUE,
    )
    jobs = [job(state, id=state) for state in states]
    assert [one.id for one in overview.unresolved(jobs)] == ["overdue", "unknown", "no_reply", "in_progress"]


def test_a_policy_run_that_got_no_answer_is_unresolved_though_nothing_will_tell_more() -> None:
    assert overview.unresolved([job(JobState.NO_REPLY, kind=JobKind.POLICY)])


@pytest.mark.parametrize(
    ("status", "days", "expires"),
    [
        ("RESTORATION_COMPLETE", 0.2, True),
        ("RESTORATION_COMPLETE", 7, True),
        ("RESTORATION_COMPLETE", 7.01, False),
        ("RESTORATION_COMPLETE", -0.01, False),
        ("RESTORATION_EXPIRED", 0.2, False),
        ("ERROR", 0.2, False),
    ],
)
def test_a_restore_expires_soon_when_its_items_go_within_a_week(status: str, days: float, expires: bool) -> None:
    until = EpochMs(round((NOW + timedelta(days=days)).timestamp() * 1000))
    assert (overview.ends(Restore(status=status, expiration_date=until), NOW) is not None) is expires


def test_only_snapshots_whose_restored_space_is_there_can_have_something_left_to_expire() -> None:
    rows = [
        Summary(snapshot_id="acme_53_maps_2026-01-02-03-04-05"),
        Summary(snapshot_id="acme_53_films_2026-01-02-03-04-05"),
        Summary(snapshot_id="not-an-id"),
    ]
    spaces = ("maps", "maps-2026-01-02-03-04-05", "other")
    assert overview.may_be_restored(rows, spaces) == ("acme_53_maps_2026-01-02-03-04-05",)


def test_snapshots_whose_restored_spaces_have_one_name_after_the_cut_are_both_asked_about() -> None:
    long = "a" * 42
    rows = [Summary(snapshot_id=f"acme_53_{long}_2026-01-0{day}-03-04-05") for day in (1, 2)]
    assert len(overview.may_be_restored(rows, (long,))) == 2


def test_an_id_is_parsed_once_however_often_home_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def parse(snapshot: str) -> SnapshotId | None:
        parsed.append(snapshot)
        return taken_apart(snapshot)

    monkeypatch.setattr(overview, "taken_apart", parse)
    ids = [f"acme_53_parsed-once-{number}_2026-01-02-03-04-05" for number in range(3)]
    rows = tuple(Summary(snapshot_id=snapshot) for snapshot in ids)
    spaces = ("parsed-once-2-2026-01-02-03-04-05",)
    assert overview.may_be_restored(rows, spaces) == overview.may_be_restored(rows, spaces) == (ids[2],)
    assert parsed == ids


def test_a_restore_that_a_job_follows_is_asked_about_wherever_its_space_is() -> None:
    jobs = [job(JobState.IN_PROGRESS, kind=JobKind.RESTORE, target="s1"), job(JobState.IN_PROGRESS, target="s2")]
    assert overview.of_restores(jobs, ("s1", "s2", "s3")) == ("s1",)


def a_request(number: int, status: int | None, words: str = "") -> tuple[int, Request]:
    return number, Request(NOW + timedelta(seconds=number), "GET", "/x", status, 1.0, 1, None, "", words)


def test_the_last_failures_are_what_was_refused_or_never_answered_newest_first() -> None:
    requests = (
        a_request(1, 500, "no"),
        a_request(2, 200),
        a_request(3, None, "reset"),
        a_request(4, None, GIVEN_UP),
        a_request(5, 200, "not XML"),
    )
    found = overview.failures(requests, [job(JobState.REJECTED), job(JobState.CONFIRMED, "j2")])
    assert [one.number or (one.job and one.job.id) for one in found] == [5, 3, 1, "j1"]


def paths(session: Session) -> list[str]:
    return [f"{request.method} {request.path}" for request in session.log]


async def test_what_expires_is_found_without_asking_about_every_snapshot(login: Login) -> None:
    session = await login()
    preservation = Preservation(session)
    before = len(paths(session))
    assert await read_snapshots(preservation, Spaces(session), ()) == ()
    held = preservation.found
    assert held
    asked = paths(session)[before:]
    restores = [path for path in asked if "get-restore" in path]
    assert 1 <= len(restores) < 20, "sixty snapshots, of which few have a restored space"
    soon = overview.expiring(restored_of(held, None, ()), held, session.clock.now())
    assert [one.until - session.clock.now() < timedelta(hours=6) for one in soon] == [True]


async def test_a_clock_of_ours_that_is_wrong_changes_nothing_of_it(sandbox: SandboxServer, login: Login) -> None:
    right = await login()
    found = []
    for off in (0, 30, -30):
        clock = HeldClock()
        clock.time = datetime.now(UTC) + timedelta(days=off)
        session = await open_session(right.profile, right.endpoint.password, clock)
        try:
            preservation = Preservation(session)
            await read_snapshots(preservation, Spaces(session), ())
            held = preservation.found
            assert held
            assert round(-session.ahead / timedelta(days=1)) == off
            stuck = overview.stuck_among(await held.list(), held, (), clock.now())
            ending = overview.expiring(restored_of(held, None, ()), held, clock.now())
            found.append(([(one.snapshot, one.reason) for one in stuck], [one.snapshot for one in ending]))
        finally:
            await session.close()
    assert found[0][0] and found[0][1]
    assert found[0] == found[1] == found[2]


async def test_nothing_is_asked_for_twice_not_even_by_two_who_ask_together(login: Login) -> None:
    session = await login()
    spaces, preservation = Spaces(session), Preservation(session)

    async def read() -> None:
        await read_spaces(spaces)
        await read_snapshots(preservation, spaces, ())

    await asyncio.gather(read(), read())
    await read()
    counted = [path for path in paths(session) if "get-restore" not in path]
    assert len(counted) == len(set(counted))
    names = spaces.held_names
    assert isinstance(names, Ready)
    assert len([path for path in counted if path.startswith("HEAD")]) == len(names.value)


async def test_a_reading_that_is_cancelled_goes_on_where_it_stood(login: Login) -> None:
    session = await login()
    spaces = Spaces(session)
    reading = asyncio.create_task(read_spaces(spaces))

    def heard(request: Request) -> None:
        if len(list(session.log)) > 9:
            reading.cancel()

    session.log.subscribe(heard)
    await asyncio.gather(reading, return_exceptions=True)
    names = spaces.held_names
    assert isinstance(names, Ready)
    first = [name for name in names.value if isinstance(spaces.held(name), Ready)]
    assert 0 < len(first) < len(names.value)
    await read_spaces(spaces)
    heads = [request.path for request in session.log if request.method == "HEAD" and not request.given_up]
    assert len(heads) == len(set(heads)) == len(names.value)


async def test_asking_again_asks_for_everything_again(login: Login) -> None:
    session = await login()
    spaces = Spaces(session)
    await read_spaces(spaces)
    heads = [path for path in paths(session) if path.startswith(("HEAD", "GET /spaces"))]
    await read_spaces(spaces, again=True)
    again = [path for path in paths(session) if path.startswith(("HEAD", "GET /spaces"))]
    assert sorted(again) == sorted(heads * 2)


async def test_a_failing_bridge_leaves_the_list_failed_and_no_restore_is_asked_about(login: Login) -> None:
    session = await login("admin", world="broken")
    preservation = Preservation(session)
    await read_snapshots(preservation, Spaces(session), ())
    assert preservation.found
    assert isinstance(preservation.found.listed, Failed)
    assert not [path for path in paths(session) if "get-restore" in path]


async def test_stuck_ones_are_told_with_their_reason_and_the_newest_word_counts(login: Login) -> None:
    session = await login()
    preservation = Preservation(session)
    await read_snapshots(preservation, Spaces(session), ())
    held = preservation.found
    assert held
    rows = await held.list()
    found = overview.stuck_among(rows, held, (), session.clock.now())
    assert [one.space for one in found] == ["wlsu-reels-1971", "film-reel-9", "maps-batch-7", "private-donor-papers"]
    assert "can be restarted" in found[1].reason


def test_what_is_stale_still_counts() -> None:
    held = Stale(SpaceProperties({"hls-streaming-host": "h", "hls-streaming-type": "OPEN"}), NOW)
    assert overview.kinds(held) == ("OPEN",)
