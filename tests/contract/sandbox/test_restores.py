"""Restore tasks as a client sees them: texts, side effects in the server's order, and time (protocol §7.19-§7.22)."""

import json
from typing import Any

import pytest

from durastore_tui.sandbox.bridge.course import DAY, HOUR, RESTORE_PHASES
from tests.stand_in import Answer, StandIn, encoded

STORE = "53"
EMAIL = "yo@myemail.com"


def run(server: StandIn, task: str, **given: Any) -> Answer:
    return server.task(task, json.dumps(given), store=STORE)


def numbered(server: StandIn, number: int) -> str:
    """The id of a snapshot by its number in demo-world §6.4, which leaves out 16."""
    listed = json.loads(run(server, "get-snapshots").text)["snapshots"]
    snapshot_id: str = listed[number - 1 if number < 16 else number - 2]["snapshotId"]
    return snapshot_id


def started(server: StandIn, number: int) -> dict[str, Any]:
    answer = run(server, "restore-snapshot", snapshotId=numbered(server, number), userEmail=EMAIL)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def restore(server: StandIn, **which: Any) -> dict[str, Any]:
    answer = run(server, "get-restore", **which)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = json.loads(answer.text)
    return found


def count(server: StandIn, space: str) -> str | None:
    return server.ask("HEAD", f"/{space}?storeID={STORE}").header("x-dura-meta-space-count")


def events(server: StandIn, snapshot_id: str) -> list[str]:
    answer = json.loads(run(server, "get-snapshot-history", snapshotId=snapshot_id).text)
    return [event["history"] for event in answer["historyItems"]]


