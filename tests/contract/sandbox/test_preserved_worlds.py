"""Every snapshot and restore of the demo world's tables, as the server shows them (demo-world §6.4, §6.6)."""

import json
from typing import Any

import pytest

from durastore_tui.sandbox.bridge.course import DAY, HOUR
from durastore_tui.sandbox.nasty import NASTY_NAMES
from tests.stand_in import NOON, StandIn

MINUTE, YEAR = 60.0, 365 * DAY
COMPLETE = "SNAPSHOT_COMPLETE"

TABLE = [
    ("oh-batch-2026-10", 3 * MINUTE, "INITIALIZED", 0, 0),
    ("wlsu-reels-1971", 9 * HOUR, "INITIALIZED", 0, 0),
    ("wwii-oh-2-2026", 2 * HOUR, "TRANSFERRING_FROM_DURACLOUD", 4_117, 0),
    ("tdh-1-2026", DAY, "REPLICATING_TO_STORAGE", 9_840, 98_412_007_113),
    ("maps-batch-7", 5 * DAY, "CLEANING_UP", 2_004, 512_000_000_000),
    ("oh-batch-2026-04", 200 * DAY, COMPLETE, 7_731, 143_000_000_000),
    ("tdh-1-2025", 400 * DAY, COMPLETE, 9_840, 98_400_000_000),
    ("newspapers-1918", 3 * YEAR, COMPLETE, 184_233, 1_970_000_000_000),
    ("theses-2019", 6 * YEAR, COMPLETE, 1_000, 41_000_000_000),
    ("history-heavy", 4 * YEAR, COMPLETE, 12, 3_000_000),
    ("film-reel-9", 2 * DAY, "FAILED_TO_TRANSFER_FROM_DURACLOUD", 331, 0),
    ("private-donor-papers", 30 * DAY, "ERROR", 1_406, 210_000_000_000),
    ("musee-copies", 90 * DAY, COMPLETE, 88, 1_100_000_000),
    ("a-space-with-exactly-forty-two-characters0", 60 * DAY, COMPLETE, 5, 12_000),
    ("dance-archive", YEAR, "CANCELLED", 0, 0),
    ("no-description", 10 * DAY, COMPLETE, 3, 9_000),
]


def run(server: StandIn, task: str, *, world: str = "lakeshore", store: str = "53", **given: Any) -> Any:
    answer = server.task(task, json.dumps(given), store=store, world=world)
    assert answer.status == 200, answer.text
    return json.loads(answer.text)


def summaries(server: StandIn, world: str = "lakeshore", store: str = "53") -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run(server, "get-snapshots", world=world, store=store)["snapshots"]
    return listed


def snapshots(server: StandIn) -> list[dict[str, Any]]:
    return [run(server, "get-snapshot", snapshotId=one["snapshotId"]) for one in summaries(server)]


def numbered(server: StandIn, number: int) -> str:
    """The id of a snapshot by its number in the table, which leaves out 16."""
    snapshot_id: str = summaries(server)[number - 1 if number < 16 else number - 2]["snapshotId"]
    return snapshot_id


def events(server: StandIn, number: int) -> list[str]:
    found = run(server, "get-snapshot-history", snapshotId=numbered(server, number))
    return [event["history"] for event in found["historyItems"]]


def test_the_sixteen_rows_of_the_table_come_first(server: StandIn) -> None:
    for found, (space, age, status, items, size) in zip(snapshots(server), TABLE, strict=False):
        assert found["sourceSpaceId"] == space
        assert found["snapshotDate"] == int(NOON - age) * 1000
        assert found["snapshotId"].startswith(f"lakeshore_53_{space}_2")
        assert (found["status"], found["contentItemCount"], found["totalSizeInBytes"]) == (status, items, size)


@pytest.mark.parametrize(("world", "store"), [("lakeshore", "53"), ("prairie", "1")])
def test_no_event_is_dated_after_now_or_before_its_snapshot(untouched: StandIn, world: str, store: str) -> None:
    for one in summaries(untouched, world, store):
        found = run(untouched, "get-snapshot", world=world, store=store, snapshotId=one["snapshotId"])
        told = run(untouched, "get-snapshot-history", world=world, store=store, snapshotId=one["snapshotId"])
        dates = [event["historyDate"] for event in told["historyItems"]]
        assert found["snapshotDate"] <= min(dates) and max(dates) <= NOON * 1_000, one
        assert dates == sorted(dates, reverse=True)


