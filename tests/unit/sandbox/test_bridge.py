"""The bridge's own arithmetic: ids, courses, history pages, listings by index, inner URLs (protocol §7, §8)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.sandbox.bridge.contents import Patched
from durastore_tui.sandbox.bridge.course import DAY, HOUR, RESTORE_PHASES, SNAPSHOT_PHASES, Course, begins
from durastore_tui.sandbox.bridge.files import java_properties, java_property
from durastore_tui.sandbox.bridge.history import window
from durastore_tui.sandbox.bridge.ids import MissingPart, SnapshotId, UnparsableDate, parse_snapshot_id
from durastore_tui.sandbox.bridge.inner_url import BASE, IllegalUrl, inner_url
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.listing import span
from tests.golden import golden


def test_ids_are_put_together_and_taken_apart_as_the_server_did_it() -> None:
    for case in golden("snapshot-identifier"):
        if "exception" in case:
            with pytest.raises((MissingPart, UnparsableDate)) as refused:
                parse_snapshot_id(case["parse"])
            assert str(refused.value) == case["message"]
            continue
        made = SnapshotId(case["account"], case["storeId"], case["spaceId"], case["timestamp"] / 1000)
        assert str(made) == case.get("snapshotId", case.get("back"))
        assert made.restore_space == case["restoreSpaceId"]
        if "parse" in case:
            assert parse_snapshot_id(case["parse"]) == made


def test_a_restore_space_that_is_cut_loses_one_dash_at_its_end() -> None:
    assert SnapshotId("a", "1", "s" * 41, 0).restore_space == "s" * 41


@given(st.integers(0, 3_000), st.integers(1, 1_000), st.integers(0, 40))
def test_history_pages_cover_everything_and_then_repeat_the_end(total: int, size: int, page: int) -> None:
    found = window(page, size, total)
    if page * size <= total:
        assert found == range(page * size, min((page + 1) * size, total))
    else:
        assert found == range(max(total - size, 0), total)


@pytest.mark.parametrize(
    ("page", "expected"),
    [(0, range(10)), (1, range(10, 20)), (2, range(20, 25)), (3, range(15, 25)), (4, range(15, 25))],
)
def test_the_pages_of_25_events_by_ten_are_those_of_the_protocol(page: int, expected: range) -> None:
    assert window(page, 10, 25) == expected


def test_a_page_number_that_overflows_fails_as_javas_list_does() -> None:
    assert len(window(2**31 - 1, 1_000, 25)) == 0
    with pytest.raises(IndexError):
        window(2**31 - 4, 1_000, 25)


IDS = st.lists(st.text(min_size=1, max_size=4), unique=True, max_size=30).map(sorted)


@given(IDS, st.data())
def test_a_patched_listing_is_the_sorted_list_without_what_was_removed(base: list[str], data: st.DataObject) -> None:
    added = sorted(set(data.draw(IDS)) - set(base))
    removed = sorted(data.draw(st.sets(st.sampled_from(range(len(base))))) if base else ())
    listing = Patched(tuple(base), tuple(added), tuple(removed))
    expected = sorted([one for index, one in enumerate(base) if index not in removed] + added)
    assert [listing[index] for index in range(len(listing))] == expected


@given(IDS, st.text(max_size=2), st.integers(1, 7))
def test_pages_of_a_prefix_put_together_are_all_ids_with_it(base: list[str], prefix: str, size: int) -> None:
    listing = Patched(tuple(base), ())
    found = span(listing, prefix)
    pages = [found[start : start + size] for start in range(0, len(found), size)]
    assert [listing[index] for page in pages for index in page] == [one for one in base if one.startswith(prefix)]


@pytest.mark.parametrize("speed", [1.0, 45.0])
def test_a_course_enters_each_status_at_its_scaled_time(speed: float) -> None:
    now = 1_000_000.0
    course = Course(since=now)
    for status, _ in SNAPSHOT_PHASES:
        entered = begins(SNAPSHOT_PHASES, status)
        moment = now + entered / speed + 0.01
        clock = Clock(speed, lambda moment=moment: moment)  # type: ignore[misc]
        assert course.reached(SNAPSHOT_PHASES, clock)[-1] == (status, entered)
        assert course.moment(entered, clock) == pytest.approx(now + entered / speed)


def test_a_course_that_halts_stays_there_for_ever() -> None:
    course = Course(0.0, halts_at=begins(SNAPSHOT_PHASES, "TRANSFERRING_FROM_DURACLOUD") + HOUR, halts_as="FAILED")
    before, after = Clock(source=lambda: HOUR), Clock(source=lambda: 400 * DAY)
    assert course.reached(SNAPSHOT_PHASES, before)[-1][0] == "TRANSFERRING_FROM_DURACLOUD"
    assert [status for status, _ in course.reached(SNAPSHOT_PHASES, after)] == [
        "INITIALIZED",
        "TRANSFERRING_FROM_DURACLOUD",
        "FAILED",
    ]


def test_a_course_that_stays_in_its_status_enters_nothing_more() -> None:
    ahead = begins(SNAPSHOT_PHASES, "CLEANING_UP")
    course = Course(0.0, ahead, halts_at=ahead, halts_as="CLEANING_UP")
    names = [status for status, _ in course.reached(SNAPSHOT_PHASES, Clock(source=lambda: 9 * DAY))]
    assert names[-1] == "CLEANING_UP" and names.count("CLEANING_UP") == 1


def test_a_restore_goes_through_seven_steps_of_an_hour() -> None:
    assert [lasts for _, lasts in RESTORE_PHASES[:-1]] == [HOUR] * 7


@pytest.mark.parametrize(
    ("below", "problem"),
    [
        ("/snapshot/a b", "Illegal character in path at index {}"),
        ('/snapshot/a/content?page=0&prefix="', "Illegal character in query at index {}"),
        ("/snapshot/a/content?page=0&prefix=50%", "Malformed escape pair at index {}"),
    ],
)
def test_a_character_that_no_url_can_hold_is_javas_complaint(below: str, problem: str) -> None:
    index = max(len(BASE + below) - 1, 0) if not below.endswith(" b") else len(BASE) + len("/snapshot/a")
    with pytest.raises(IllegalUrl) as refused:
        inner_url(below)
    assert str(refused.value) == f"{problem.format(index)}: {BASE}{below}"


def test_an_inner_url_decodes_as_the_bridge_does() -> None:
    url = inner_url("/snapshot/a%20b;x=1/content?page=0&prefix=a+b%2B&prefix=ignored#gone")
    assert url.path == ("snapshot", "a b", "content")
    assert url.query == {"page": "0", "prefix": "a b+"}


def test_a_properties_file_is_escaped_as_java_does_and_read_again() -> None:
    text = java_properties({"description": "a: b=c #1!\nnext", "snapshot-id": "x_1_y"}, 1_577_934_245.0)
    assert text == "#Thu Jan 02 03:04:05 UTC 2020\ndescription=a\\: b\\=c \\#1\\!\\nnext\nsnapshot-id=x_1_y\n"
    assert java_property(text, "snapshot-id") == "x_1_y"
    assert java_property(text, "user-email") is None