def test_starting_one_makes_a_space_for_the_bridge_alone(server: StandIn) -> None:
    snapshot_id = numbered(server, 13)
    answer = run(server, "restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    date = snapshot_id.rpartition("_")[2]
    assert answer.text == (
        '{\n  "restoreId" : "lakeshore_53_musee-copies_2026-11-24-12-00-00",\n'
        f'  "status" : "RETRIEVING_FROM_STORAGE",\n  "spaceId" : "musee-copies-{date}"\n}}'
    )
    space = f"musee-copies-{date}"
    head = server.ask("HEAD", f"/{space}?storeID={STORE}")
    assert head.header("x-dura-meta-restore-id") == "lakeshore_53_musee-copies_2026-11-24-12-00-00"
    acls = server.ask("HEAD", f"/acl/{space}?storeID={STORE}")
    assert [pair for pair in acls.headers if "acl" in pair[0]] == [("x-dura-meta-acl-dc-snapshot", "WRITE")]
    assert events(server, snapshot_id)[0] == (
        "[{'restore-action':'RESTORE_INITIATED'},{'restore-id':'lakeshore_53_musee-copies_2026-11-24-12-00-00'},"
        "{'initiating-user':'yo@myemail.com'}]"
    )


def test_a_second_one_is_refused_while_its_space_is_there(server: StandIn) -> None:
    snapshot_id, space = numbered(server, 13), started(server, 13)["spaceId"]
    again = run(server, "restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    assert (again.status, again.text) == (
        500,
        f"A request to restore snapshot with ID {snapshot_id} has been made previously. The snapshot is being restored"
        f" to space: {space}",
    )


def test_a_refused_one_leaves_an_orphan_space_that_blocks_the_next(server: StandIn) -> None:
    snapshot_id = "lakeshore_53_nowhere_2020-01-02-03-04-05"
    refused = run(server, "restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    assert refused.text == (
        "Exception encountered attempting to initiate snapshot request. Error reported: Unexpected response code: 500"
    )
    assert count(server, "nowhere-2020-01-02-03-04-05") == "0"
    again = run(server, "restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    assert "has been made previously" in again.text
    server.ask("DELETE", f"/nowhere-2020-01-02-03-04-05?storeID={STORE}")
    server.time.pass_by(HOUR)
    third = run(server, "restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    assert "Unexpected response code: 500" in third.text


def test_only_a_complete_snapshot_can_be_restored(server: StandIn) -> None:
    refused = run(server, "restore-snapshot", snapshotId=numbered(server, 3), userEmail=EMAIL)
    assert refused.text.endswith("Unexpected response code: 500")


def test_a_space_name_is_cut_to_42(server: StandIn) -> None:
    assert started(server, 14)["spaceId"] == "a-space-with-exactly-forty-two-characters0"


@pytest.mark.parametrize("task", ["restore-snapshot", "request-restore-snapshot"])
@pytest.mark.parametrize(
    ("snapshot_id", "message"),
    [
        ("a_b_c_d", "Invalid Snapshot ID: a_b_c_d"),
        ("acct_1_space-a_2014-13-45-99-99-99", "Invalid Snapshot ID: acct_1_space-a_2014-13-45-99-99-99"),
        ("acct_1_space-a", "Index 3 out of bounds for length 3"),
        ("x", "Index 3 out of bounds for length 1"),
        ("a_b_c_", "Index 3 out of bounds for length 3"),
    ],
)
def test_a_bad_id_is_refused_in_javas_words(untouched: StandIn, task: str, snapshot_id: str, message: str) -> None:
    refused = run(untouched, task, snapshotId=snapshot_id, userEmail=EMAIL)
    assert (refused.status, refused.text) == (500, message)


def test_a_restore_space_that_aws_would_not_make_fails_there(untouched: StandIn) -> None:
    refused = run(untouched, "restore-snapshot", snapshotId="a_1_BAD SPACE_2020-01-02-03-04-05", userEmail=EMAIL)
    assert refused.text.startswith(
        "Unable to initialize snapshot restore, failed creating restore space due to: Could not create S3 bucket"
    )


def test_it_goes_through_every_status_in_order_an_hour_a_step(server: StandIn) -> None:
    restore_id = started(server, 13)["restoreId"]
    seen = []
    for _ in RESTORE_PHASES:
        found = restore(server, restoreId=restore_id)
        seen.append((found["status"], found["statusText"].partition(" on: ")[0], found["endDate"]))
        server.time.pass_by(HOUR)
    texts = ["Restoration request issued", "Completed restore to bridge storage", *[""] * 5]
    statuses = [status for status, _ in RESTORE_PHASES]
    assert seen[:-1] == [(status, text, None) for status, text in zip(statuses[:-1], texts, strict=True)]
    assert seen[-1][:2] == ("RESTORATION_COMPLETE", "Completed transfer to duracloud")


def test_the_status_text_has_javas_date_of_the_change(server: StandIn) -> None:
    restore_id = started(server, 13)["restoreId"]
    assert restore(server, restoreId=restore_id)["statusText"] == (
        "Restoration request issued on: Tue Nov 24 12:00:00 UTC 2026"
    )
    server.time.pass_by(100 * 60)
    assert restore(server, restoreId=restore_id)["statusText"] == (
        "Completed restore to bridge storage on: Tue Nov 24 13:00:00 UTC 2026"
    )


def test_the_space_is_filled_when_it_was_transferred_and_emptied_after_14_days(server: StandIn) -> None:
    answer, snapshot_id = started(server, 14), numbered(server, 14)
    server.time.pass_by(4.5 * HOUR)
    restore(server, snapshotId=snapshot_id)
    assert count(server, answer["spaceId"]) == "0"
    server.time.pass_by(HOUR)
    assert count(server, answer["spaceId"]) == "4"
    server.time.pass_by(2 * HOUR)
    done = restore(server, snapshotId=snapshot_id)
    assert done["expirationDate"] - done["endDate"] == 14 * DAY * 1000
    assert events(server, snapshot_id)[0].endswith("{'expiration-date':'2026-12-08'}]")
    server.time.pass_by(14 * DAY)
    expired = restore(server, snapshotId=snapshot_id)
    assert expired["status"] == "RESTORATION_EXPIRED"
    assert expired["statusText"] == "Restoration expired on: Tue Dec 08 19:00:00 UTC 2026"
    assert server.ask("HEAD", f"/{answer['spaceId']}?storeID={STORE}").status == 404
    assert events(server, snapshot_id)[0] == (
        f"[{{'restore-action':'RESTORE_EXPIRED'}},{{'restore-id':'{answer['restoreId']}'}}]"
    )


def test_restored_content_stays_for_real_days_whatever_the_speed() -> None:
    server = StandIn(speed=45)
    snapshot_id = numbered(server, 14)
    started(server, 14)
    server.time.pass_by(9 * HOUR / 45)
    done = restore(server, snapshotId=snapshot_id)
    assert done["expirationDate"] - done["endDate"] == 14 * DAY * 1000
    server.universe.close()


def test_restored_content_that_was_put_is_the_same_to_the_byte(server: StandIn) -> None:
    space = "oh-batch-2026-11"
    server.ask("PUT", f"/{space}/{encoded('zz/é.txt')}?storeID={STORE}", body=b"hello")
    made = run(server, "create-snapshot", spaceId=space, description="d", userEmail=EMAIL)
    snapshot_id = json.loads(made.text)["snapshotId"]
    server.time.pass_by(4 * DAY)
    answer = run(server, "restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    server.time.pass_by(8 * HOUR)
    found = server.ask("GET", f"/{json.loads(answer.text)['spaceId']}/{encoded('zz/é.txt')}?storeID={STORE}")
    assert found.body == b"hello"


def test_a_restore_whose_space_was_deleted_fails_when_it_would_transfer(server: StandIn) -> None:
    answer = started(server, 14)
    server.ask("DELETE", f"/{answer['spaceId']}?storeID={STORE}")
    server.time.pass_by(8 * HOUR)
    failed = restore(server, restoreId=answer["restoreId"])
    assert failed["status"] == "ERROR" and failed["endDate"] is None
    assert failed["statusText"].startswith("Failed to transfer to duracloud on: ")


def test_one_can_fail(server: StandIn) -> None:
    server.switch_on("restore-fails", requests=1)
    restore_id = started(server, 13)["restoreId"]
    server.time.pass_by(DAY)
    assert restore(server, restoreId=restore_id)["status"] == "ERROR"


def test_the_latest_change_is_the_restore_of_a_snapshot(server: StandIn) -> None:
    snapshot_id = numbered(server, 25)
    assert restore(server, snapshotId=snapshot_id)["status"] == "RESTORATION_EXPIRED"
    assert started(server, 25)["restoreId"] == restore(server, snapshotId=snapshot_id)["restoreId"]


def test_the_keys_of_one_are_in_the_servers_order(untouched: StandIn) -> None:
    assert list(restore(untouched, snapshotId=numbered(untouched, 7))) == [
        "restoreId",
        "snapshotId",
        "status",
        "startDate",
        "endDate",
        "expirationDate",
        "statusText",
        "destinationHost",
        "destinationPort",
        "destinationStoreId",
        "destinationSpaceId",
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"snapshotId": "nope"}, 404),
        ({"restoreId": "nope"}, 404),
        ({"snapshotId": "x", "restoreId": ""}, 405),
    ],
)
def test_what_is_not_found_is_told_with_the_inner_code(untouched: StandIn, given: dict[str, str], code: int) -> None:
    refused = run(untouched, "get-restore", **given)
    assert refused.text == (
        f"Exception encountered attempting to get restore. Error reported: Unexpected response code: {code}"
    )


def test_an_empty_snapshot_id_with_a_restore_id_works(untouched: StandIn) -> None:
    restore_id = restore(untouched, snapshotId=numbered(untouched, 7))["restoreId"]
    assert restore(untouched, snapshotId="", restoreId=restore_id)["restoreId"] == restore_id


def test_a_request_only_writes_history(server: StandIn) -> None:
    snapshot_id = numbered(server, 8)
    answer = run(server, "request-restore-snapshot", snapshotId=snapshot_id, userEmail=EMAIL)
    assert answer.text == '{\n  "description" : "Your request has been sent."\n}'
    assert events(server, snapshot_id)[0] == (
        "[{'restore-action':'RESTORE_REQUESTED'},{'initiating-user':'yo@myemail.com'}]"
    )
    assert run(server, "get-restore", snapshotId=snapshot_id).status == 500


def test_a_request_for_an_unknown_snapshot_fails_inside(untouched: StandIn) -> None:
    refused = run(untouched, "request-restore-snapshot", snapshotId="a_1_b_2020-01-02-03-04-05")
    assert refused.text.endswith(
        "attempting to initiate snapshot request. Error reported: Unexpected response code: 500"
    )


def test_completing_a_restore_expires_any_space_in_real_days(server: StandIn) -> None:
    space = "oh-batch-2026-11"
    answer = run(server, "complete-restore", spaceId=space, daysToExpire="3")
    assert answer.text == '{\n  "result" : "Complete restore was successful"\n}'
    server.time.pass_by(3 * DAY - 1)
    assert count(server, space) == "1000+"
    server.time.pass_by(1)
    assert count(server, space) == "0"


def test_aws_refuses_to_expire_at_once(untouched: StandIn) -> None:
    assert run(untouched, "complete-restore", spaceId="oh-batch-2026-11").status == 500
