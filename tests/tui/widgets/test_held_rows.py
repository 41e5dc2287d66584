"""Rows held in pages, sorted: by a column's values over all pages, with the cursor on its row."""

from collections.abc import AsyncIterator, Sequence

import pytest
from textual.pilot import Pilot

from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.held_order import MERGED_AT_ONCE, TOGETHER, HeldOrder
from durastore_tui.tui.widgets.page_cache import PageCache
from durastore_tui.tui.widgets.paged_table import PagedTable

from .stage import Stage, shown, until

COLUMNS = (Column("id", "ID", 10, is_id=True), Column("size", "SIZE", 8))
ITEMS = (("Delta", 30), ("alpha", None), ("charlie", 4), ("bravo", 2000), ("echo", 4))
PAGE = 2


def row(name: str, size: int | None) -> Row:
    return Row(name, (Cell(name), Cell("" if size is None else f"{size} B", rank=size)))


@pytest.fixture
async def pilot() -> AsyncIterator[Pilot[None]]:
    table = PagedTable(empty="", page_size=PAGE)
    async with Stage(table).run_test(size=(60, 12)) as pilot:
        table.set_columns(COLUMNS)
        table.open(len(ITEMS))
        put(table, 0, 1, 2)
        yield pilot


def put(table: PagedTable, *pages: int) -> None:
    for page in pages:
        table.put_page(page, [row(*item) for item in ITEMS[page * PAGE : page * PAGE + PAGE]])


def table_of(pilot: Pilot[None]) -> PagedTable:
    return pilot.app.query_one(PagedTable)


def names(table: PagedTable) -> list[str]:
    return [found.key for index in range(table.row_count) if (found := table.row_at(index))]


async def sort(pilot: Pilot[None], column: str | None) -> PagedTable:
    table = table_of(pilot)
    table.sort(column)
    await until(pilot, lambda: not table.sorting)
    return table


async def test_ids_stand_by_the_alphabet_whatever_their_case(pilot: Pilot[None]) -> None:
    table = await sort(pilot, "id")
    assert names(table) == ["alpha", "bravo", "charlie", "Delta", "echo"]
    assert any("ID ↑" in line or "ID ▲" in line or "ID ^" in line for line in shown(table)[:1])


async def test_sizes_stand_by_their_bytes_and_what_has_none_comes_last(pilot: Pilot[None]) -> None:
    assert names(await sort(pilot, "size")) == ["charlie", "echo", "Delta", "bravo", "alpha"]


async def test_the_cursor_stays_on_its_row_there_and_back(pilot: Pilot[None]) -> None:
    table_of(pilot).go_to(3)
    assert (await sort(pilot, "id")).cursor_key == "bravo"
    assert table_of(pilot).cursor == 1
    assert (await sort(pilot, None)).cursor_key == "bravo"
    assert table_of(pilot).cursor == 3


async def test_a_filter_keeps_the_order(pilot: Pilot[None]) -> None:
    table = await sort(pilot, "size")
    table.filter("a")
    await until(pilot, lambda: names(table) == ["charlie", "Delta", "bravo", "alpha"])
    assert table.coverage == "4 in 5 held, of 5"
    table.filter("")
    assert names(table) == ["charlie", "echo", "Delta", "bravo", "alpha"]


async def test_rows_that_are_read_anew_stand_by_number_again_under_the_same_cursor(pilot: Pilot[None]) -> None:
    table = await sort(pilot, "size")
    table.place_cursor(3)
    put(table, 1)
    assert table.sorted_by() == (None, False)
    assert names(table) == [name for name, _ in ITEMS]
    assert table.cursor_key == "bravo"


def order_of(values: Sequence[int], page_size: int) -> tuple[list[int], int]:
    """The sorted row numbers, and how many steps that took."""
    pages = PageCache(kept=len(values))
    for page, start in enumerate(range(0, len(values), page_size)):
        pages.put(page, [row(f"r{start + at}", value) for at, value in enumerate(values[start : start + page_size])])
    order, steps = HeldOrder(pages, page_size, 1), 1
    while order.work():
        steps += 1
    assert order.rows is not None
    return list(order.rows), steps


def test_runs_of_many_pages_are_merged_little_by_little() -> None:
    page_size = 150
    values = [number * 7919 % 1000 for number in range(page_size * (TOGETHER * 2 + 1))]
    rows, steps = order_of(values, page_size)
    assert rows == sorted(range(len(values)), key=lambda index: (values[index], index))
    assert steps > len(values) // page_size + len(values) // MERGED_AT_ONCE
