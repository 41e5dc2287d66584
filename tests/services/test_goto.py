"""To a name in a long listing, in as few reads as can be."""

from math import ceil, log2

import pytest

from durastore_tui.core.id_order import Bounds
from durastore_tui.services.contents import Page
from durastore_tui.services.goto import Landing, Search
from tests.services.listings import Listed, reels


class Tried:
    """A search and the pages that were told."""

    def __init__(self, source: Listed) -> None:
        self.told: list[int] = []
        self.search = Search(source, Bounds(), self.tell)

    def tell(self, number: int, page: Page) -> None:
        self.told.append(number)


@pytest.mark.parametrize("row", [0, 1, 999, 1000, 73_995, 104_210])
async def test_a_name_among_100_pages_takes_about_seven_reads(row: int) -> None:
    ids = reels(104_211)
    source = Listed(ids)
    tried = Tried(source)
    assert await tried.search.find(ids[row], len(ids)) == Landing(row, ids[row])
    assert tried.search.reads == len(source.asked) == len(tried.told) <= ceil(log2(105)) + 1
    assert len(set(source.asked)) == len(source.asked)


async def test_the_beginning_of_a_name_leads_to_the_first_that_has_it() -> None:
    ids = reels(5000)
    assert await Tried(Listed(ids)).search.find("reel-00034", len(ids)) == Landing(3400, ids[3400])


async def test_a_name_after_all_others_leads_to_the_last_row_and_no_id() -> None:
    assert await Tried(Listed(reels(4321))).search.find("zebra", 4321) == Landing(4320, None)


async def test_the_order_without_case_is_found_out_on_the_way() -> None:
    ids = [*(f"{letter}-{number:03}" for letter in "aBcDeF" for number in range(900))]
    assert await Tried(Listed(ids)).search.find("D-100", len(ids)) == Landing(2800, "D-100")


async def test_an_id_is_found_without_case_also_where_no_page_read_told_the_order_before() -> None:
    ids = [f"a-{number:04}" for number in range(1000)] + [f"B-{number:04}" for number in range(1000)]
    assert await Tried(Listed(ids)).search.find("B-0007", len(ids)) == Landing(1007, "B-0007")


async def test_ids_without_an_order_are_read_page_by_page_until_it_comes() -> None:
    ids = reels(4000)[::-1]
    source = Listed(ids)
    assert await Tried(source).search.find("reel-0001500.wav", len(ids)) == Landing(2499, "reel-0001500.wav")
    assert source.asked[-3:] == [0, 1, 2]


async def test_by_marker_the_pages_are_read_on_to_where_the_name_must_be() -> None:
    ids = reels(5000)
    source = Listed(ids, numbered=False)
    assert await Tried(source).search.find("reel-0002500", None) == Landing(2500, ids[2500])
    assert source.asked == [0, 1, 2]


async def test_by_marker_a_name_among_the_pages_read_takes_no_reading_on() -> None:
    ids = reels(5000)
    source = Listed(ids, numbered=False)
    bounds = Bounds()
    for number in range(3):
        bounds.add(number, ids[number * 1000 : (number + 1) * 1000])
    search = Search(source, bounds, lambda number, page: None)
    assert await search.find(ids[1234], None, known_pages=3) == Landing(1234, ids[1234])
    assert source.asked == [1]


async def test_nothing_is_found_in_an_empty_listing() -> None:
    assert (await Tried(Listed([])).search.find("a", 0)).id is None
