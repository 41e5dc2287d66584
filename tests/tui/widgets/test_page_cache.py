from hypothesis import given
from hypothesis import strategies as st

from durastore_tui.tui.columns import Cell, Row
from durastore_tui.tui.widgets.page_cache import KEPT, PageCache


def page(number: int, size: int = 3) -> list[Row]:
    return [Row(f"page-{number}/item-{place}", (Cell(f"item {place}", "dim"),)) for place in range(size)]


ids = st.text(alphabet=st.characters(), max_size=30)


@given(st.lists(ids, max_size=20))
def test_any_id_comes_back_from_the_cache_as_it_went_in(keys: list[str]) -> None:
    cache = PageCache(ready=0)
    rows = tuple(Row(key, (Cell(key, "bad"),)) for key in keys)
    cache.put(7, rows)
    assert cache.get(7) == rows


@given(st.lists(ids, min_size=1, max_size=20), st.integers(0, 19))
def test_a_filter_finds_the_row_by_any_part_of_its_id(keys: list[str], number: int) -> None:
    key = keys[number % len(keys)]
    cache = PageCache()
    cache.put(0, [Row(one) for one in keys])
    found = [keys[place] for place in cache.containing(0, key.replace("\n", " "))]
    assert key in found


def test_only_the_newest_pages_by_use_are_held() -> None:
    cache = PageCache()
    for number in range(KEPT):
        cache.put(number, page(number))
    assert cache.get(0) is not None
    cache.put(KEPT, page(KEPT))
    assert 0 in cache
    assert 1 not in cache
    assert len(cache) == KEPT
    assert cache.rows_held == KEPT * 3


def test_a_page_that_was_packed_away_looks_the_same_as_a_ready_one() -> None:
    cache = PageCache(ready=1)
    cache.put(0, page(0))
    cache.put(1, page(1))
    assert cache.get(0) == tuple(page(0))


def test_when_all_is_kept_a_page_goes_to_disk_and_looks_the_same_as_before() -> None:
    cache = PageCache(kept=2, ready=0)
    cache.keep_all()
    for number in range(5):
        cache.put(number, page(number), [{"creator": f"{number}-{place}"} for place in range(3)])
    assert sorted(cache) == [0, 1, 2, 3, 4]
    assert cache.get(0) == tuple(page(0))
    assert cache.detail(1, 2) == {"creator": "1-2"}
    assert list(cache.containing(0, "ITEM-1")) == [1]


def test_a_page_that_comes_again_takes_the_place_of_the_one_on_disk() -> None:
    cache = PageCache(kept=1, ready=0)
    cache.keep_all()
    for number in (0, 1):
        cache.put(number, page(number))
    cache.put(0, page(9))
    cache.put(2, page(2))
    assert cache.get(0) == tuple(page(9))
    assert cache.rows_held == 9


def test_a_row_of_which_nothing_more_is_known_has_no_detail() -> None:
    cache = PageCache()
    cache.put(0, page(0))
    assert cache.detail(0, 1) is None


def test_a_page_that_comes_again_brings_its_own_details() -> None:
    cache = PageCache()
    cache.put(0, page(0), [{"creator": "ana"}, {"creator": "jo"}, {"creator": "li"}])
    assert cache.detail(0, 1) == {"creator": "jo"}
    cache.put(0, page(0), [{"creator": "kim"}, {"creator": "lou"}, {"creator": "max"}])
    assert cache.detail(0, 1) == {"creator": "lou"}
    cache.put(0, page(0))
    assert cache.detail(0, 1) is None


def test_a_filter_knows_no_case_in_what_is_typed_or_in_ids() -> None:
    cache = PageCache()
    cache.put(0, [Row("Reel-ONE"), Row("reel-two"), Row("STRASSE"), Row("other")])
    assert list(cache.containing(0, "reel-O")) == [0]
    assert list(cache.containing(0, "REEL")) == [0, 1]
    assert list(cache.containing(0, "straße")) == [2]
