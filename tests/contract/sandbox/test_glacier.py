"""`restore-content` and what it makes readable (protocol §7.8, demo-world §6.2)."""

import pytest

from durastore_tui.sandbox.bridge.course import DAY, HOUR
from tests.stand_in import Answer, StandIn, encoded

STORE, SPACE = "52", "masters-audio"
FROZEN = "preservation/OH-0412_pm.wav"


def thaw(server: StandIn, path: str) -> Answer:
    return server.task("restore-content", path, store=STORE)


def status(server: StandIn, content: str, method: str = "GET") -> int:
    return server.ask(method, f"/{SPACE}/{encoded(content)}?storeID={STORE}", headers=[("Range", "bytes=0-9")]).status


def test_the_only_task_is_restore_content(untouched: StandIn) -> None:
    listed = untouched.ask("GET", f"/task?storeID={STORE}").text
    assert listed == "<list>\n  <string>restore-content</string>\n</list>"


def test_an_item_thaws_in_three_to_five_hours_and_for_fourteen_days(server: StandIn) -> None:
    assert status(server, FROZEN) == 409
    answer = thaw(server, f"{SPACE}/{FROZEN}")
    assert answer.text == f"Request to restore content item {FROZEN} in space {SPACE} was successful."
    server.time.pass_by(3 * HOUR - 1)
    assert status(server, FROZEN) == 409
    server.time.pass_by(2 * HOUR + 1)
    assert status(server, FROZEN) == 206
    server.time.pass_by(13 * DAY)
    assert status(server, FROZEN) == 206
    server.time.pass_by(DAY)
    assert status(server, FROZEN) == 409


def test_a_frozen_item_says_what_to_do_and_shows_its_properties(untouched: StandIn) -> None:
    refused = untouched.ask("GET", f"/{SPACE}/{encoded(FROZEN)}?storeID={STORE}")
    assert refused.text == (
        f"Error attempting to get content '{FROZEN}' in '{SPACE}' due to: The storage state of this content item does"
        " not allow for this action to be taken. To resolve this issue: 1. Request that this content item be retrieved"
        " from offline storage 2. Wait (retrieval may take up to 5 hours) 3. Retry this request"
    )
    assert status(untouched, FROZEN, "HEAD") == 200


def test_a_frozen_item_cannot_be_copied_or_described(untouched: StandIn) -> None:
    source = [("x-dura-meta-copy-source", f"{SPACE}/{FROZEN}"), ("x-dura-meta-copy-source-store", STORE)]
    copied = untouched.ask("PUT", f"/{SPACE}/copy.wav?storeID={STORE}", headers=source)
    assert copied.status == 409 and copied.text.startswith("Error attempting to copy content ")
    described = untouched.ask("POST", f"/{SPACE}/{encoded(FROZEN)}?storeID={STORE}", headers=[("x-dura-meta-a", "b")])
    assert described.status == 409


def test_asking_twice_is_a_conflict_until_it_is_thawed(server: StandIn) -> None:
    thaw(server, f"{SPACE}/{FROZEN}")
    again = thaw(server, f"{SPACE}/{FROZEN}")
    assert (again.status, again.text) == (409, f"Restore is already in progress for {SPACE}/{FROZEN}")
    server.time.pass_by(5 * HOUR)
    assert thaw(server, f"{SPACE}/{FROZEN}").status == 200


def test_asking_for_a_thawed_item_prolongs_it(server: StandIn) -> None:
    thaw(server, f"{SPACE}/{FROZEN}")
    server.time.pass_by(10 * DAY)
    thaw(server, f"{SPACE}/{FROZEN}")
    server.time.pass_by(10 * DAY)
    assert status(server, FROZEN) == 206


def test_a_missing_item_is_reported_as_success(untouched: StandIn) -> None:
    assert thaw(untouched, f"{SPACE}/nope").status == 200
    assert thaw(untouched, f"{SPACE}/nope").status == 200


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("", "A path including a space ID and an content ID (separated by a '/') is required."),
        ("space/", "A path including a space ID and an content ID (separated by a '/') is required."),
        ("/item", "A path including a space ID and an content ID (separated by a '/') is required."),
        ("no-slash", "begin 0, end -1, length 8"),
        ("nope/item", "No S3 bucket found matching spaceID: nope"),
    ],
)
def test_a_path_that_is_none_is_a_500(untouched: StandIn, path: str, message: str) -> None:
    refused = thaw(untouched, path)
    assert (refused.status, refused.text) == (500, message)


def test_the_five_items_of_the_demo_world_are_as_in_its_table(server: StandIn) -> None:
    items = [f"preservation/OH-{number:04d}_pm.wav" for number in range(1, 6)]
    assert [status(server, item) for item in items] == [409, 409, 206, 206, 409]
    for item in (items[0], items[1], items[4]):
        assert thaw(server, f"{SPACE}/{item}").status == 409
    server.time.pass_by(5 * HOUR)
    assert [status(server, item) for item in items] == [206, 206, 206, 409, 409]
    server.time.pass_by(9 * DAY - 5 * HOUR)
    assert [status(server, item) for item in items] == [206, 206, 409, 409, 409]


def test_a_new_item_is_readable_until_the_nightly_transition(server: StandIn) -> None:
    server.ask("PUT", f"/{SPACE}/new.txt?storeID={STORE}", body=b"0123456789")
    assert status(server, "new.txt") == 206
    server.time.pass_by(DAY)
    assert status(server, "new.txt") == 409