def test_a_snapshot_just_begun_has_only_begun(untouched: StandIn) -> None:
    assert ["SNAPSHOT_INITIATED" in event for event in events(untouched, 1)] == [True]


def test_lakeshore_has_sixty_of_which_fifty_two_are_complete(untouched: StandIn) -> None:
    statuses = [one["status"] for one in summaries(untouched)]
    assert (len(statuses), statuses.count(COMPLETE)) == (60, 52)


def test_the_generated_batches_are_of_the_sizes_of_the_table(untouched: StandIn) -> None:
    batches = snapshots(untouched)[16:]
    assert len(batches) == 44
    for batch in batches:
        assert 50 <= batch["contentItemCount"] <= 40_000
        assert 200_000_000 <= batch["totalSizeInBytes"] <= 480_000_000_000
    assert {batch["snapshotId"].split("_")[3][:4] for batch in batches} == {str(year) for year in range(2019, 2027)}


def test_the_descriptions_are_of_every_awkward_kind(untouched: StandIn) -> None:
    texts = [one["description"] for one in summaries(untouched)]
    assert {"TDR-2026-3 tdh-1-2026", "Oral history batch 42, donor: O'Brien family", "日本語テスト 箱12", ""} <= set(
        texts
    )
    assert any("№7" in (text or "") and '"' in (text or "") and "🎬" in (text or "") for text in texts)
    assert any(len(text or "") == 512 for text in texts)
    assert any("[red]markup[/red]" in (text or "") and "\n" in (text or "") for text in texts)
    last = snapshots(untouched)[15]
    assert (last["description"], last["alternateIds"], last["memberId"]) == (None, None, None)


def test_alternate_ids_are_uuids_and_one_has_three(untouched: StandIn) -> None:
    found = [one["alternateIds"] or [] for one in snapshots(untouched)]
    assert max(map(len, found)) == 3
    assert len(found[5]) == 1 and found[5][0].startswith("urn-uuid-")


@pytest.mark.parametrize(("number", "events_of_it"), [(6, 6), (9, 450), (10, 1_400), (14, 400)])
def test_the_histories_are_as_long_as_in_the_table(untouched: StandIn, number: int, events_of_it: int) -> None:
    snapshot_id, found = numbered(untouched, number), 0
    for page in range(9):
        items = run(untouched, "get-snapshot-history", snapshotId=snapshot_id, pageNumber=page, pageSize=200)[
            "historyItems"
        ]
        found += len(items)
        if len(items) < 200:
            break
    assert found == events_of_it


def test_a_long_history_holds_text_of_every_kind(untouched: StandIn) -> None:
    texts = events(untouched, 9)
    assert "" in texts and "Bag replicated to node 3 of 3" in texts
    assert any(len(text) == 1_000 for text in texts)
    assert any("O'Brien" in text for text in texts)
    assert any(text.startswith('[{"') and json.loads(text) for text in texts)


def test_the_history_of_the_broken_one_tells_why(untouched: StandIn) -> None:
    assert "fixity mismatch" in events(untouched, 12)[0]


def test_the_snapshot_of_nasty_names_holds_them_all_and_those_only_json_can_carry(untouched: StandIn) -> None:
    found = run(untouched, "get-snapshot-contents", snapshotId=numbered(untouched, 13))
    ids = [one["contentId"] for one in found["contentItems"]]
    assert len(ids) == len(set(ids)) == found["totalCount"] == 88
    assert {*NASTY_NAMES, "bell\x07.ts", "esc\x1b[31mred.ts", "osc\x1b]52;c;eA==\x07.ts"} <= set(ids)


@pytest.mark.parametrize("number", [7, 8, 9, 10, 13, 14, 17, 18, 61])
def test_contents_are_as_many_as_the_snapshot_says(untouched: StandIn, number: int) -> None:
    snapshot_id = numbered(untouched, number)
    count = run(untouched, "get-snapshot", snapshotId=snapshot_id)["contentItemCount"]
    last = (count - 1) // 1_000
    found = run(untouched, "get-snapshot-contents", snapshotId=snapshot_id, pageNumber=last)
    assert (found["totalCount"], len(found["contentItems"])) == (count, count - last * 1_000)
    beyond = run(untouched, "get-snapshot-contents", snapshotId=snapshot_id, pageNumber=last + 1)
    assert beyond["contentItems"] == []


