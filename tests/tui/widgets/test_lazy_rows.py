"""Rows that are made when they are looked at: a long list paints a screenful, and finds and sorts them all."""

from durastore_tui.core.resource import Ready
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.lazy_rows import LazyRows
from durastore_tui.tui.widgets.resource_table import ResourceTable
from tests.tui.widgets.stage import NOW, Stage, shown

KEYS = [f"row-{number:05}" for number in range(10_000)]


async def test_only_the_rows_on_screen_are_made_until_all_are_searched_or_sorted() -> None:
    made: list[str] = []

    def make(key: str) -> Row:
        made.append(key)
        return Row(key, (Cell(key, rank=-int(key[-5:])),))

    table = ResourceTable(empty="nothing")
    table.set_columns((Column("id", "ID", 12),))
    async with Stage(table).run_test(size=(40, 12)) as pilot:
        table.show(Ready(LazyRows(KEYS, make), NOW), "the rows")
        await pilot.pause()
        assert "row-00003" in "\n".join(shown(table))
        assert len(made) < 40
        table.filter("09999")
        assert table.on_screen == ("row-09999",)
        table.filter("")
        table.sort("id")
        assert table.on_screen[0] == "row-09999"
        assert len(made) == len(set(made)) == len(KEYS)


async def test_a_row_that_was_set_stays_set() -> None:
    table = ResourceTable(empty="nothing")
    table.set_columns((Column("id", "ID", 12),))
    async with Stage(table).run_test(size=(40, 12)) as pilot:
        table.show(Ready(LazyRows(KEYS, lambda key: Row(key, (Cell(key),))), NOW), "the rows")
        table.set_row(Row("row-00002", (Cell("something new"),)))
        await pilot.pause()
        assert "something ne" in "\n".join(shown(table))
