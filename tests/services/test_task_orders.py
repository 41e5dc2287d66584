"""Tasks that are run by their name and their body: which of them are jobs, and what these send."""

import pytest

from durastore_tui.core.jobs import JobKind
from durastore_tui.core.tasks import TASKS, find
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.jobs.requests import first
from durastore_tui.services.task_orders import MAKERS, order_of
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
    known = await order_of(session, task(name), body)
    assert known
    assert (known.order.kind, known.order.profile, known.order.store) == (kind, session.profile.name, store)
    assert first(known.order).body == body


async def test_a_body_is_sent_just_as_it_was_written(login: Login) -> None:
    written = b'{ "spaceId" : "dance-archive",\n "secure": false, "allowedOrigins": [] }'
    known = await order_of(await login(), task("enable-hls"), written)
    assert known and known.body == written == first(known.order).body


async def test_what_the_space_shows_before_is_in_the_order_and_what_speaks_against_it_is_told(login: Login) -> None:
    session = await login()
    streams = await order_of(session, task("delete-hls"), b'{"spaceId": "campus-events"}')
    assert streams and streams.order.host and streams.order.was == "OPEN" and not streams.wrong
    off = await order_of(session, task("disable-hls"), b'{"spaceId": "maps-and-plans"}')
    assert off and "nothing to disable" in off.wrong[0]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("noop", b""),
        ("complete-snapshot", b'{"spaceId": "dance-archive"}'),
        ("enable-hls", b'{"spaceId": "dance-archive", "secure": "true"}'),
        ("enable-hls", b'{"spaceId": "dance-archive", "typo": 1}'),
        ("enable-hls", b"not JSON"),
        ("enable-hls", b"[]"),
        ("enable-hls", b"\xff"),
        ("restore-content", b"masters-audio"),
        ("enable-hls", b'{"spaceId": "no-such-space"}'),
    ],
)
async def test_a_body_that_no_job_would_send_just_so_is_none(login: Login, name: str, body: bytes) -> None:
    assert await order_of(await login(), task(name), body) is None


def test_every_change_that_can_be_looked_at_afterwards_has_a_job() -> None:
    without = {name for name, declared in TASKS.items() if declared.changes and name not in MAKERS}
    assert without == {
        "request-restore-snapshot",
        "complete-restore",
        "cleanup-snapshot",
        "complete-snapshot",
        "complete-cancel-snapshot",
    }
