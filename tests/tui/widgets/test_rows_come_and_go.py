"""Whatever rows come, go or change places: cursor and marks stay on their rows, and the window where it was."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from durastore_tui.core.resource import Ready
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.resource_table import ResourceTable

from .stage import NOW, Stage, shown

NAMES = [f"space-{number:02}" for number in range(40)]
LISTS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=40, unique=True)


def rows(names: list[str], figure: int) -> Ready[Sequence[Row]]:
    return Ready([Row(name, (Cell(name), Cell(str(figure)))) for name in names], NOW)


def painted(table: ResourceTable) -> list[str]:
    """What is on the screen itself, line by line without the scroll bar: not what would be painted now."""
    strips = table.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip)[:36].rstrip() for strip in strips][: table.size.height]


@pytest.mark.usefixtures("painting")
@settings(max_examples=40, deadline=None)
@given(before=LISTS, refreshes=st.lists(st.tuples(LISTS, st.integers(0, 2)), min_size=1, max_size=4), data=st.data())
async def test_cursor_marks_and_window_stay(
    before: list[str], refreshes: list[tuple[list[str], int]], data: st.DataObject
) -> None:
    table = ResourceTable(empty="none")
    async with Stage(table).run_test(size=(40, 12)) as pilot:
        table.set_columns((Column("name", "NAME", 10, 20), Column("figure", "FIGURE", 6, 6)))
        table.show(rows(before, 0))
        await pilot.pause(0)
        table.move_to(data.draw(st.sampled_from(before)))
        marks = data.draw(st.sets(st.sampled_from(before)))
        table.mark(marks)
        table.scroll_to(y=data.draw(st.integers(0, len(before))), animate=False, force=True)
        for names, figure in refreshes:
            await pilot.pause(0)
            key, top, seen = table.cursor_key, table.scroll_offset.y, table.cursor_on_screen
            table.show(rows(names, figure))
            await pilot.pause(0)
            marks &= set(names)
            assert set(table.marked) == marks
            if key in names:
                assert table.cursor_key == key
            lowest = max(0, len(names) - table.body_height)
            if not seen or table.scroll_offset.y == min(top, lowest):
                assert table.scroll_offset.y == min(top, lowest), "nobody scrolled"
            else:
                assert table.cursor in table.window, "moved as little as brings the cursor back"
            if seen:
                assert table.cursor_on_screen
            assert painted(table) == [line[:36].rstrip() for line in shown(table)]
