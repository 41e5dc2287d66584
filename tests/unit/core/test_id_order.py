"""Halving over pages: where an id must stand, in how many reads, and which order the server keeps."""

from math import ceil, log2

from hypothesis import given, settings
from hypothesis import strategies as st

from durastore_tui.core.id_order import Bounds, Order, place_in

some_ids = st.lists(st.text("abAB/é", min_size=1, max_size=4), min_size=1, max_size=80, unique=True)


def found(ids: list[str], size: int, wanted: str, order: Order) -> tuple[int, int]:
    """The row that halving leads to, and how many pages it read."""
    bounds, pages = Bounds(), -(-len(ids) // size)
    reads: set[int] = set()
    bounds.add(0, ids[:size])
    while True:
        assert order in bounds.orders
        number, sure = bounds.page_for(wanted, order, pages)
        if number == pages:
            return len(ids), len(reads)
        page = ids[number * size : (number + 1) * size]
        reads.add(number)
        bounds.add(number, page)
        if sure:
            return number * size + place_in(page, wanted, order), len(reads)


@given(some_ids, st.integers(1, 9), st.text("abAB/é", max_size=4))
@settings(deadline=None)
def test_halving_finds_the_first_id_not_before_the_wanted_one(ids: list[str], size: int, wanted: str) -> None:
    ids.sort()
    row, reads = found(ids, size, wanted, Order.CODE_POINTS)
    assert row == next((row for row, one in enumerate(ids) if one >= wanted), len(ids))
    assert reads <= ceil(log2(-(-len(ids) // size) or 1)) + 2


@given(some_ids, st.integers(1, 9), st.data())
@settings(deadline=None)
def test_an_id_is_found_in_the_order_of_a_database_without_case(ids: list[str], size: int, data: st.DataObject) -> None:
    folded = {one.casefold(): one for one in ids}
    ids = [folded[key] for key in sorted(folded)]
    wanted = data.draw(st.sampled_from(ids))
    assert ids[found(ids, size, wanted, Order.FOLDED)[0]] == wanted


def test_pages_that_are_read_tell_the_order() -> None:
    bounds = Bounds()
    told = [bounds.orders]
    for number, ids in enumerate((["A", "b", "C"], ["d", "c"])):
        bounds.add(number, ids)
        told.append(bounds.orders)
    assert told == [(Order.CODE_POINTS, Order.FOLDED), (Order.FOLDED,), ()]


def test_pages_that_are_sorted_each_but_not_one_after_the_other_have_no_order() -> None:
    bounds = Bounds()
    bounds.add(0, ["m", "n"])
    bounds.add(5, ["a", "b"])
    assert bounds.orders == ()


def test_what_earlier_reads_taught_is_not_asked_again() -> None:
    bounds = Bounds()
    bounds.add(3, ["m", "n"])
    assert bounds.page_for("mm", Order.CODE_POINTS, 1000) == (3, True)


def test_of_ids_that_are_alike_but_for_case_the_exact_one_is_meant() -> None:
    assert place_in(["README", "ReadMe", "readme"], "readme", Order.FOLDED) == 2
