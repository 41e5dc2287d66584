"""Paging through a snapshot of 1,000,000 items on the real screen, every page of it: how much more memory it takes.

.venv/bin/python -m tests.benchmarks.memory
"""

import asyncio
import gc
import os
import sys
import tempfile
from pathlib import Path

from durastore_tui.tui.screens.snapshot_contents import SnapshotContentsScreen
from durastore_tui.tui.widgets.page_cache import KEPT
from durastore_tui.tui.widgets.paged_table import PagedTable
from tests.at_contents import AtContents
from tests.benchmarks.million import ROWS, STORE, logged_in, world

BAR = 20.0
PAGES = ROWS // 1000


def megabytes() -> float:
    """Resident memory of this process."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def until_held(app: AtContents, page: int) -> None:
    """Waits for a page of the table."""
    screen = app.screen
    while not (isinstance(screen, SnapshotContentsScreen) and screen.query(PagedTable) and page in screen.table.pages):
        await asyncio.sleep(0.002)
        screen = app.screen


async def grown() -> float:
    """Megabytes between the first page on screen and the last."""
    with world() as profile:
        async with logged_in(profile) as (_, snapshot):
            pass
        app = AtContents(profile.url, STORE, snapshot)
        async with app.run_test(size=(120, 36)):
            await until_held(app, 0)
            table = app.screen.query_one(PagedTable)
            before = most = megabytes()
            print(f"the first page on screen: {before:.1f} MB")
            for page in range(PAGES):
                table.go_to(page * 1000 + 500)
                await until_held(app, page)
                if page % 100 == 99:
                    most = max(most, megabytes())
                    print(f"page {page + 1:,} of {PAGES:,}: {megabytes() - before:+.1f} MB")
            assert len(table.pages) <= KEPT
            return most - before


def main() -> int:
    """1 when it grows more than the bar allows."""
    PagedTable.REST = 0.001
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_STATE_HOME"] = home
        more = asyncio.run(grown())
    print(f"{more:.1f} MB more after {ROWS:,} items (bar {BAR:.0f} MB)")
    return int(more > BAR)


if __name__ == "__main__":
    sys.exit(main())
