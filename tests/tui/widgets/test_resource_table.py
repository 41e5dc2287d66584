from collections.abc import AsyncIterator, Sequence

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from durastore_tui.core.errors import Forbidden, Unreachable
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Resource, Stale
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.themes import LIGHT
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.resource_table import ResourceTable

from .stage import NOW, Stage, shown, until

COLUMNS = (Column("name", "Space", 18, is_id=True), Column("items", "Items", 7, 9, right=True))
DOWN = Unreachable("GET /spaces?storeID=51", None, "connection refused")
PLACE = "the spaces of store 51"


def rows(*names: str) -> list[Row]:
    return [Row(name, (Cell(name), Cell(str(len(name)), rank=len(name)))) for name in names]


NAMES = ("apples", "pear", "fig", "banana-bread")


class Tried:
    """A table on a stage, four rows in it."""

    def __init__(self, pilot: Pilot[None], table: ResourceTable, app: Stage) -> None:
        self.pilot, self.table, self.app = pilot, table, app

    async def names(self) -> list[str]:
        await self.pilot.pause(0)
        return [line.split()[-2] for line in shown(self.table)[1:] if line]


@pytest.fixture
async def tried() -> AsyncIterator[Tried]:
    table = ResourceTable(empty="No spaces in this store.")
    app = Stage(table)
    async with app.run_test(size=(60, 12)) as pilot:
        table.set_columns(COLUMNS)
        table.show(Ready(rows(*NAMES), NOW), PLACE)
        table.focus()
        yield Tried(pilot, table, app)


async def test_the_cursor_stays_on_its_space_while_rows_come_before_it_and_are_sorted(tried: Tried) -> None:
    tried.table.move_to("fig")
    tried.table.show(Ready(rows("a-new-one", *NAMES), NOW))
    assert tried.table.cursor_key == "fig"
    tried.table.sort("items", reverse=True)
    assert await tried.names() == ["banana-bread", "a-new-one", "apples", "pear", "fig"]
    assert tried.table.cursor_key == "fig"


async def test_when_the_space_under_the_cursor_is_gone_its_neighbour_takes_over_and_is_told(tried: Tried) -> None:
    tried.table.move_to("pear")
    tried.table.show(Ready(rows("apples", "fig"), NOW))
    assert tried.table.cursor_key == "fig"
    await until(tried.pilot, lambda: "fig" in [message.key for message in tried.app.of(LineList.Highlighted)])


async def test_an_action_after_a_refresh_meets_the_row_that_the_person_saw(tried: Tried) -> None:
    tried.table.move_to("pear")
    tried.table.show(Ready(rows("aa", "bb", "cc", *NAMES), NOW))
    await tried.pilot.press("enter")
    await until(tried.pilot, lambda: tried.app.of(LineList.Opened))
    assert tried.app.of(LineList.Opened)[0].key == "pear"


async def test_marks_survive_sort_filter_and_refresh_and_hidden_ones_are_counted(tried: Tried) -> None:
    tried.table.toggle_mark()
    tried.table.move_to("fig")
    tried.table.toggle_mark()
    tried.table.sort("items")
    tried.table.filter("FIG")
    assert await tried.names() == ["fig"]
    assert (tried.table.marked, tried.table.marked_hidden) == (("apples", "fig"), 1)
    assert tried.table.coverage == "1 of 4"
    tried.table.show(Ready(rows("fig", "pear"), NOW))
    assert tried.table.marked == ("fig",)


async def test_marked_and_current_rows_differ_by_sign_and_not_by_colour_alone(tried: Tried) -> None:
    tried.table.toggle_mark()
    await tried.pilot.pause(0)
    first, second = shown(tried.table)[1:3]
    assert first.startswith(" ✓ apples")
    assert second.startswith("▌  pear")


async def test_rows_whose_value_is_not_known_sort_last_both_ways(tried: Tried) -> None:
    tried.table.set_row(Row("pear", (Cell("pear"), Cell("·"))))
    tried.table.sort("items")
    assert await tried.names() == ["fig", "apples", "banana-bread", "pear"]
    tried.table.sort("items", reverse=True)
    assert await tried.names() == ["banana-bread", "apples", "fig", "pear"]


async def test_one_row_is_replaced_where_it_stands(tried: Tried) -> None:
    tried.table.set_row(Row("fig", (Cell("fig"), Cell("1000+"))))
    await tried.pilot.pause(0)
    assert shown(tried.table)[3].split() == ["fig", "1000+"]
    with pytest.raises(KeyError):
        tried.table.set_row(Row("plum", (Cell("plum"), Cell("1"))))


