"""Generated listings: sorted whatever their length, and paged like a list that really exists."""

from bisect import bisect_right

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from durastore_tui.sandbox import listing
from durastore_tui.sandbox.clock import Clock
from durastore_tui.sandbox.contents import TABLES, Contents, NoSuchContent
from durastore_tui.sandbox.patterns import PATTERNS, pattern_listing
from durastore_tui.sandbox.state import Database

KEY = ("world", "1", "space")


def contents(pattern: str, count: int) -> Contents:
    return Contents(Database(None, [TABLES]), Clock(source=lambda: 1_000.0), KEY, pattern, count, 500.0)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_pattern_rises_in_byte_order(pattern: str) -> None:
    ids = list(listing.ids(pattern_listing(pattern, 50_000)))
    assert ids == sorted(set(ids), key=str.encode)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_ids_of_a_pattern_are_as_many_as_asked_for(pattern: str) -> None:
    assert len(list(listing.ids(pattern_listing(pattern, 54)))) == 54


@settings(deadline=None, max_examples=60)
@given(
    pattern=st.sampled_from(PATTERNS),
    count=st.integers(0, 54),
    added=st.sets(st.text("abzé/~", min_size=1, max_size=4), max_size=6),
    removed=st.sets(st.integers(0, 53), max_size=6),
    prefix=st.sampled_from(["", "a", "files/item-000000", "z", "é", "wlsu/1968/"]),
    marker=st.one_of(st.just(""), st.text("abfz/é", max_size=3), st.just("files/item-0000007.txt")),
    limit=st.integers(-1, 60),
)
def test_a_page_is_a_slice_of_what_the_space_holds(
    pattern: str, count: int, added: set[str], removed: set[int], prefix: str, marker: str, limit: int
) -> None:
    held = contents(pattern, count)
    expected = set(listing.ids(pattern_listing(pattern, count)))
    for index in removed:
        if index < count:
            gone = pattern_listing(pattern, count)[index]
            held.delete(gone)
            expected.discard(gone)
    for name in added:
        held.put(name, b"x", "text/plain", {})
        expected.add(name)
    matching = sorted(name for name in expected if name.startswith(prefix) and name > marker)
    assert held.page(prefix, marker, limit) == (matching[:limit] if limit > 0 else matching)
    assert held.count() == len(expected)


@settings(deadline=None, max_examples=30)
@given(count=st.integers(0, 3_500), size=st.integers(1, 2_000))
def test_walking_by_marker_reads_every_item_once(count: int, size: int) -> None:
    held, read, marker = contents("plain", count), [], ""
    while page := held.page(marker=marker, limit=size):
        assert len(page) <= min(size, 1_000)
        read += page
        marker = page[-1]
    assert read == list(listing.ids(pattern_listing("plain", count)))


def test_a_page_deep_in_five_million_items_reads_only_what_it_shows() -> None:
    class Counting(listing.Collections):
        asked = 0

        def __getitem__(self, index: int, /) -> str:
            Counting.asked += 1
            return super().__getitem__(index)

    many = Counting(5_000_000, lambda n: f"item-{n:08d}", ("",))
    found = listing.ids(many, marker="item-04200000")
    assert [next(found) for _ in range(10)] == [f"item-{n:08d}" for n in range(4_200_001, 4_200_011)]
    assert Counting.asked < 50


def test_the_bytes_of_an_item_are_the_same_from_any_offset() -> None:
    item = contents("radio", 36).item("wlsu/1968/week-01/broadcast-v2m00003.ts")
    whole = b"".join(item.body.read(0, item.size))
    assert len(whole) == item.size
    assert b"".join(item.body.read(70_001, 70_050)) == whole[70_001:70_050]


def test_a_playlist_names_what_lies_beside_it() -> None:
    held = contents("radio", 36)
    stem = "wlsu/1968/week-01/broadcast"
    master = (held.item(f"{stem}-playlist.m3u8").stored or b"").decode().splitlines()
    assert [line for line in master if not line.startswith("#")] == ["broadcast-a160k.m3u8", "broadcast-v2m.m3u8"]
    media = (held.item(f"{stem}-v2m.m3u8").stored or b"").decode().splitlines()
    segments = [line for line in media if not line.startswith("#")]
    assert len(segments) == 15
    assert all(held.item(f"wlsu/1968/week-01/{segment}") for segment in segments)


def test_changed_properties_keep_the_generated_bytes() -> None:
    held = contents("plain", 5)
    name = "files/item-0000002.txt"
    before = held.item(name)
    held.describe(name, "text/html", {"title": "new"})
    after = held.item(name)
    assert (after.checksum, after.size) == (before.checksum, before.size)
    assert (after.mimetype, after.properties) == ("text/html", {"title": "new"})
    assert held.count() == 5


def test_what_was_deleted_can_be_put_again() -> None:
    held = contents("plain", 5)
    name = "files/item-0000002.txt"
    held.delete(name)
    with pytest.raises(NoSuchContent):
        held.item(name)
    held.put(name, b"new", "text/plain", {})
    assert held.item(name).size == 3
    assert held.count() == 5


def test_a_marker_that_is_no_item_is_a_place_between_two() -> None:
    some = pattern_listing("plain", 20)
    marker = "files/item-0000004.txt.later"
    assert listing.span(some, marker=marker).start == bisect_right(list(listing.ids(some)), marker)
