"""A history that grows while it is read, page by page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.paging import Growing, added_on_top, overlaps


def bridge_page(rows: list[str], number: int, size: int) -> list[str]:
    """A page as the bridge cuts it: past the end the last rows come again (protocol §7.14)."""
    if number * size >= len(rows):
        return rows[-size:] if len(rows) % size else []
    return rows[number * size : (number + 1) * size]


def read_whole(rows: list[str], size: int, growth: list[list[str]]) -> tuple[list[str], tuple[str, ...]]:
    """Reads a history to its end; before each request some rows come in on top, as long as `growth` lasts."""

    def asked(number: int) -> list[str]:
        nonlocal rows
        rows = (growth.pop() if growth else []) + rows
        return bridge_page(rows, number, size)

    history = Growing(size, asked(0))
    while not history.complete:
        history.take(asked(history.wanted), asked(0))
    return rows, history.rows


@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers(1, 12))
def test_a_history_at_rest_is_read_whole_and_once_however_alike_its_events_are(rows: list[str], size: int) -> None:
    assert read_whole(rows, size, [])[1] == tuple(rows)


@given(st.integers(0, 60), st.integers(5, 12), st.lists(st.integers(0, 2), max_size=80))
def test_a_history_is_read_whole_and_once_while_events_are_added(count: int, size: int, growth: list[int]) -> None:
    """As many as a page holds never come in between two looks at the first page."""
    fresh = iter(range(1000))
    rows = [f"old {number}" for number in range(count)]
    added = [[f"new {next(fresh)}" for _ in range(more)] for more in growth]
    final, read = read_whole(rows, size, added)
    assert read == tuple(final)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=60), st.integers(5, 12), st.data())
def test_equal_events_stay_as_many_as_they_are_while_others_are_added(
    rows: list[str], size: int, data: st.DataObject
) -> None:
    added = [[f"new {number}"] for number in range(data.draw(st.integers(0, 9)))]
    final, read = read_whole(rows, size, added)
    assert read == tuple(final)


def test_a_page_that_fits_in_two_places_is_asked_for_again() -> None:
    history = Growing(3, ["c", "a", "a"])
    assert not history.take(["a", "a", "a"], ["x", "c", "a"])
    assert history.take(["a", "a", "a"], ["x", "c", "a"])
    assert history.rows == ("x", "c", "a", "a", "a", "a")


def test_two_places_that_are_alike_are_told() -> None:
    assert overlaps("xaa", "aab", 0, 3) == (0, 1, 2)
    assert overlaps("xaa", "aab", 1, 1) == (1,)
    assert overlaps("xaa", "bbb", 1, 3) == ()


def test_a_history_that_outgrows_its_first_page_between_two_looks_cannot_be_put_together() -> None:
    history = Growing(2, ["b", "a"])
    with pytest.raises(ValueError, match="whole page"):
        history.take(["b", "a"], ["d", "c"])


@given(st.lists(st.integers(), min_size=1, max_size=20, unique=True), st.integers(0, 20))
def test_what_came_in_front_is_counted(page: list[int], more: int) -> None:
    size = len(page)
    after = ([None] * more + page)[:size]
    assert added_on_top(page, after) == (more if more < size else None)


def test_a_first_page_that_was_empty_has_everything_added() -> None:
    assert added_on_top([], ["a", "b"]) == 2
    assert added_on_top([], []) == 0
    assert added_on_top(["a"], ["b", "a"]) == 1