async def test_each_of_the_six_states_looks_different(tried: Tried) -> None:
    table = tried.table
    held: Sequence[Row] = rows(*NAMES)
    none: Sequence[Row] = ()
    looks: list[str] = []
    resources: tuple[Resource[Sequence[Row]], ...] = (
        Empty(),
        Loading(NOW),
        Ready(none, NOW),
        Ready(held, NOW),
        Stale(held, NOW, DOWN),
        Failed(DOWN, NOW),
        NotAllowed(Forbidden("GET /spaces", 403, ""), NOW),
    )
    for resource in resources:
        table.show(resource)
        await tried.pilot.pause(0)
        looks.append("\n".join(shown(table)))
    empty, loading, nothing, ready, stale, failed, forbidden = looks
    assert "not asked yet" in empty
    assert "Asking for the spaces of store 51" in loading
    assert "No spaces in this store." in nothing
    assert "apples" in ready and "old" not in ready
    assert "apples" in stale and "▲ old" in stale
    assert "✕ failed: the spaces of store 51" in failed
    assert "⊘ forbidden" in forbidden


async def test_a_failure_names_place_cause_next_step_and_the_copy_key(tried: Tried) -> None:
    tried.table.show(Failed(DOWN, NOW))
    await tried.pilot.pause(0)
    text = "\n".join(shown(tried.table))
    for part in ("GET /spaces?storeID=51", "connection refused", "Could not reach", "^r try again", "y copy this"):
        assert part in text
    assert tried.table.error_text is not None and DOWN.next_step in tried.table.error_text


async def test_old_rows_are_dimmed_and_keep_their_cursor(tried: Tried) -> None:
    tried.table.move_to("fig")
    await tried.pilot.pause(0)
    fresh = tried.table.render_line(2)
    tried.table.show(Stale(rows(*NAMES), NOW, DOWN))
    await tried.pilot.pause(0)
    old = tried.table.render_line(2)
    assert old.text == fresh.text
    assert [segment.style for segment in old] != [segment.style for segment in fresh]
    assert tried.table.cursor_key == "fig"


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_hostile_names_keep_the_columns_aligned_and_reach_no_terminal(width: int) -> None:
    names = (
        "plain",
        "日本語" * 30,
        "e\u0301\x1b[31mred\x9b0m",
        "\u202eevil",
        "👨\u200d👩\u200d👧",
        "[/][b]",
        "שלום",
        "a\nb",
    )
    table = ResourceTable(empty="")
    async with Stage(table).run_test(size=(width, 12)) as pilot:
        table.set_columns(COLUMNS)
        table.set_rows([Row(name, (Cell(name), Cell("77,777"))) for name in names])
        await pilot.pause(0)
        lines = [table.render_line(y).text for y in range(1, 1 + len(names))]
    room = width - 1
    assert {cell_len(line) for line in lines} == {room}
    assert {cell_len(line[: line.index("77,777")]) for line in lines} == {room - 1 - len("77,777")}
    assert not set("".join(lines)) & set("\x1b\x9b\u202e\n")


async def test_moving_never_animates_and_ends_where_it_says(pilot_keys: Sequence[tuple[str, int]]) -> None:
    table = ResourceTable(empty="")
    async with Stage(table).run_test(size=(60, 11)) as pilot:
        table.set_columns(COLUMNS)
        table.set_rows(rows(*(f"space-{number:03}" for number in range(100))))
        table.focus()
        await pilot.pause(0)
        for key, cursor in pilot_keys:
            await pilot.press(key)
            assert (key, table.cursor) == (key, cursor)
            first, last = table.window
            assert first <= cursor <= last


@pytest.fixture
def pilot_keys() -> Sequence[tuple[str, int]]:
    """Keys in turn and the row that each leads to; ten rows are on screen."""
    return (
        ("j", 1),
        ("down", 2),
        ("k", 1),
        ("pagedown", 11),
        ("ctrl+d", 16),
        ("ctrl+u", 11),
        ("pageup", 1),
        ("G", 99),
        ("home", 0),
        ("end", 99),
        ("down", 99),
    )


async def test_a_click_moves_the_cursor_and_a_second_one_opens(tried: Tried) -> None:
    await tried.pilot.click(ResourceTable, offset=(6, 3))
    assert tried.table.cursor_key == "fig"
    assert not tried.app.of(LineList.Opened)
    await tried.pilot.click(ResourceTable, offset=(6, 3))
    await until(tried.pilot, lambda: tried.app.of(LineList.Opened))


async def test_a_smaller_screen_keeps_the_cursor_on_it(tried: Tried) -> None:
    tried.table.set_rows(rows(*(f"space-{number:03}" for number in range(50))))
    tried.table.move_to("space-009")
    await tried.pilot.resize_terminal(60, 6)
    await until(tried.pilot, lambda: "space-009" in tried.table.on_screen)
    assert tried.table.cursor_key == "space-009"


async def test_another_theme_repaints_every_row(tried: Tried) -> None:
    await tried.pilot.pause(0)
    dark = [segment.style for segment in tried.table.render_line(2)]
    tried.app.theme = LIGHT.name
    await until(tried.pilot, lambda: [segment.style for segment in tried.table.render_line(2)] != dark)


async def test_a_filter_knows_no_case(tried: Tried) -> None:
    tried.table.show(Ready(rows("Apples", "pear", "PEARL"), NOW), PLACE)
    tried.table.filter("PeAr")
    assert await tried.names() == ["pear", "PEARL"]
