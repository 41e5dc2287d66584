from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from durastore_tui.core.errors import Forbidden, Rejected, Unreachable
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.line_list import LineList
from durastore_tui.tui.widgets.paged_table import PagedTable

from .stage import Stage, shown, until

COLUMNS = (Column("id", "Content id", 20, is_id=True),)
MILLION = 1_000_000
DOWN = Unreachable("GET /reels", None, "timed out")


def page(number: int, size: int = 1000) -> list[Row]:
    start = number * 1000
    return [Row(f"reel-{start + place:07}", (Cell(f"reel-{start + place:07}"),)) for place in range(size)]


class Tried:
    """A paged table on a stage, ten rows high, and the pages that it asked for."""

    def __init__(self, pilot: Pilot[None], table: PagedTable, app: Stage) -> None:
        self.pilot, self.table, self.app = pilot, table, app

    @property
    def asked(self) -> list[int]:
        return [page for message in self.app.of(PagedTable.PagesWanted) for page in message.pages]

    async def lines(self) -> list[str]:
        await self.pilot.pause(0)
        return [line.strip("▌ ") for line in shown(self.table)[1:] if line.strip("▌ ")]

    async def rested(self) -> None:
        """Until the window has rested long enough to be asked for."""
        await until(self.pilot, lambda: not self.table.resting)
        await self.pilot.pause(0)


@pytest.fixture
async def tried(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Tried]:
    monkeypatch.setattr(PagedTable, "REST", 0.001)
    table = PagedTable(empty="Nothing in here.")
    app = Stage(table)
    async with app.run_test(size=(60, 11)) as pilot:
        table.set_columns(COLUMNS)
        table.focus()
        yield Tried(pilot, table, app)


async def test_a_jump_in_a_million_rows_paints_placeholders_at_once_and_asks_for_one_page(tried: Tried) -> None:
    tried.table.open(MILLION)
    tried.table.put_page(0, page(0))
    await tried.rested()
    tried.table.go_to(734_120)
    assert "734,121" in "".join(await tried.lines()) and "page 735" in "".join(await tried.lines())
    assert tried.table.cursor_key is None
    await tried.rested()
    assert tried.asked == [0, 734]
    tried.table.put_page(734, page(734))
    assert tried.table.cursor_key == "reel-0734120"
    await until(tried.pilot, lambda: tried.app.of(LineList.Highlighted)[-1].key == "reel-0734120")


async def test_nothing_is_asked_for_before_the_list_is_opened(tried: Tried) -> None:
    await tried.rested()
    assert tried.asked == []


async def test_the_last_row_of_a_million_is_one_key_and_one_page_away(tried: Tried) -> None:
    tried.table.open(MILLION)
    tried.table.put_page(0, page(0))
    await tried.pilot.press("G")
    await tried.rested()
    assert tried.table.cursor == MILLION - 1
    assert tried.asked == [0, 999]


async def test_travelling_down_asks_for_the_next_page_ahead_and_each_page_once(tried: Tried) -> None:
    tried.table.open(MILLION)
    tried.table.put_page(0, page(0))
    await tried.rested()
    await tried.pilot.press("pagedown")
    await tried.rested()
    await tried.pilot.press("pagedown")
    await tried.rested()
    assert tried.asked == [0, 1]


