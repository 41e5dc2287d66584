"""Listings page by page: a space's by marker past short answers, a snapshot's by number past the bridge's defects."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from durastore_tui.api.spaces import Listing, SpaceProperties
from durastore_tui.core.errors import Malformed, Missing, Unreachable
from durastore_tui.core.id_order import Bounds
from durastore_tui.core.tasks.snapshots import Item
from durastore_tui.services.contents import PAGE, Page, SnapshotContents, SpaceContents, pages, read
from durastore_tui.services.goto import Search
from durastore_tui.services.snapshot_list import Snapshots
from durastore_tui.services.spaces import Spaces
from tests.sandbox_server import SandboxServer
from tests.services.conftest import Login
from tests.services.listings import Listed, reels

NEWSPAPERS, MUSEE = "newspapers-1918", "musee-copies"


class ShortListings(Spaces):
    """Answers with fewer ids than asked for, and says no more of the count than the server does."""

    def __init__(self, ids: list[str], most: int) -> None:
        self.ids, self.most = ids, most
        self.asked: list[str] = []

    async def contents(self, space: str, prefix: str = "", marker: str = "", limit: int = PAGE) -> Listing:
        self.asked.append(marker)
        found = [one for one in self.ids if one.startswith(prefix) and one > marker][: min(limit, self.most)]
        count = str(len(self.ids)) if len(self.ids) < PAGE else f"{PAGE}+"
        properties: Mapping[str, str] = {"space-count": count}
        return Listing(tuple(found), SpaceProperties(properties))


@given(st.integers(0, 2300), st.integers(150, 1000))
@settings(deadline=None)
async def test_short_answers_make_whole_pages_and_the_last_is_known(count: int, most: int) -> None:
    source = SpaceContents(ShortListings(reels(count), most), "s")
    read = [page async for page in pages(source)]
    assert [one for page in read for one in page.ids] == reels(count)
    assert all(len(page.items) == PAGE for page in read[:-1])
    assert [page.last for page in read] == [False] * (len(read) - 1) + [True]


async def test_a_space_that_says_how_few_it_holds_is_asked_once() -> None:
    spaces = ShortListings(reels(12), PAGE)
    assert (await SpaceContents(spaces, "s").page(0)).last
    assert spaces.asked == [""]


async def test_a_page_far_below_is_reached_by_the_markers_before_it() -> None:
    spaces = ShortListings(reels(3500), PAGE)
    source = SpaceContents(spaces, "s")
    assert (await source.page(2)).ids[0] == "reel-0002000.wav"
    spaces.asked.clear()
    assert (await source.page(1)).ids[0] == "reel-0001000.wav"
    assert spaces.asked == ["reel-0000999.wav"]
    assert (await source.page(9)).items == ()


class Stuck:
    """Answers every page with one of `cycle` pages, in turn."""

    described = True

    def __init__(self, cycle: int, total: int | None) -> None:
        self.cycle, self.total, self.asked = cycle, total, 0

    async def page(self, number: int) -> Page:
        self.asked += 1
        begin = number % self.cycle * PAGE
        return Page(tuple(Item(one) for one in reels(9 * PAGE)[begin : begin + PAGE]), self.total, last=False)

    def go_on(self, number: int, after: str) -> None: ...


@pytest.mark.parametrize("total", [None, 1_000_000])
@pytest.mark.parametrize("cycle", [1, 2, 3])
async def test_a_listing_that_repeats_a_page_ends_with_an_error(cycle: int, total: int | None) -> None:
    source = Stuck(cycle, total)
    with pytest.raises(Malformed, match=f"does not advance: page {cycle} repeats page 0"):
        _ = [page async for page in pages(source)]
    assert source.asked <= cycle + 5
    with pytest.raises(Malformed, match="does not advance"):
        await read(Stuck(cycle, total), range(1000), lambda number, page: None)


async def test_pages_come_in_order_and_the_first_failure_ends_them() -> None:
    source = Listed(reels(9000))
    source.failing = {6: Unreachable("POST /task", None, "timed out")}
    held: list[int] = []
    with pytest.raises(Unreachable):
        await read(source, range(9), lambda number, page: held.append(number))
    assert held == [0, 1, 2, 3, 4, 5]


async def test_without_numbers_reading_the_rest_ends_with_the_last_page() -> None:
    source = Listed(reels(2500), numbered=False)
    held: list[Page] = []
    await read(source, iter(range(100)), lambda number, page: held.append(page), at_once=1)
    assert [len(page.items) for page in held] == [1000, 1000, 500]


async def snapshot(login: Login, words: str, prefix: str = "") -> SnapshotContents:
    """The contents of the first snapshot whose id contains `words`."""
    session = await login(store="53")
    ids = [row.snapshot_id or "" for row in await Snapshots(session).list()]
    return SnapshotContents(session, next(one for one in ids if words in one), prefix)


async def test_a_snapshot_says_its_total_and_any_page_can_be_asked_for(login: Login) -> None:
    source = await snapshot(login, NEWSPAPERS)
    last = await source.page(184)
    assert (last.total, len(last.items), last.last) == (184_233, 233, True)
    assert (await source.page(183)).ids[-1] < last.ids[0]


async def test_under_a_prefix_the_total_is_unknown_and_the_pages_end_by_themselves(login: Login) -> None:
    source = await snapshot(login, NEWSPAPERS, "lakeshore-herald/issue-0012")
    held = [page async for page in pages(source)]
    assert {page.total for page in held} == {None}
    assert all(one.startswith("lakeshore-herald/issue-0012") for page in held for one in page.ids)
    assert [page.last for page in held] == [False, True]


@pytest.mark.parametrize("prefix", ["100% d", "a+b=c&d", "hash#", "日本語/", 'quote"', "esc\x1b["])
async def test_a_prefix_is_compared_as_it_is_whatever_it_holds(login: Login, prefix: str) -> None:
    source = await snapshot(login, MUSEE, prefix)
    ids = (await source.page(0)).ids
    assert len(ids) == 1
    assert ids[0].startswith(prefix)


async def test_an_unknown_snapshot_is_told_from_an_empty_one(login: Login) -> None:
    empty = await snapshot(login, "oh-batch-2026-10")
    assert (await empty.page(0)).items == ()
    unknown = SnapshotContents(await login(store="53"), "lakeshore_53_no-such_2020-01-01-00-00-00")
    with pytest.raises(Missing):
        await unknown.page(0)


async def test_a_bridge_that_sorts_without_case_is_found_out(login: Login, fresh_sandbox: SandboxServer) -> None:
    fresh_sandbox.fault("folded-order")
    source = await snapshot(login, MUSEE)
    page = await source.page(0)
    landing = await Search(source, Bounds(), lambda number, page: None).find("MiXeD.CaSe", page.total)
    assert (landing.row, landing.id) == (page.ids.index("MiXeD.CaSe"), "MiXeD.CaSe")
    assert page.ids != tuple(sorted(page.ids))
