"""The contents of a snapshot of 1,000,000 items in real pseudo-terminals: the whole screen against a bare list, from
key to paint; and how many pages a jump asks for.

.venv/bin/python -m tests.benchmarks.pages [KEYS]
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from durastore_tui.config.profile import Profile
from tests.benchmarks.million import ROWS, STORE, item, logged_in, world
from tests.benchmarks.paint import BAR, SIZE, has_painted, keys, milliseconds, name
from tests.terminal.tty import Tty, environment

TASK = "/task/get-snapshot-contents"
SCREEN = SIZE["rows"] - 5
"""Rows that page down goes: without the four lines and the list's header."""

JUMPS = (734_120, 12, 999_999, 500_000, 250_499)


async def snapshot_of(profile: Profile) -> str:
    async with logged_in(profile) as (_, snapshot):
        return snapshot


def pages_asked(home: Path) -> int:
    """How many the app has asked for, by its own log of requests."""
    log = next(home.rglob("requests.jsonl"))
    return sum(json.loads(line)["path"].startswith(TASK) for line in log.read_text().splitlines())


def key_to_paint(ours: Tty, bare: Tty, count: int) -> float:
    """The ratio of both 95th percentiles, key by key in turn."""
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    our_row = bare_row = 0
    for key, step in keys(count):
        our_row += SCREEN if step > 1 else step
        bare_row += step
        taken["ours"].append(milliseconds(ours, key, item(our_row)))
        taken["bare"].append(milliseconds(bare, key, name(bare_row)))
    p95 = {which: statistics.quantiles(times, n=20)[-1] for which, times in taken.items()}
    for which, times in taken.items():
        print(f"{which}  median {statistics.median(times):5.2f} ms  p95 {p95[which]:5.2f} ms")
    print(f"ratio of p95 {p95['ours'] / p95['bare']:.2f} (bar {BAR})")
    return p95["ours"] / p95["bare"]


def pages_of_jumps(ours: Tty, home: Path) -> list[int]:
    """Page requests of each jump to a row far away."""
    asked = []
    time.sleep(1)  # until the page ahead of the last key is there
    for row in JUMPS:
        before = pages_asked(home)
        ours.raw = b""
        ours.press("g")
        ours.wait_until(partial(has_painted, ours, "a row number"), "the prompt")
        ours.press(f"{row + 1}\r")
        ours.wait_until(partial(has_painted, ours, item(row)), item(row))
        asked.append(pages_asked(home) - before)
    print(f"jumps to rows {', '.join(f'{row:,}' for row in JUMPS)} of {ROWS:,} asked for {asked} pages (bar 1 each)")
    return asked


def main() -> int:
    """1 when a bar is missed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    with tempfile.TemporaryDirectory() as home, ExitStack() as stack:
        profile = stack.enter_context(world())
        snapshot = asyncio.run(snapshot_of(profile))
        start = (sys.executable, "-m", "tests.at_contents", profile.url, STORE, snapshot)
        env = environment(Path(home))
        ours = stack.enter_context(Tty(start, env, **SIZE))
        bare = stack.enter_context(Tty((sys.executable, "-m", "tests.benchmarks.paint", "bare"), env, **SIZE))
        ours.wait_until(partial(has_painted, ours, item(1)), "the first page")
        bare.wait_until(partial(has_painted, bare, name(0)), "the first row")
        ratio = key_to_paint(ours, bare, count)
        asked = pages_of_jumps(ours, Path(home))
    return int(ratio > BAR or any(pages > 1 for pages in asked))


if __name__ == "__main__":
    sys.exit(main())