async def test_dragging_over_many_pages_asks_only_for_where_it_stops(
    tried: Tried, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried.table.open(MILLION)
    tried.table.put_page(0, page(0))
    await tried.rested()
    monkeypatch.setattr(PagedTable, "REST", 3600.0)
    for row in range(10_000, 900_000, 10_000):
        tried.table.scroll_to(y=row, animate=False)
    monkeypatch.setattr(PagedTable, "REST", 0.001)
    tried.table.scroll_to(y=950_500, animate=False)
    await tried.rested()
    assert tried.asked == [0, 950]


async def test_marker_pages_come_in_turn_and_more_below_is_never_a_total(tried: Tried) -> None:
    tried.table.open(None)
    assert "Asking for it." in "".join(await tried.lines())
    tried.table.put_page(0, page(0))
    await tried.rested()
    assert tried.table.coverage == "1,000 read, more below"
    assert tried.asked == [0]
    await tried.pilot.press("G")
    await tried.rested()
    assert tried.table.cursor_key == "reel-0000999"
    assert tried.asked == [0, 1]
    tried.table.put_page(1, page(1, 44), last=True)
    assert tried.table.coverage == "1,044"
    await tried.pilot.press("G")
    await tried.rested()
    assert tried.table.cursor_key == "reel-0001043"
    assert tried.asked == [0, 1]


async def test_only_the_source_knows_whether_more_is_below(tried: Tried) -> None:
    tried.table.open(None)
    tried.table.put_page(0, page(0), last=True)  # a full page can be the last one
    assert tried.table.coverage == "1,000"
    tried.table.open(None)
    tried.table.put_page(0, page(0, 44))  # and a short one need not be
    assert tried.table.coverage == "44 read, more below"


async def test_the_line_under_the_last_row_read_says_that_there_is_more(tried: Tried) -> None:
    tried.table.open(None)
    tried.table.put_page(0, page(0))
    await tried.pilot.press("G", "down")
    assert (await tried.lines())[-1] == "1,000 read, more below"
    assert tried.table.cursor_key is None


async def test_a_filter_covers_what_is_held_and_says_of_how_many(tried: Tried) -> None:
    tried.table.open(104_211)
    for number in (0, 7):
        tried.table.put_page(number, page(number))
    tried.table.filter("00123")
    assert await tried.lines() == ["reel-0000123"]
    assert tried.table.coverage == "1 in 2,000 held, of 104,211"
    tried.table.filter("")
    assert tried.table.coverage == "104,211"
    assert tried.table.cursor_key == "reel-0000123"


async def test_a_failed_page_says_so_in_its_rows_and_is_asked_for_again_only_on_demand(tried: Tried) -> None:
    tried.table.open(MILLION, "the reels")
    tried.table.put_page(0, page(0))
    tried.table.go_to(5_500)
    await tried.rested()
    tried.table.page_failed(5, DOWN)
    assert "✕ page 6 failed" in (await tried.lines())[0]
    assert tried.table.error_text is not None and "timed out" in tried.table.error_text
    await tried.rested()
    assert tried.asked == [0, 5]
    tried.table.retry()
    await tried.pilot.pause(0)
    assert tried.asked == [0, 5, 5]


@pytest.mark.parametrize(
    ("error", "words"),
    [(DOWN, "✕ failed: the reels"), (Forbidden("GET /reels", 403, ""), "⊘ forbidden: the reels")],
)
async def test_a_list_that_never_came_says_why(tried: Tried, error: Rejected, words: str) -> None:
    tried.table.open(None, "the reels")
    tried.table.page_failed(0, error)
    assert words in await tried.lines()


async def test_an_empty_list_is_told_from_one_that_is_being_read(tried: Tried) -> None:
    tried.table.open(None, "the reels")
    assert "Asking for the reels." in (await tried.lines())[0]
    tried.table.put_page(0, [], last=True)
    assert await tried.lines() == ["○ Nothing in here."]


async def test_rows_stay_and_are_called_old_when_reading_them_again_fails(tried: Tried) -> None:
    tried.table.open(None, "the reels")
    tried.table.put_page(0, page(0, 4), last=True)
    tried.table.reread()
    await tried.pilot.pause(0)
    assert tried.asked == [0, 0]
    tried.table.page_failed(0, DOWN)
    lines = await tried.lines()
    assert lines[:4] == [f"reel-000000{number}" for number in range(4)]
    assert lines[-1].startswith("▲ old")


async def test_marks_stay_on_items_while_pages_come_and_go(tried: Tried) -> None:
    tried.table.open(None)
    tried.table.put_page(0, page(0, 4), last=True)
    await tried.pilot.press("down")
    tried.table.toggle_mark()
    tried.table.put_page(0, [Row("a-new-one", (Cell("a-new-one"),)), *page(0, 4)], last=True)
    assert tried.table.marked == ("reel-0000001",)
    assert (await tried.lines())[2].startswith("✓ reel-0000001")


async def test_a_total_that_comes_with_the_first_page_opens_all_rows(tried: Tried) -> None:
    tried.table.open(None)
    tried.table.put_page(0, page(0), total=104_211)
    assert tried.table.coverage == "104,211"
    tried.table.go_to(50_000)
    await tried.rested()
    assert tried.asked == [0, 50]


async def test_what_is_known_beyond_the_cells_belongs_to_the_row_under_the_cursor(tried: Tried) -> None:
    tried.table.open(None)
    tried.table.put_page(0, page(0), total=2000, details=[{"nth": str(place)} for place in range(1000)])
    tried.table.go_to(7)
    assert tried.table.cursor_detail == {"nth": "7"}
    tried.table.filter("0000500")
    assert tried.table.cursor_detail == {"nth": "500"}
    tried.table.filter("")
    tried.table.go_to(1500)
    assert tried.table.cursor_detail is None


async def test_a_filter_over_a_mirrored_list_covers_every_page_and_follows_the_next_letter(tried: Tried) -> None:
    tried.table.open(200_000)
    tried.table.pages.keep_all()
    for number in tried.table.missing_pages:
        tried.table.put_page(number, page(number))
    assert tried.table.whole
    tried.table.filter("01234")
    matching = sum("01234" in f"{row:07}" for row in range(200_000))
    await until(tried.pilot, lambda: tried.table.coverage == f"{matching} in 200,000 held, of 200,000")
    tried.table.filter("0123456")
    await until(tried.pilot, lambda: tried.table.coverage == "1 in 200,000 held, of 200,000")
    assert tried.table.cursor_key == "reel-0123456"
    tried.table.filter("")
    assert tried.table.coverage == "200,000"


async def test_a_page_that_comes_under_a_filter_is_looked_through_too(tried: Tried) -> None:
    tried.table.open(104_211)
    tried.table.put_page(0, page(0))
    tried.table.filter("5123")
    assert tried.table.coverage == "0 in 1,000 held, of 104,211"
    tried.table.put_page(5, page(5))
    assert tried.table.coverage == "1 in 2,000 held, of 104,211"


async def test_nothing_is_counted_before_anything_came(tried: Tried) -> None:
    tried.table.open(None)
    assert tried.table.coverage == ""
