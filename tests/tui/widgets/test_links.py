"""Lines that lead somewhere: one cursor over them, in one column or two; and the chart among them."""

from datetime import date, timedelta

import pytest

from durastore_tui.core.glyphs import SIGNS
from durastore_tui.tui.widgets import chart
from durastore_tui.tui.widgets.chart import Chart, Point
from durastore_tui.tui.widgets.facts import Words
from durastore_tui.tui.widgets.links import Detail, Entry, Links, Section
from tests.tui.looking import sees, shown
from tests.tui.widgets.stage import Stage

FIRST = date(2024, 11, 24)
DAYS = tuple(Point(FIRST + timedelta(days=number), number) for number in range(730))
HOSTILE = "\x1b[31mred\x1b[0m [bold]markup[/] \u202egnp.exe"
SECTIONS = (
    Section("jobs", "unresolved", items=(Entry("a", "alpha"), Detail("why it is so"), Entry("b", "beta"))),
    Section("streaming", "read just now", items=(Entry("c", "OPEN", "◎", "", "3"),), aside=True),
    Section("storage", items=(Chart(DAYS, DAYS[-1].day, "1.0 kB"), Words("a hint")), aside=True),
    Section("last failures", items=(Entry("d", HOSTILE, note=HOSTILE),)),
)


def opened(app: Stage) -> list[str]:
    return [event.key for event in app.of(Links.Opened)]


@pytest.mark.parametrize(("size", "order"), [((120, 30), "abdc"), ((80, 40), "abcd")], ids=["two columns", "one"])
async def test_the_cursor_goes_from_link_to_link_in_the_order_they_are_read(size: tuple[int, int], order: str) -> None:
    links = Links(id="list")
    app = Stage(links)
    async with app.run_test(size=size) as pilot:
        links.show(SECTIONS)
        await pilot.pause()
        assert links.cursor_key == "a"
        seen = ["a"]
        for _ in range(3):
            await pilot.press("j")
            seen.append(str(links.cursor_key))
        assert "".join(seen) == order
        await pilot.press("j", "enter")
        assert opened(app) == [order[-1]]
        await pilot.press("home", "tab")
        assert links.cursor_key == order[2]


async def test_the_cursor_stays_on_its_link_when_others_come_before_it() -> None:
    links = Links(id="list")
    app = Stage(links)
    async with app.run_test(size=(120, 30)) as pilot:
        links.show(SECTIONS[:1])
        await pilot.press("j")
        links.show((Section("news", items=(Entry("new", "new"),)), *SECTIONS))
        assert links.cursor_key == "b"


async def test_a_cursor_that_nobody_moved_stays_at_the_top() -> None:
    links = Links(id="list")
    app = Stage(links)
    async with app.run_test(size=(120, 30)) as pilot:
        links.show(SECTIONS[1:])
        links.show(SECTIONS)
        await pilot.pause()
        assert links.cursor_key == "a"


async def test_a_click_opens_a_link_and_picks_a_day_off_the_chart() -> None:
    links = Links(id="list")
    app = Stage(links)
    async with app.run_test(size=(120, 30)) as pilot:
        links.show(SECTIONS)
        await sees(pilot, "OPEN", "1.0 kB")
        lines = shown(app).splitlines()
        open_line = next(number for number, line in enumerate(lines) if "OPEN" in line)
        await pilot.click(Links, offset=(lines[open_line].index("OPEN"), open_line))
        top = next(number for number, line in enumerate(lines) if "1.0 kB" in line)
        await pilot.click(Links, offset=(118, top + 2))
        assert opened(app) == ["c"]
        (picked,) = app.of(Links.Picked)
        assert DAYS[-1].day - picked.day < timedelta(days=40)


async def test_what_the_server_says_is_neither_markup_nor_obeyed() -> None:
    links = Links(id="list")
    app = Stage(links)
    async with app.run_test(size=(120, 30)) as pilot:
        links.show(SECTIONS)
        await sees(pilot, "[bold]markup[/]")
        assert "\x1b" not in shown(app)
        assert "\u202e" not in shown(app)


async def test_a_place_too_low_for_all_scrolls_with_the_cursor_and_shows_its_heading_again() -> None:
    links = Links(id="list")
    app = Stage(links)
    async with app.run_test(size=(80, 8)) as pilot:
        links.show(SECTIONS)
        await pilot.press("end")
        await sees(pilot, "LAST FAILURES", "▌ ")
        await pilot.press("home")
        await sees(pilot, "JOBS")


@pytest.mark.parametrize("width", [20, 47, 100, 200])
def test_each_day_of_a_chart_is_in_a_column_and_the_last_one_at_the_right(width: int) -> None:
    drawn = Chart(DAYS, DAYS[-1].day, "729 B")
    lines = ["".join(text for text, _ in line) for line in drawn.lines(width)]
    assert all(len(line) <= width for line in lines)
    assert lines[drawn.height].index("↑") == width - 1
    assert lines[-1].rstrip().endswith("2026-11")
    assert drawn.day_of(width - 1, width) > DAYS[-1].day - timedelta(days=60)
    assert drawn.day_of(0, width) < FIRST + timedelta(days=60)


def test_a_chart_grows_from_nothing_to_its_highest_value() -> None:
    lines = ["".join(text for text, _ in line) for line in Chart(DAYS, FIRST, "729 B").lines(60)]
    assert lines[0].startswith("   729 B ")
    assert lines[0][-1] == "█"
    assert lines[5].startswith("       0 ")
    counted = [sum(line[column] != " " for line in lines[:6]) for column in range(9, 60)]
    assert counted == sorted(counted)


def test_days_that_nobody_counted_are_empty_and_few_days_fill_the_width() -> None:
    gap = (Point(FIRST, 5), Point(FIRST + timedelta(days=1), 5), Point(FIRST + timedelta(days=400), 5))
    lines = ["".join(text for text, _ in line) for line in Chart(gap, FIRST, "5 B").lines(60)]
    assert set(lines[0][9:]) == {"█"}
    nothing = Chart((Point(FIRST, 0),), FIRST, "0 B").lines(30)
    assert set("".join(text for text, _ in nothing[0])[9:]) == {" "}


def test_a_terminal_without_the_glyphs_gets_a_chart_of_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart, "ascii_only", lambda: True)
    monkeypatch.setattr(chart, "sign", lambda name: SIGNS[name][1])
    text = "".join(text for line in Chart(DAYS, FIRST, "729 B").lines(60) for text, _ in line)
    assert text.isascii()
    assert "#" in text
    assert "^" in text
