"""Tasks that are run by their name and their body: each is a job, and sends that body exactly."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from durastore_tui.core.errors import Missing
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.core.tasks import TASKS, find, undeclared
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.changes.preflight import Changed
from durastore_tui.services.changes.task_orders import MAKERS, preflight_of
from durastore_tui.services.jobs.entry import Entry, Phase, dump, load
from durastore_tui.services.jobs.order import Order
from durastore_tui.services.jobs.requests import first
from tests.services.conftest import Login

ITEM = "preservation/OH-0100_pm.wav"
FAILED = "lakeshore_53_film-reel-9_2026-11-03-09-00-00"


def task(name: str) -> Task:
    found = find(name)
    assert found
    return found


@pytest.mark.parametrize(
    ("name", "store", "values", "kind"),
    [
        ("enable-hls", "51", {"spaceId": "dance-archive", "secure": True}, JobKind.ENABLE),
        ("enable-hls", "51", {"spaceId": "dance-archive"}, JobKind.ENABLE),
        ("disable-hls", "51", {"spaceId": "campus-events"}, JobKind.DISABLE),
        ("delete-hls", "51", {"spaceId": "campus-events"}, JobKind.DELETE),
        (
            "set-storage-policy",
            "51",
            {"spaceId": "maps-and-plans", "storageClass": "STANDARD_IA", "daysToTransition": 45},
            JobKind.POLICY,
        ),
        ("restore-content", "52", {"spaceId": "masters-audio", "contentId": ITEM}, JobKind.RETRIEVAL),
    ],
)
async def test_a_change_that_a_job_follows_becomes_its_order_and_sends_the_same(
    login: Login, name: str, store: str, values: dict[str, str | bool | int], kind: JobKind
) -> None:
    session = await login(store=store)
    body = task(name).request_body(values)
    order = (await preflight_of(session, task(name), body)).to_send()
    assert (order.kind, order.profile, order.store) == (kind, session.profile.name, store)
    assert first(order).body == body


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("enable-hls", {"spaceId": "staging-empty"}),
        ("delete-hls", {"spaceId": "staging-empty"}),
        ("set-storage-policy", {"spaceId": "staging-empty", "storageClass": "STANDARD_IA", "daysToTransition": 45}),
        ("create-snapshot", {"spaceId": "oh-batch-2026-11", "description": "Lot 11", "userEmail": "a@b.example"}),
        ("restart-snapshot", {"snapshotId": FAILED}),
        ("restore-snapshot", {"snapshotId": FAILED, "userEmail": "a@b.example"}),
        ("request-restore-snapshot", {"snapshotId": FAILED, "userEmail": "a@b.example"}),
        ("cleanup-snapshot", {"spaceId": "maps-batch-7"}),
        ("complete-restore", {"spaceId": "staging-empty", "daysToExpire": 3}),
    ],
)
async def test_an_order_carries_the_store_that_is_the_current_one_now(
    login: Login, name: str, values: dict[str, str | int]
) -> None:
    session = await login()
    await session.use_store("53")
    order = (await preflight_of(session, task(name), task(name).request_body(values))).to_send()
    assert order.store == "53"
    read = [request.path for request in session.log if request.method == "HEAD"]
    assert all(path.endswith("?storeID=53") for path in read)


async def test_a_body_is_sent_just_as_it_was_written(login: Login) -> None:
    written = b'{ "spaceId" : "dance-archive",\n "secure": false, "allowedOrigins": [] }'
    known = await preflight_of(await login(), task("enable-hls"), written)
    assert known.body == written == first(known.to_send()).body


async def test_what_the_space_shows_before_is_in_the_order_and_what_speaks_against_it_is_told(login: Login) -> None:
    session = await login()
    streams = await preflight_of(session, task("delete-hls"), b'{"spaceId": "campus-events"}')
    assert streams.order and streams.order.host and streams.order.was == "OPEN" and not streams.wrong
    off = await preflight_of(session, task("disable-hls"), b'{"spaceId": "maps-and-plans"}')
    assert "nothing to disable" in off.wrong[0]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("complete-snapshot", b'{"spaceId": "staging-empty", "typo": 1}'),
        ("enable-hls", b'{"spaceId": "dance-archive", "secure": "true"}'),
        ("enable-hls", b'{"spaceId": "dance-archive", "typo": 1}'),
        ("enable-hls", b"not JSON"),
        ("enable-hls", b"[]"),
        ("enable-hls", b"\xff"),
        ("restore-content", b"masters-audio"),
        ("enable-hls", b'{"spaceId": "no-such-space"}'),
        ("defrag-space", b"anything \xff"),
    ],
)
async def test_a_body_that_no_other_kind_would_send_just_so_is_a_one_shot_task(
    login: Login, name: str, body: bytes
) -> None:
    order = (await preflight_of(await login(), find(name) or undeclared(name), body)).to_send()
    assert (order.kind, order.task) == (JobKind.TASK, name)
    assert first(order).body == body
    assert load(dump(entry_of(order)), 0).order == order


@pytest.mark.parametrize(
    ("name", "values", "space", "target"),
    [
        ("cleanup-snapshot", {"spaceId": "maps-batch-7"}, "maps-batch-7", None),
        ("complete-snapshot", {"spaceId": "maps-batch-7"}, "maps-batch-7", None),
        ("complete-cancel-snapshot", {"spaceId": "maps-batch-7"}, "maps-batch-7", None),
        ("complete-restore", {"spaceId": "staging-empty", "daysToExpire": 3}, "staging-empty", None),
        ("request-restore-snapshot", {"snapshotId": FAILED, "userEmail": "a@b.example"}, "film-reel-9", FAILED),
    ],
)
async def test_a_task_without_a_kind_of_its_own_is_sent_once_and_excludes_nothing(
    login: Login, name: str, values: dict[str, str | int], space: str, target: str | None
) -> None:
    flight = await preflight_of(await login(store="53"), task(name), task(name).request_body(values))
    order = flight.to_send()
    assert (order.kind, order.task, order.space, order.target) == (JobKind.TASK, name, space, target)
    assert order.keys == ()


async def test_a_space_that_is_not_there_is_missing_and_can_be_asked_for_anyway(login: Login) -> None:
    flight = await preflight_of(await login(), task("enable-hls"), b'{"spaceId": "no-such-space"}')
    assert flight.missing and flight.order
    with pytest.raises(Missing):
        flight.check()


async def test_what_no_longer_holds_is_refused(login: Login) -> None:
    before = await preflight_of(await login(), task("delete-hls"), b'{"spaceId": "campus-events"}')
    before.check_same(before)
    for now in (replace(before, wrong=("It changed",)), replace(before, warnings=("Streams stop",))):
        with pytest.raises(Changed, match="nothing was sent"):
            before.check_same(now)
    with pytest.raises(Changed, match="There is none"):
        before.check_same(replace(before, missing=Missing("HEAD /x", 404, "There is none")))


def test_every_declared_change_is_looked_at_before_it_is_sent() -> None:
    assert set(MAKERS) == {name for name, declared in TASKS.items() if declared.changes}


def entry_of(order: Order) -> Entry:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    sent = Job("1", "p", "51", order.kind, None, order.space, order.target, JobState.SENT, at, at, "", task=order.task)
    return Entry(sent, order, Phase.EFFECT, at, at)
