"""Snapshot tasks as a client sees them: texts, statuses, side effects in the server's order, and time (§7.9-§7.18)."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from durastore_tui.sandbox.bridge.course import DAY, HOUR
from tests.stand_in import Answer, StandIn, encoded

STORE, SPACE = "53", "oh-batch-2026-11"
ITEMS = 1_204
PROPERTIES = ".collection-snapshot.properties"


def run(
    server: StandIn, task: str, *, user: str = "root", world: str = "lakeshore", store: str = STORE, **given: Any
) -> Answer:
    return server.task(task, json.dumps(given), user, store, world)


def create(server: StandIn, space: str = SPACE, **more: Any) -> Answer:
    given = {"spaceId": space, "description": "test snapshot", "userEmail": "yo@myemail.com"}
    return run(server, "create-snapshot", **(given | more))


def created(server: StandIn, space: str = SPACE) -> str:
    answer = create(server, space)
    assert answer.status == 200, answer.text
    snapshot_id: str = json.loads(answer.text)["snapshotId"]
    return snapshot_id


def snapshot(server: StandIn, snapshot_id: str) -> dict[str, Any]:
    answer = run(server, "get-snapshot", snapshotId=snapshot_id)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def properties(server: StandIn, space: str = SPACE) -> dict[str, str]:
    head = server.ask("HEAD", f"/{space}?storeID={STORE}")
    return {name.removeprefix("x-dura-meta-"): value for name, value in head.headers if name.startswith("x-dura")}


def acls(server: StandIn, space: str = SPACE) -> dict[str, str]:
    head = server.ask("HEAD", f"/acl/{space}?storeID={STORE}")
    return {name.removeprefix("x-dura-meta-acl-"): value for name, value in head.headers if "acl-" in name}


def history(server: StandIn, snapshot_id: str, **page: Any) -> list[str]:
    answer = run(server, "get-snapshot-history", snapshotId=snapshot_id, **page)
    return [event["history"] for event in json.loads(answer.text)["historyItems"]]


def ids(server: StandIn) -> list[str]:
    return [one["snapshotId"] for one in json.loads(run(server, "get-snapshots").text)["snapshots"]]


# -- creating one


def test_creating_one_answers_its_id_and_locks_the_space(server: StandIn) -> None:
    answer = create(server)
    snapshot_id = "lakeshore_53_oh-batch-2026-11_2026-11-24-12-00-00"
    assert answer.text == f'{{\n  "snapshotId" : "{snapshot_id}",\n  "status" : "INITIALIZED"\n}}'
    assert properties(server)["snapshot-id"] == snapshot_id
    assert acls(server) == {"admin": "WRITE", "dc-snapshot": "READ"}
    stored = server.ask("GET", f"/{SPACE}/{PROPERTIES}?storeID={STORE}")
    assert stored.header("Content-Type") == "text/x-java-properties"
    assert f"snapshot-id={snapshot_id}\n" in stored.text and "member-id=lsu-dc\n" in stored.text
    assert server.ask("PUT", f"/{SPACE}/new?storeID={STORE}", "admin", b"x").status == 403
    assert history(server, snapshot_id) == [
        "[{'snapshot-action':'SNAPSHOT_INITIATED'},{'initiating-user':'yo@myemail.com'},"
        f"{{'snapshot-id':'{snapshot_id}'}}]"
    ]


def test_a_second_one_of_the_same_space_is_refused_at_once(server: StandIn) -> None:
    snapshot_id = created(server)
    again = create(server)
    assert (again.status, again.delay) == (409, 0)
    assert again.text == f"A snapshot ({snapshot_id}) + is already underway for this space ({SPACE})"


def test_an_empty_space_is_refused_after_seven_seconds_and_only_the_acl_stays(server: StandIn) -> None:
    refused = create(server, "staging-empty")
    assert (refused.status, refused.delay) == (409, 7)
    assert refused.text == "A snapshot of an empty space may not be taken."
    assert "snapshot-id" not in properties(server, "staging-empty")
    assert properties(server, "staging-empty")["space-count"] == "0"
    assert acls(server, "staging-empty")["dc-snapshot"] == "READ"


@pytest.mark.parametrize("description", [{"description": None}, {}])
def test_without_a_description_it_is_the_four_letters_null_and_nothing_happened(
    server: StandIn, description: dict[str, None]
) -> None:
    given = {"spaceId": SPACE, "userEmail": "yo@myemail.com", **description}
    refused = server.task("create-snapshot", json.dumps(given), store=STORE)
    assert (refused.status, refused.text) == (500, "null")
    assert "snapshot-id" not in properties(server)


def test_a_missing_space_is_a_500(server: StandIn) -> None:
    refused = create(server, "nope")
    assert (refused.status, refused.text) == (500, "No S3 bucket found matching spaceID: nope")


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("bridge-down", "failed: Connection refused"),
        ("bridge-gone", "Name or service not known"),
    ],
)
def test_a_bridge_out_of_reach_takes_everything_back_but_the_acl(server: StandIn, fault: str, text: str) -> None:
    server.switch_on(fault, requests=1)
    refused = create(server)
    assert refused.status == 500 and refused.delay == 7 and refused.text.endswith(text)
    assert "snapshot-id" not in properties(server)
    assert acls(server)["dc-snapshot"] == "READ"
    assert create(server).status == 200


def test_one_that_times_out_but_worked_is_not_taken_back(server: StandIn) -> None:
    server.switch_on("create-times-out", requests=1)
    before = len(ids(server))
    refused = create(server)
    assert (refused.status, refused.text, refused.delay) == (500, "Read timed out", 7)
    assert len(ids(server)) == before + 1
    assert "snapshot-id" in properties(server)


def test_two_in_the_same_second_have_the_same_id_and_the_first_is_kept(server: StandIn) -> None:
    snapshot_id = created(server)
    run(server, "complete-cancel-snapshot", spaceId=SPACE)
    refused = create(server)
    assert refused.status == 500
    assert refused.text == f"A snapshot with id {snapshot_id} already exists - please use a different name (500)"


# -- its life


def test_it_goes_through_every_status_and_leaves_its_traces_when_looked_at(server: StandIn) -> None:
    snapshot_id = created(server)
    seen = []
    for seconds in (0, HOUR, 2 * HOUR, 30 * HOUR, DAY):
        server.time.pass_by(seconds)
        seen.append(snapshot(server, snapshot_id)["status"])
    assert seen == [
        "INITIALIZED",
        "TRANSFERRING_FROM_DURACLOUD",
        "REPLICATING_TO_STORAGE",
        "CLEANING_UP",
        "SNAPSHOT_COMPLETE",
    ]
    assert properties(server)["space-count"] == "0"
    assert "snapshot-id" not in properties(server)
    events = history(server, snapshot_id)
    assert [event.partition("SNAPSHOT_")[2].partition("'")[0] for event in events] == [
        "COMPLETED",
        "STAGED",
        "INITIATED",
    ]
    packed = server.ask("GET", f"/x-snapshot-metadata/{snapshot_id}.zip?storeID={STORE}")
    assert packed.header("Content-Type") == "application/zip"
    names = zipfile.ZipFile(io.BytesIO(packed.body)).namelist()
    assert names == [PROPERTIES, "content-properties.json", "manifest-md5.txt", "manifest-sha256.txt"]


def test_readers_of_the_source_space_may_read_the_metadata(server: StandIn) -> None:
    snapshot_id = created(server)
    server.time.pass_by(4 * DAY)
    packed = f"/x-snapshot-metadata/{snapshot_id}.zip?storeID={STORE}"
    assert server.ask("GET", packed, "user").status == 403
    server.ask("POST", f"/acl/{SPACE}?storeID={STORE}", headers=[("x-dura-meta-acl-user", "READ")])
    assert server.ask("GET", packed, "user").status == 200
    assert server.ask("PUT", packed, "user", b"x").status == 403
    assert server.ask("GET", f"/x-snapshot-metadata?storeID={STORE}", "user").status == 403


def test_the_items_grow_while_it_transfers_and_the_bytes_come_when_it_is_staged(server: StandIn) -> None:
    snapshot_id = created(server)
    counts, sizes = [], []
    for seconds in (0, HOUR, HOUR / 2, 2 * HOUR):
        server.time.pass_by(seconds)
        found = snapshot(server, snapshot_id)
        counts.append(found["contentItemCount"])
        sizes.append(found["totalSizeInBytes"])
    assert counts[0] == 0 < counts[1] < counts[2] < counts[3] == ITEMS + 1
    assert sizes[:3] == [0, 0, 0]
    # of the staged directory, with its manifests
    assert sizes[3] > server.world().spaces(STORE).find(SPACE).bytes


def test_the_properties_file_is_the_last_to_be_counted(server: StandIn) -> None:
    snapshot_id = created(server)
    server.time.pass_by(HOUR / 6 + 2 * HOUR - 1)
    copied = json.loads(run(server, "get-snapshot-contents", snapshotId=snapshot_id, pageSize=1).text)
    assert (copied["totalCount"], copied["contentItems"][0]["contentId"].startswith(".")) == (ITEMS, False)
    server.time.pass_by(2)
    staged = json.loads(run(server, "get-snapshot-contents", snapshotId=snapshot_id, pageSize=1).text)
    assert staged["totalCount"] == ITEMS + 1
    assert staged["contentItems"][0]["contentId"] == ".collection-snapshot.properties"


def test_history_dates_are_those_of_the_change_and_not_of_the_look(server: StandIn) -> None:
    snapshot_id = created(server)
    begun = snapshot(server, snapshot_id)["snapshotDate"]
    server.time.pass_by(40 * DAY)
    answer = json.loads(run(server, "get-snapshot-history", snapshotId=snapshot_id).text)
    dates = [(event["historyDate"] - begun) / 1000 for event in answer["historyItems"]]
    assert dates == [2 * HOUR + HOUR / 6 + DAY, 2 * HOUR + HOUR / 6, 0]


def test_a_faster_clock_makes_the_processes_shorter_and_not_the_dates(tmp_path: Any) -> None:
    server = StandIn(speed=45)
    snapshot_id = created(server)
    server.time.pass_by((2 * HOUR + 2 * DAY) / 45)
    assert snapshot(server, snapshot_id)["status"] == "CLEANING_UP"
    server.time.pass_by(HOUR / 45)
    assert snapshot(server, snapshot_id)["status"] == "SNAPSHOT_COMPLETE"
    assert snapshot(server, snapshot_id)["snapshotDate"] == 1_795_521_600_000
    server.universe.close()


def test_what_was_put_into_the_space_is_in_the_snapshot_and_outlives_the_space(server: StandIn) -> None:
    server.ask(
        "PUT",
        f"/{SPACE}/{encoded('zz/é.txt')}?storeID={STORE}",
        body=b"hello",
        headers=[("Content-Type", "text/plain")],
    )
    server.ask("DELETE", f"/{SPACE}/{encoded('preservation/OH-0001_pm.wav')}?storeID={STORE}")
    snapshot_id = created(server)
    server.time.pass_by(4 * DAY)
    answer = run(server, "get-snapshot-contents", snapshotId=snapshot_id, prefix="zz/")
    found = json.loads(answer.text)
    assert found["totalCount"] == ITEMS + 1
    assert found["contentItems"][0]["contentId"] == "zz/é.txt"
    assert found["contentItems"][0]["contentProperties"]["content-checksum"] == "5d41402abc4b2a76b9719d911017c592"
    gone = run(server, "get-snapshot-contents", snapshotId=snapshot_id, prefix="preservation/OH-0001_pm.wav")
    assert [one["contentId"] for one in json.loads(gone.text)["contentItems"]] == ["preservation/OH-0001_pm.wav.md5"]


@pytest.mark.parametrize(
    ("fault", "status"),
    [("transfer-fails", "FAILED_TO_TRANSFER_FROM_DURACLOUD"), ("preservation-fails", "ERROR")],
)
def test_one_can_fail_and_stays_so(server: StandIn, fault: str, status: str) -> None:
    server.switch_on(fault, task="create-snapshot", requests=1)
    snapshot_id = created(server)
    server.time.pass_by(100 * DAY)
    assert snapshot(server, snapshot_id)["status"] == status
    assert properties(server)["snapshot-id"] == snapshot_id


def test_a_failed_transfer_can_be_restarted_and_then_succeeds(server: StandIn) -> None:
    server.switch_on("transfer-fails", requests=1)
    snapshot_id = created(server)
    server.time.pass_by(DAY)
    answer = run(server, "restart-snapshot", snapshotId=snapshot_id)
    assert answer.text == (
        '{\n  "description" : "successfully restarted snapshot: INITIALIZED",\n  "status" : "INITIALIZED"\n}'
    )
    assert snapshot(server, snapshot_id)["contentItemCount"] == 0
    server.time.pass_by(4 * DAY)
    assert snapshot(server, snapshot_id)["status"] == "SNAPSHOT_COMPLETE"


def test_what_was_answered_is_there_after_a_restart(tmp_path: Any) -> None:
    first = StandIn(tmp_path / "data.db")
    snapshot_id = created(first)
    first.universe.close()
    second = StandIn(tmp_path / "data.db")
    second.time.pass_by(HOUR)
    assert snapshot(second, snapshot_id)["status"] == "TRANSFERRING_FROM_DURACLOUD"
    second.universe.close()


# -- looking


def test_the_keys_of_one_are_in_the_servers_order(untouched: StandIn) -> None:
    found = snapshot(untouched, ids(untouched)[6])
    assert list(found) == [
        "snapshotId",
        "snapshotDate",
        "status",
        "sourceHost",
        "sourceSpaceId",
        "sourceStoreId",
        "description",
        "contentItemCount",
        "totalSizeInBytes",
        "memberId",
        "alternateIds",
    ]
    assert found["snapshotDate"] % 1000 == 0


def test_an_unknown_one_is_told_with_the_two_blanks(untouched: StandIn) -> None:
    refused = run(untouched, "get-snapshot", snapshotId="nope")
    assert refused.status == 500
    assert refused.text == (
        "Exception encountered attempting to get  snapshot. Error reported: Unexpected response code: 404"
    )


def test_the_list_ignores_its_body(untouched: StandIn) -> None:
    assert untouched.task("get-snapshots", "{no json", store=STORE).status == 200


def test_a_user_sees_the_snapshots_of_spaces_that_are_there_for_them(server: StandIn) -> None:
    seen = json.loads(run(server, "get-snapshots", user="user").text)["snapshots"]
    assert seen == []
    server.ask("POST", f"/acl/maps-batch-7?storeID={STORE}", headers=[("x-dura-meta-acl-group-maps", "READ")])
    seen = json.loads(run(server, "get-snapshots", user="user").text)["snapshots"]
    assert [one["sourceSpaceId"] for one in seen] == ["maps-batch-7"]


def test_readers_only_may_look_before_release_8(untouched: StandIn) -> None:
    snapshot_id = json.loads(run(untouched, "get-snapshots", world="prairie", store="1").text)["snapshots"][0][
        "snapshotId"
    ]
    refused = run(untouched, "get-snapshot", user="user", world="prairie", store="1", snapshotId=snapshot_id)
    assert (refused.status, refused.text) == (403, f"You are not authorized to access snapshot {snapshot_id}.")
    assert run(untouched, "get-snapshot", user="user", snapshotId=ids(untouched)[6]).status == 200


def test_totals_count_what_is_complete(untouched: StandIn) -> None:
    found = [snapshot(untouched, snapshot_id) for snapshot_id in ids(untouched)]
    complete = [one for one in found if one["status"] == "SNAPSHOT_COMPLETE"]
    answer = run(untouched, "get-snapshots-totals", status="SNAPSHOT_COMPLETE")
    assert json.loads(answer.text) == {
        "totalCount": 52,
        "totalSize": sum(one["totalSizeInBytes"] for one in complete),
        "totalFiles": sum(one["contentItemCount"] for one in complete),
    }


def test_totals_of_a_status_that_is_none_fail_inside(untouched: StandIn) -> None:
    refused = run(untouched, "get-snapshots-totals", status="DONE")
    assert refused.text == (
        "Exception encountered attempting to get total count, size, and files of snapshots."
        " Error reported: Unexpected response code: 404"
    )


def contents(server: StandIn, **given: Any) -> dict[str, Any]:
    answer = run(server, "get-snapshot-contents", **given)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def pages(server: StandIn, **given: Any) -> Iterator[list[str]]:
    number = 0
    while found := contents(server, pageNumber=number, **given)["contentItems"]:
        yield [one["contentId"] for one in found]
        number += 1


def test_pages_of_contents_are_the_whole_sorted_snapshot_without_a_gap(untouched: StandIn) -> None:
    snapshot_id = ids(untouched)[8]
    assert [len(page) for page in pages(untouched, snapshotId=snapshot_id)] == [1_000]
    found = [one for page in pages(untouched, snapshotId=snapshot_id, pageSize=333) for one in page]
    assert found == sorted(found) and len(set(found)) == 1_000
    assert PROPERTIES in found


@pytest.mark.parametrize(("given", "expected"), [(0, 1_000), (-5, 1_000), (1_001, 1_000), (1, 1), (1_000, 1_000)])
def test_a_page_size_out_of_range_is_a_thousand(untouched: StandIn, given: int, expected: int) -> None:
    found = contents(untouched, snapshotId=ids(untouched)[7], pageSize=given, pageNumber=-3)
    assert len(found["contentItems"]) == expected and found["totalCount"] == 184_233


def test_the_total_ignores_the_prefix(untouched: StandIn) -> None:
    found = contents(untouched, snapshotId=ids(untouched)[12], prefix="emoji")
    assert [one["contentId"] for one in found["contentItems"]] == ["emoji-🎬-👩‍🎓.mp4"]
    assert found["totalCount"] == 88


@pytest.mark.parametrize(
    ("prefix", "reported"), [("a b", "Illegal character in query"), ("50%", "Malformed escape pair")]
)
def test_a_prefix_goes_unencoded_into_an_inner_url(untouched: StandIn, prefix: str, reported: str) -> None:
    refused = run(untouched, "get-snapshot-contents", snapshotId=ids(untouched)[12], prefix=prefix)
    assert refused.status == 500
    assert refused.text.startswith(
        f"Exception encountered attempting to get snapshot contents. Error reported: {reported}"
    )


def test_a_prefix_that_is_encoded_already_is_understood(untouched: StandIn) -> None:
    found = contents(untouched, snapshotId=ids(untouched)[12], prefix="100%25%20done")
    assert [one["contentId"] for one in found["contentItems"]] == ["100% done.mp4"]
    cut = contents(untouched, snapshotId=ids(untouched)[12], prefix="hash#tag")
    assert [one["contentId"] for one in cut["contentItems"]] == ["hash#tag.m3u8"]


def test_an_id_can_break_out_into_the_inner_url_as_it_does_on_the_server(untouched: StandIn) -> None:
    snapshot_id = ids(untouched)[8]
    listed = run(untouched, "get-snapshot", snapshotId=f"{snapshot_id}/content?page=0&pageSize=2")
    assert len(json.loads(listed.text)["contentItems"]) == 2
    refused = run(untouched, "get-snapshot", snapshotId=f"{snapshot_id}/content?page=first")
    assert refused.text.endswith("Unexpected response code: 404")
    negative = run(untouched, "get-snapshot", snapshotId=f"{snapshot_id}/content?page=-1")
    assert negative.text.endswith("Unexpected response code: 500")


def test_contents_of_an_unknown_one_are_an_empty_200(untouched: StandIn) -> None:
    answer = run(untouched, "get-snapshot-contents", snapshotId="nope")
    assert (answer.status, answer.text) == (200, '{\n  "totalCount" : 0,\n  "contentItems" : [ ]\n}')


def test_history_of_an_unknown_one_is_a_500(untouched: StandIn) -> None:
    refused = run(untouched, "get-snapshot-history", snapshotId="nope")
    assert refused.text.endswith("Error reported: Unexpected response code: 500")


def test_history_pages_end_by_repeating_and_count_themselves(untouched: StandIn) -> None:
    heavy = ids(untouched)[9]
    assert [len(history(untouched, heavy, pageNumber=page, pageSize=200)) for page in (6, 7, 8)] == [200, 0, 200]
    last, beyond = (history(untouched, heavy, pageNumber=page, pageSize=300) for page in (4, 5))
    assert len(last) == 200 and len(beyond) == 300 and beyond[-200:] == last
    answer = json.loads(run(untouched, "get-snapshot-history", snapshotId=heavy, pageSize=7).text)
    assert answer["totalCount"] == 7


def test_history_is_newest_first(untouched: StandIn) -> None:
    for snapshot_id in ids(untouched)[:20]:
        answer = json.loads(run(untouched, "get-snapshot-history", snapshotId=snapshot_id).text)
        dates = [event["historyDate"] for event in answer["historyItems"]]
        assert dates == sorted(dates, reverse=True) and dates


@pytest.mark.parametrize("number", [0, 3, 11])
def test_only_a_failed_transfer_can_be_restarted(untouched: StandIn, number: int) -> None:
    refused = run(untouched, "restart-snapshot", snapshotId=ids(untouched)[number])
    assert refused.text == (
        "Exception encountered attempting to restart snapshot. Error reported: Unexpected response code: 500"
    )


def test_every_call_of_a_bridge_that_is_down_says_so(untouched: StandIn) -> None:
    for task, given in (
        ("get-snapshots", {}),
        ("get-snapshot", {"snapshotId": "x"}),
        ("get-snapshots-totals", {"status": "ERROR"}),
        ("get-snapshot-contents", {"snapshotId": "x"}),
        ("get-snapshot-history", {"snapshotId": "x"}),
        ("restart-snapshot", {"snapshotId": "x"}),
        ("get-restore", {"snapshotId": "x"}),
    ):
        refused = run(untouched, task, world="broken", store="91", **given)
        assert refused.status == 500 and refused.text.endswith("Connection refused"), task


# -- what the bridge calls


def test_cleaning_up_destroys_the_content_of_any_space_after_a_day(server: StandIn) -> None:
    answer = run(server, "cleanup-snapshot", spaceId=SPACE)
    assert answer.text == '{\n  "contentExpirationDays" : 1\n}'
    server.time.pass_by(DAY - 1)
    assert properties(server)["space-count"] == "1000+"
    server.time.pass_by(1)
    assert properties(server)["space-count"] == "0"


def test_completing_clears_the_properties_and_the_rule_and_keeps_the_acl(server: StandIn) -> None:
    created(server)
    run(server, "cleanup-snapshot", spaceId=SPACE)
    for _ in range(2):
        answer = run(server, "complete-snapshot", spaceId=SPACE)
        assert answer.text == '{\n  "result" : "Snapshot complete was successful"\n}'
    assert set(properties(server)) == {"space-created", "space-count"}
    assert acls(server)["dc-snapshot"] == "READ"
    server.time.pass_by(2 * DAY)
    assert properties(server)["space-count"] == "1000+"


def test_cancelling_takes_back_what_creating_wrote_but_not_twice(server: StandIn) -> None:
    created(server)
    answer = run(server, "complete-cancel-snapshot", spaceId=SPACE)
    assert answer.text == f'{{\n  "result" : "completed cancellation for {SPACE}"\n}}'
    assert "snapshot-id" not in properties(server) and acls(server) == {"admin": "WRITE"}
    again = run(server, "complete-cancel-snapshot", spaceId=SPACE)
    assert again.status == 500 and again.text.startswith(f"Could not find content item with ID {PROPERTIES}")


@pytest.mark.parametrize("task", ["cleanup-snapshot", "complete-snapshot", "complete-cancel-snapshot"])
def test_a_missing_space_is_a_500_for_the_bridge_too(untouched: StandIn, task: str) -> None:
    assert run(untouched, task, spaceId="nope").text == "No S3 bucket found matching spaceID: nope"


@pytest.mark.parametrize(("store", "status"), [("51", 201), ("53", 403)])
def test_a_space_with_a_snapshot_is_locked_in_the_store_of_snapshots_alone(
    server: StandIn, store: str, status: int
) -> None:
    """Protocol §1.4: the lock looks at the type of the store, not only at the property."""
    space = "dance-archive" if store == "51" else SPACE
    spaces = server.world("lakeshore").spaces(store)
    spaces.set_property(space, "snapshot-id", "x")
    assert server.ask("PUT", f"/{space}/a.txt?storeID={store}", "admin", "text").status == status
