"""From key to paint at 1,000,000 rows in real pseudo-terminals, our list against a bare Textual one, key by key.

.venv/bin/python -m tests.benchmarks.paint [KEYS]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.terminal.picture import Sparing
from durastore_tui.tui.widgets.paged_table import PagedTable
from tests.terminal.tty import Tty, environment
from tests.tui.widgets.stage import Stage

BAR = 2.0
ROWS = 1_000_000
SIZE = {"columns": 120, "rows": 36}
DOWN, PAGE_DOWN = "\x1b[B", "\x1b[6~"


def name(row: int) -> str:
    """Begins and ends otherwise than its neighbours, so that it is sent whole wherever another one stood."""
    letter = chr(ord("a") + row % 26)
    return f"{letter}{row:07}{letter}"


class Ours(Stage, Sparing):
    """A paged table of four columns; its pages come at once."""

    def compose(self) -> ComposeResult:
        yield PagedTable(empty="")

    def on_mount(self) -> None:
        table = self.query_one(PagedTable)
        right = Column("size", "Size", 8, 12, right=True)
        table.set_columns((Column("id", "Content id", 20, is_id=True), right, Column("md5", "MD5", 8, 12)))
        table.open(ROWS)
        table.focus()

    @on(PagedTable.PagesWanted)
    def answer(self, wanted: PagedTable.PagesWanted) -> None:
        for page in wanted.pages:
            rows = range(page * 1000, page * 1000 + 1000)
            wanted.table.put_page(
                page, [Row(name(row), (Cell(name(row)), Cell(f"{row:,}"), Cell("9e7b073e13", "dim"))) for row in rows]
            )


class BareList(ScrollView, can_focus=True):
    """A cursor over lines."""

    BINDINGS = [Binding("down", "by(1)"), Binding("pagedown", "by(35)")]  # noqa: RUF012
    cursor = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(1, ROWS)

    def action_by(self, rows: int) -> None:
        old, self.cursor = self.cursor, min(self.cursor + rows, ROWS - 1)
        self.refresh_line(old)
        self.refresh_line(self.cursor)
        height = self.scrollable_content_region.height
        if self.cursor >= self.scroll_offset.y + height:
            self.scroll_to(y=self.cursor - height + 1 if rows == 1 else self.scroll_offset.y + rows, animate=False)

    def render_line(self, y: int) -> Strip:
        row = self.scroll_offset.y + y
        here = self.rich_style + Style(reverse=row == self.cursor)
        width = self.scrollable_content_region.width
        return Strip([Segment(f"{name(row)}  {row:,}  9e7b073e13", here)]).adjust_cell_length(width, here)


class Bare(App[None]):
    """Nothing else."""

    def compose(self) -> ComposeResult:
        yield BareList()


def keys(count: int) -> Iterator[tuple[str, int]]:
    """Keys and how many rows each goes down: through the first screen, then scrolling, then by pages."""
    for number in range(count):
        yield (PAGE_DOWN, 35) if number % 3 == 2 and number > count // 2 else (DOWN, 1)


def has_painted(tty: Tty, words: str) -> bool:
    return words.encode() in tty.raw


def milliseconds(tty: Tty, key: str, row: str) -> float:
    """From a key until the row that it leads to is painted."""
    seen = len(tty.raw)
    started = time.perf_counter()
    tty.press(key)
    tty.wait_until(lambda: row.encode() in tty.raw[seen:], row)
    taken = (time.perf_counter() - started) * 1000
    time.sleep(0.01)  # a person's pause, so that no key waits behind the one before
    return taken


def main() -> int:
    """Prints both 95th percentiles and their ratio; 1 when the ratio is over the bar."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        ttys = {}
        for which in taken:
            words = (sys.executable, "-m", "tests.benchmarks.paint", which)
            ttys[which] = stack.enter_context(Tty(words, environment(Path(home)), **SIZE))
            ttys[which].wait_until(partial(has_painted, ttys[which], name(0)), "the first row")
        row = 0
        for key, step in keys(count):
            row += step
            for which, tty in ttys.items():
                taken[which].append(milliseconds(tty, key, name(row)))
    p95 = {which: statistics.quantiles(times, n=20)[-1] for which, times in taken.items()}
    for which, times in taken.items():
        print(f"{which}  median {statistics.median(times):5.2f} ms  p95 {p95[which]:5.2f} ms")
    print(f"ratio of p95 {p95['ours'] / p95['bare']:.2f} (bar {BAR})")
    return int(p95["ours"] / p95["bare"] > BAR)


if __name__ == "__main__":
    if sys.argv[1:] in (["ours"], ["bare"]):
        {"ours": Ours, "bare": Bare}[sys.argv[1]]().run()
    else:
        sys.exit(main())
