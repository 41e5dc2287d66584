"""Both sides of the wire together: every task of the registry, asked of the stand-in."""

from datetime import date, timedelta

import pytest

from durastore_tui.api import reports, spaces, tasks
from durastore_tui.api.request_log import RequestLog
from durastore_tui.core.errors import Conflict, Forbidden, Missing, Unauthorized
from durastore_tui.core.tasks import TASKS, common, glacier, hls, noop, policy, restores, rtmp, snapshots
from durastore_tui.core.tasks.model import Task, Value
from tests.contract.api.conftest import Connect
from tests.sandbox_server import SandboxServer

Values = dict[str, Value | None]

DANCE: Values = {"spaceId": "dance-archive"}
STAGING: Values = {"spaceId": "staging-empty"}
NEW: Values = {"spaceId": "oh-batch-2026-11", "description": "Élise's №7", "userEmail": "name@library.example"}
CHAPEL: Values = {"spaceId": "chapel-recordings", "contentId": "a b.mp4", "resourcePrefix": "mp4:"}
REDIRECT = "https://player.example/watch"

S3_CALLS: list[tuple[Task, str, Values]] = [
    (noop.NOOP, "51", {}),
    (policy.SET, "51", {**DANCE, "storageClass": "GLACIER", "daysToTransition": 0}),
    (hls.ENABLE, "51", {**DANCE, "secure": True, "allowedOrigins": ("https://library.example",)}),
    (hls.URL, "51", {**DANCE, "contentId": '日本語/"講義" 07.m3u8'}),
    (hls.COOKIES_URL, "51", {**DANCE, "minutesToExpire": 5, "ipAddress": "1.2.3.4/32", "redirectUrl": REDIRECT}),
    (hls.DISABLE, "51", DANCE),
    (hls.DELETE, "51", DANCE),
    (glacier.THAW, "52", {"spaceId": "masters-audio", "contentId": "preservation/OH-0017_pm.wav"}),
]
OPERATOR_CALLS: list[tuple[Task, str, Values]] = [
    (snapshots.CLEAN_UP, "53", STAGING),
    (snapshots.COMPLETE, "53", STAGING),
    (restores.COMPLETE, "53", {**STAGING, "daysToExpire": 14}),
]
RTMP_CALLS: list[tuple[Task, str, Values]] = [
    (rtmp.ENABLE, "3", {"spaceId": "yearbooks", "secure": False}),
    (rtmp.DISABLE, "3", {"spaceId": "yearbooks"}),
    (rtmp.DELETE, "3", {"spaceId": "yearbooks"}),
    (rtmp.URL, "3", CHAPEL),
    (rtmp.SIGNED_URL, "3", {**CHAPEL, "spaceId": "football-films", "minutesToExpire": 60}),
]


def names(calls: list[tuple[Task, str, Values]]) -> set[str | None]:
    return {task.name for task, _, _ in calls}


@pytest.mark.parametrize(("world", "calls"), [("lakeshore", S3_CALLS + OPERATOR_CALLS), ("cedarfork", RTMP_CALLS)])
async def test_the_stand_in_takes_what_we_send_and_we_read_what_it_answers(
    connect: Connect, fresh_sandbox: SandboxServer, world: str, calls: list[tuple[Task, str, Values]]
) -> None:
    transport = connect(fresh_sandbox.worlds[world], password=fresh_sandbox.users["root"])
    for task, store, values in calls:
        reply = await tasks.run(transport, store, task, values)
        if task.reply is None:
            assert reply.text
        else:
            assert reply.value != task.reply(), f"{task.name} answered nothing that we can read"