RESTORES = [
    (7, 6 * DAY, "RESTORATION_COMPLETE", -5 * DAY, 9 * DAY, True),
    (6, 2 * HOUR, "RETRIEVING_FROM_STORAGE", None, None, True),
    (18, None, "STORAGE_RETRIEVAL_COMPLETE", None, None, True),
    (19, None, "VERIFYING_RETRIEVED_CONTENT", None, None, True),
    (20, None, "VERIFYING_SNAPSHOT_REPO_AGAINST_MANIFEST", None, None, True),
    (21, None, "TRANSFERRING_TO_DURACLOUD", None, None, True),
    (22, None, "TRANSFER_TO_DURACLOUD_COMPLETE", None, None, True),
    (23, None, "VERIFYING_TRANSFERRED_CONTENT", None, None, True),
    (25, 40 * DAY, "RESTORATION_EXPIRED", -26 * DAY, -12 * DAY, False),
    (26, 3 * DAY, "ERROR", None, None, True),
    (27, 15 * DAY, "RESTORATION_COMPLETE", -14 * DAY + 5 * HOUR, 5 * HOUR, True),
    (28, 20 * DAY, "RESTORATION_COMPLETE", -10 * DAY, 4 * DAY, False),
]


@pytest.mark.parametrize(("number", "age", "status", "ended", "expires", "space_there"), RESTORES)
def test_a_restore_is_as_in_the_table(
    server: StandIn,
    number: int,
    age: float | None,
    status: str,
    ended: float | None,
    expires: float | None,
    space_there: bool,
) -> None:
    found = run(server, "get-restore", snapshotId=numbered(server, number))
    assert found["status"] == status
    if age is not None:
        assert found["startDate"] == int((NOON - age) * 1000)
    assert found["endDate"] == (None if ended is None else int((NOON + ended) * 1000))
    assert found["expirationDate"] == (None if expires is None else int((NOON + expires) * 1000))
    space = server.ask("HEAD", f"/{found['destinationSpaceId']}?storeID=53")
    assert (space.status == 200) is space_there
    if space_there:
        assert space.header("x-dura-meta-restore-id") == found["restoreId"]


@pytest.mark.parametrize("number", [8, 9])
def test_two_were_never_restored(untouched: StandIn, number: int) -> None:
    refused = untouched.task("get-restore", json.dumps({"snapshotId": numbered(untouched, number)}), store="53")
    assert refused.status == 500 and refused.text.endswith("Unexpected response code: 404")


def test_the_restores_in_motion_go_on(server: StandIn) -> None:
    before = [run(server, "get-restore", snapshotId=numbered(server, number))["status"] for number in range(18, 24)]
    server.time.pass_by(HOUR)
    after = [run(server, "get-restore", snapshotId=numbered(server, number))["status"] for number in range(18, 24)]
    assert after == [*before[1:], "RESTORATION_COMPLETE"]


def test_one_restore_expires_within_a_day_and_its_space_goes(server: StandIn) -> None:
    found = run(server, "get-restore", snapshotId=numbered(server, 27))
    space = f"/{found['destinationSpaceId']}?storeID=53"
    assert server.ask("HEAD", space).header("x-dura-meta-space-count") != "0"
    server.time.pass_by(5 * HOUR)
    assert run(server, "get-restore", snapshotId=numbered(server, 27))["status"] == "RESTORATION_EXPIRED"
    assert server.ask("HEAD", space).status == 404


def test_a_restore_whose_space_a_user_deleted_is_expired_at_its_time(server: StandIn) -> None:
    server.time.pass_by(4 * DAY)
    found = run(server, "get-restore", snapshotId=numbered(server, 28))
    assert found["status"] == "RESTORATION_EXPIRED"


def test_what_is_stuck_stays_stuck(server: StandIn) -> None:
    server.time.pass_by(30 * DAY)
    statuses = [one["status"] for one in summaries(server)[:16]]
    assert statuses[1] == "INITIALIZED" and statuses[4] == "CLEANING_UP"
    assert statuses[2] == statuses[3] == COMPLETE
    assert statuses[10:12] == ["FAILED_TO_TRANSFER_FROM_DURACLOUD", "ERROR"] and statuses[14] == "CANCELLED"


