"""The samples of protocol §13.17 to §13.24, byte by byte, in a world that holds exactly what they speak of."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from durastore_tui.sandbox.bridge import history
from durastore_tui.sandbox.bridge.course import RESTORE_PHASES, SNAPSHOT_PHASES, begins
from durastore_tui.sandbox.bridge.history import History
from durastore_tui.sandbox.bridge.records import Records, Restore, Snapshot
from durastore_tui.sandbox.world import Profile, Store, World
from durastore_tui.sandbox.worlds.seeds import Seed
from tests.stand_in import Answer, StandIn

SNAPSHOT = "acme_1235_papers_2020-01-02-03-04-05"
RESTORE = "acme_1235_papers_2020-02-03-04-05-06"
TAKEN, RESTORED = 1_577_934_245.0, 1_580_702_706.0
EMAIL = "yo@myemail.com"

ACME = Profile(
    "lakeshore",
    "acme",
    "acme.duracloud.org",
    (8, 2, 1),
    (Store("1234", "AMAZON_S3"), Store("1235", "CHRONOPOLIS")),
    "member-id",
)

COMPLETE = Snapshot(
    id=SNAPSHOT,
    date=TAKEN,
    space="papers",
    description="test snapshot",
    email=EMAIL,
    member="member-id",
    alternates=("alternate-1", "alternate-2"),
    status="SNAPSHOT_COMPLETE",
    since=TAKEN,
    ahead=begins(SNAPSHOT_PHASES, "SNAPSHOT_COMPLETE"),
    halts_at=None,
    halts_as=None,
    items=3,
    bytes=111_111,
    pattern="plain",
    generated=2,
)
CLEANING = replace(
    COMPLETE, id="id-2", space="space-2", description=None, status="CLEANING_UP", halts_at=0.0, halts_as="CLEANING_UP"
)


def plant(world: World) -> None:
    records = Records(world.db, world.name, "1235")
    records.add_snapshots([COMPLETE, replace(CLEANING, ahead=0.0)])
    begun = history.snapshot_initiated(SNAPSHOT, EMAIL)
    History(world.db, world.clock, world.name, "1235").add(SNAPSHOT, begun, TAKEN + 0.123)
    waits = {"halts_at": 0.0, "halts_as": RESTORE_PHASES[0][0]}
    records.add_restore(
        Restore(
            id=RESTORE,
            snapshot=SNAPSHOT,
            space="papers-2020-01-02-03-04-05",
            status=RESTORE_PHASES[0][0],
            started=RESTORED,
            entered=RESTORED,
            ended=None,
            expires=None,
            since=RESTORED,
            ahead=0.0,
            **waits,  # type: ignore[arg-type]
        )
    )


@pytest.fixture
def acme() -> Iterator[StandIn]:
    seeds = (Seed("1235", "papers", 3, 30, "2020-01-01"), Seed("1235", "bare", 0, 0, "2020-01-01"))
    server = StandIn(worlds=((ACME, seeds, plant),))
    yield server
    server.universe.close()


def run(server: StandIn, task: str, **given: object) -> Answer:
    return server.task(task, json.dumps(given), store="1235")


def test_the_task_list(acme: StandIn) -> None:
    names = [
        "create-snapshot",
        "get-snapshot",
        "cleanup-snapshot",
        "complete-snapshot",
        "get-snapshots",
        "get-snapshots-totals",
        "get-snapshot-contents",
        "get-snapshot-history",
        "restart-snapshot",
        "restore-snapshot",
        "request-restore-snapshot",
        "complete-restore",
        "get-restore",
        "complete-cancel-snapshot",
    ]
    listed = "".join(f"  <string>{name}</string>\n" for name in names)
    assert acme.ask("GET", "/task?storeID=1235").text == f"<list>\n{listed}</list>"


def test_creating(acme: StandIn) -> None:
    acme.time.now = TAKEN + 1
    answer = run(acme, "create-snapshot", spaceId="papers", description="test snapshot", userEmail=EMAIL)
    assert (answer.status, answer.header("Content-Type")) == (200, "text/plain")
    snapshot_id = "acme_1235_papers_2020-01-02-03-04-06"
    assert answer.text == f'{{\n  "snapshotId" : "{snapshot_id}",\n  "status" : "INITIALIZED"\n}}'


def test_one_snapshot(acme: StandIn) -> None:
    assert run(acme, "get-snapshot", snapshotId=SNAPSHOT).text == (
        '{\n  "snapshotId" : "acme_1235_papers_2020-01-02-03-04-05",\n  "snapshotDate" : 1577934245000,\n'
        '  "status" : "SNAPSHOT_COMPLETE",\n  "sourceHost" : "acme.duracloud.org",\n  "sourceSpaceId" : "papers",\n'
        '  "sourceStoreId" : "1235",\n  "description" : "test snapshot",\n  "contentItemCount" : 3,\n'
        '  "totalSizeInBytes" : 111111,\n  "memberId" : "member-id",\n'
        '  "alternateIds" : [ "alternate-1", "alternate-2" ]\n}'
    )


def test_the_list_of_snapshots(acme: StandIn) -> None:
    assert run(acme, "get-snapshots").text == (
        f'{{\n  "snapshots" : [ {{\n    "snapshotId" : "{SNAPSHOT}",\n    "description" : "test snapshot",\n'
        '    "sourceSpaceId" : "papers",\n    "sourceStoreId" : "1235",\n    "status" : "SNAPSHOT_COMPLETE"\n  }, {\n'
        '    "snapshotId" : "id-2",\n    "description" : null,\n    "sourceSpaceId" : "space-2",\n'
        '    "sourceStoreId" : "1235",\n    "status" : "CLEANING_UP"\n  } ]\n}'
    )


def test_an_empty_list_of_snapshots(acme: StandIn) -> None:
    acme.universe.engine.db.write("DELETE FROM snapshot")
    assert run(acme, "get-snapshots").text == '{\n  "snapshots" : [ ]\n}'


def test_totals(acme: StandIn) -> None:
    assert run(acme, "get-snapshots-totals", status="SNAPSHOT_COMPLETE").text == (
        '{\n  "totalCount" : 1,\n  "totalSize" : 111111,\n  "totalFiles" : 3\n}'
    )


def test_contents(acme: StandIn) -> None:
    text = run(acme, "get-snapshot-contents", snapshotId=SNAPSHOT, pageNumber=0, pageSize=1).text
    assert text.startswith(
        '{\n  "totalCount" : 3,\n  "contentItems" : [ {\n    "contentId" : ".collection-snapshot.properties",\n'
        '    "contentProperties" : {\n      "content-'
    )
    assert '      "content-mimetype" : "text/x-java-properties",\n' in text
    assert text.endswith('"\n    }\n  } ]\n}')


def test_history_of_one(acme: StandIn) -> None:
    assert run(acme, "get-snapshot-history", snapshotId=SNAPSHOT, pageNumber=0, pageSize=0).text == (
        '{\n  "totalCount" : 1,\n  "historyItems" : [ {\n    "historyDate" : 1577934245000,\n    "history" : '
        "\"[{'snapshot-action':'SNAPSHOT_INITIATED'},{'initiating-user':'yo@myemail.com'},"
        "{'snapshot-id':'acme_1235_papers_2020-01-02-03-04-05'}]\"\n  } ]\n}"
    )


def test_a_restore_by_either_id(acme: StandIn) -> None:
    expected = (
        '{\n  "restoreId" : "acme_1235_papers_2020-02-03-04-05-06",\n'
        '  "snapshotId" : "acme_1235_papers_2020-01-02-03-04-05",\n  "status" : "RETRIEVING_FROM_STORAGE",\n'
        '  "startDate" : 1580702706000,\n  "endDate" : null,\n  "expirationDate" : null,\n'
        '  "statusText" : "Restoration request issued on: Mon Feb 03 04:05:06 UTC 2020",\n'
        '  "destinationHost" : "acme.duracloud.org",\n  "destinationPort" : 443,\n'
        '  "destinationStoreId" : "1235",\n  "destinationSpaceId" : "papers-2020-01-02-03-04-05"\n}'
    )
    assert run(acme, "get-restore", restoreId=RESTORE).text == expected
    assert run(acme, "get-restore", snapshotId=SNAPSHOT, restoreId=None).text == expected


def test_starting_a_restore(acme: StandIn) -> None:
    acme.time.now = RESTORED + 1
    assert run(acme, "restore-snapshot", snapshotId=SNAPSHOT, userEmail=EMAIL).text == (
        '{\n  "restoreId" : "acme_1235_papers_2020-02-03-04-05-07",\n  "status" : "RETRIEVING_FROM_STORAGE",\n'
        '  "spaceId" : "papers-2020-01-02-03-04-05"\n}'
    )