async def test_a_snapshot_is_made_looked_at_and_restored(
    connect: Connect, fresh_sandbox: SandboxServer, log: RequestLog
) -> None:
    transport = connect(fresh_sandbox.url, password=fresh_sandbox.users["root"])

    async def run(task: Task, values: Values) -> object:
        return (await tasks.run(transport, "53", task, values)).value

    created = await run(snapshots.CREATE, NEW)
    assert isinstance(created, snapshots.Created)
    new: Values = {"snapshotId": created.snapshot_id}
    with pytest.raises(Conflict, match="already underway"):
        await run(snapshots.CREATE, NEW)
    shown = await run(snapshots.SHOW, new)
    assert isinstance(shown, snapshots.Snapshot)
    assert (shown.description, shown.source_space_id, shown.status) == (
        NEW["description"],
        NEW["spaceId"],
        "INITIALIZED",
    )
    listed = await run(snapshots.LIST, {})
    assert isinstance(listed, snapshots.Snapshots)
    by_status = {row.status: row.snapshot_id for row in listed.snapshots}
    assert created.snapshot_id in {row.snapshot_id for row in listed.snapshots}

    failed: Values = {"snapshotId": by_status["FAILED_TO_TRANSFER_FROM_DURACLOUD"]}
    restarted = await run(snapshots.RESTART, failed)
    assert isinstance(restarted, snapshots.Restarted)
    assert restarted.status == "INITIALIZED"

    complete: Values = {
        "snapshotId": next(row.snapshot_id for row in listed.snapshots if "theses-2019" in str(row.snapshot_id))
    }
    page = await run(snapshots.CONTENTS, {**complete, "pageNumber": 1, "pageSize": 3})
    assert isinstance(page, snapshots.Contents)
    assert (page.total_count, len(page.content_items)) == (1000, 3)
    history = await run(snapshots.HISTORY, {**complete, "pageSize": 200})
    assert isinstance(history, snapshots.History)
    assert history.total_count == len(history.history_items) == 200
    totals = await run(snapshots.TOTALS, {"status": "SNAPSHOT_COMPLETE"})
    assert isinstance(totals, snapshots.Totals)
    assert totals.total_count == 52

    requested = await run(restores.REQUEST, {**complete, "userEmail": "name@library.example"})
    started = await run(restores.START, {**complete, "userEmail": "name@library.example"})
    assert isinstance(requested, restores.Requested)
    assert isinstance(started, restores.Started)
    restore = await run(restores.SHOW, {"restoreId": started.restore_id})
    assert isinstance(restore, restores.Restore)
    assert (restore.destination_space_id, restore.end_date) == (started.space_id, None)

    cancelled = await run(snapshots.COMPLETE_CANCEL, {"spaceId": NEW["spaceId"]})
    assert isinstance(cancelled, common.Done)
    walked = {request.task for request in log} | names(OPERATOR_CALLS)
    assert walked | names(S3_CALLS) | names(RTMP_CALLS) == set(TASKS), "a task is asked nowhere"


async def test_refusals_are_told_apart(connect: Connect, fresh_sandbox: SandboxServer) -> None:
    root = connect(fresh_sandbox.url, password=fresh_sandbox.users["root"])
    user = connect(fresh_sandbox.url, user="user", password=fresh_sandbox.users["user"])
    stranger = connect(fresh_sandbox.url, password="wrong")
    with pytest.raises(Missing):
        await tasks.run(root, "51", hls.DISABLE, {"spaceId": "nope"})
    with pytest.raises(Missing):
        await spaces.properties(root, "51", "nope")
    with pytest.raises(Missing):
        await tasks.run(root, "53", snapshots.SHOW, {"snapshotId": "NOPE"})
    with pytest.raises(Forbidden):
        await tasks.run(user, "51", hls.ENABLE, DANCE)
    with pytest.raises(Unauthorized):
        await spaces.names(stranger, "51")
    await tasks.run(root, "51", hls.ENABLE, {**DANCE, "secure": False})
    with pytest.raises(Conflict, match="configured to stream as OPEN"):
        await tasks.run(root, "51", hls.ENABLE, {**DANCE, "secure": True})


async def test_a_space_is_read_to_its_end_by_markers(connect: Connect, sandbox: SandboxServer) -> None:
    transport = connect(sandbox.url, password=sandbox.users["root"])
    read: list[str] = []
    while page := (await spaces.listing(transport, "51", "nasty-names", marker=read[-1] if read else "", limit=20)).ids:
        read += page
    whole = (await spaces.listing(transport, "51", "nasty-names")).ids
    assert tuple(read) == whole
    assert len(whole) == 54
    assert list(whole) == sorted(whole, key=str.encode)


async def test_the_report_of_a_store_comes_by_day_week_or_month_oldest_first(
    connect: Connect, sandbox: SandboxServer
) -> None:
    transport = connect(sandbox.worlds["lakeshore"], password=sandbox.users["root"])
    begin = date.today() - timedelta(days=60)
    found = {by: await reports.store_since(transport, "51", begin, by) for by in ("day", "week", "month")}
    assert len(found["day"]) > len(found["week"]) > len(found["month"]) > 1
    for samples in found.values():
        assert [one.day for one in samples] == sorted(one.day for one in samples)
        assert all(one.bytes > 0 and one.items > 0 and one.space is None for one in samples)
    user = connect(sandbox.worlds["lakeshore"], user="user", password=sandbox.users["user"])
    with pytest.raises(Forbidden):
        await reports.store_since(user, "51", begin, "day")