def test_the_staging_store_holds_sources_restore_spaces_and_an_orphan(untouched: StandIn) -> None:
    spaces = set(untouched.world().spaces("53").ids())
    sources = {TABLE[number - 1][0] for number in (1, 2, 3, 4, 5, 11, 12)}
    assert {
        "oh-batch-2026-11",
        "staging-empty",
        "x-snapshot-metadata",
        "orphan-2024-05-06-07-08-09",
        *sources,
    } <= spaces
    for number in (1, 2, 3, 4, 5, 11, 12):
        snapshot_id = numbered(untouched, number)
        space = TABLE[number - 1][0]
        assert untouched.ask("HEAD", f"/{space}?storeID=53").header("x-dura-meta-snapshot-id") == snapshot_id
        stored = untouched.ask("GET", f"/{space}/.collection-snapshot.properties?storeID=53")
        assert f"snapshot-id={snapshot_id}\n" in stored.text
    zips = untouched.ask("GET", "/x-snapshot-metadata?storeID=53").text
    complete = [one["snapshotId"] for one in summaries(untouched) if one["status"] == COMPLETE]
    assert zips.count("<item>") == 52 and all(f"<item>{snapshot_id}.zip</item>" in zips for snapshot_id in complete)


def test_prairie_waits_for_a_partner_in_the_words_of_its_time(untouched: StandIn) -> None:
    (one,) = summaries(untouched, "prairie", "1")
    found = run(untouched, "get-snapshot", world="prairie", store="1", snapshotId=one["snapshotId"])
    assert found["snapshotId"].startswith("prairie_1_reels_20")
    assert (found["status"], found["contentItemCount"], found["totalSizeInBytes"]) == ("WAITING_FOR_DPN", 900, 0)


def test_scale_has_ten_thousand_and_the_first_two_are_the_giants(untouched: StandIn) -> None:
    found = summaries(untouched, "scale", "61")
    assert len(found) == 10_000
    names = [one["snapshotId"].rpartition("_")[0] for one in found]
    assert names[:2] == ["scale_61_million", "scale_61_events"]
    assert names[2:] == [f"scale_61_batch-{number:05d}" for number in range(9_998)]
    for one in found[2:200]:
        batch = run(untouched, "get-snapshot", world="scale", store="61", snapshotId=one["snapshotId"])
        assert 10 <= batch["contentItemCount"] <= 5_000


def test_a_million_items_can_be_paged_to_their_end_and_by_prefix(untouched: StandIn) -> None:
    million = summaries(untouched, "scale", "61")[0]["snapshotId"]
    given = {"world": "scale", "store": "61", "snapshotId": million}
    last = run(untouched, "get-snapshot-contents", pageNumber=999, **given)
    assert (last["totalCount"], len(last["contentItems"])) == (1_000_000, 1_000)
    assert last["contentItems"][-1]["contentId"] == "files/item-0999998.txt"
    found = run(untouched, "get-snapshot-contents", prefix="files/item-07654", **given)
    assert len(found["contentItems"]) == 100


def test_twenty_thousand_events_can_be_paged_to_their_end(untouched: StandIn) -> None:
    events_of = summaries(untouched, "scale", "61")[1]["snapshotId"]
    given = {"world": "scale", "store": "61", "snapshotId": events_of}
    last = run(untouched, "get-snapshot-history", pageNumber=19, **given)["historyItems"]
    assert len(last) == 1_000 and "SNAPSHOT_INITIATED" in last[-1]["history"]
    assert run(untouched, "get-snapshot-history", pageNumber=20, **given)["historyItems"] == []


def test_contents_can_be_ordered_as_a_database_without_case_would(server: StandIn) -> None:
    server.switch_on("folded-order")
    snapshot_id = numbered(server, 13)
    pages = [
        run(server, "get-snapshot-contents", snapshotId=snapshot_id, pageSize=50, pageNumber=page) for page in (0, 1)
    ]
    ids = [one["contentId"] for page in pages for one in page["contentItems"]]
    assert len(ids) == 88 and ids == sorted(ids, key=str.casefold) and ids != sorted(ids)
