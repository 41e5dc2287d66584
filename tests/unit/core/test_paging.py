"""Pages of a window, and a history that grows while it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.core.paging import added_on_top, continued, pages


@given(st.integers(0, 5000), st.integers(0, 300), st.integers(1, 1000), st.none() | st.integers(0, 6000))
def test_the_pages_of_a_window_hold_its_rows_and_no_page_is_idle(
    first: int, height: int, size: int, total: int | None
) -> None:
    last = first + height
    needed = {row // size for row in range(first, last + 1) if total is None or row < total}
    assert set(pages(first, last, size, total)) == needed


def test_rows_above_the_top_need_no_page() -> None:
    assert list(pages(-5, 3, 10)) == [0]


def bridge_page(rows: list[str], number: int, size: int) -> list[str]:
    """A page as the bridge cuts it: past the end the last rows come again (protocol §7.14)."""
    if number * size >= len(rows):
        return rows[-size:] if len(rows) % size else []
    return rows[number * size : (number + 1) * size]


@given(
    st.lists(st.sampled_from("abc"), max_size=60),
    st.integers(1, 12),
    st.lists(st.integers(0, 4), max_size=80),
)
def test_a_history_is_read_whole_and_once_while_events_are_added(rows: list[str], size: int, growth: list[int]) -> None:
    """Many events are alike here; each has to stay one of its own."""
    begun = list(rows)
    held: list[str] = []
    number = added = 0
    while True:
        page = bridge_page(rows, number, size)
        held = continued(held, page, number, size, added)
        if len(page) < size:
            break
        number += 1
        more = growth.pop() if growth else 0
        rows = ["x"] * more + rows
        added += more
    assert held == begun


@given(st.lists(st.integers(), min_size=1, max_size=20, unique=True), st.integers(0, 20))
def test_what_came_in_front_is_counted(page: list[int], more: int) -> None:
    size = len(page)
    after = ([None] * more + page)[:size]
    assert added_on_top(page, after) == (more if more < size else None)


def test_a_first_page_that_was_empty_has_everything_added() -> None:
    assert added_on_top([], ["a", "b"]) == 2
    assert added_on_top([], []) == 0
    assert added_on_top(["a"], ["b", "a"]) == 1


def test_a_gap_is_not_bridged() -> None:
    with pytest.raises(ValueError, match="missing before page 2"):
        continued(["a"], ["b"], 2, 10, 0)
