"""From start to first content in a real pseudo-terminal, ours against bare Textual, turn by turn in one run.

    .venv/bin/python -m tests.benchmarks.first_paint [ROUNDS]

Processor time is printed beside, for on a busy machine the clock on the wall measures the others.
"""

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.terminal.tty import PROGRAM, Tty, environment

BAR = 1.25
SIZE = {"columns": 120, "rows": 36}
CONTENT = b"DEMO"  # on the first line of either
PROGRAMS = {
    "durastore-tui --demo": (*PROGRAM, "--demo"),
    "bare Textual": (sys.executable, "-m", "tests.benchmarks.bare_app"),
}


class Taken(NamedTuple):
    """Milliseconds until the first content."""

    wall: float
    processor: float


def processor_milliseconds() -> float:
    """What the children that have ended used up."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def start(words: Sequence[str], home: Path) -> Taken:
    """One start; bytecode is kept, as for an installed program."""
    used, started = processor_milliseconds(), time.perf_counter()
    with Tty(words, environment(home, PYTHONPYCACHEPREFIX=str(home / "bytecode")), **SIZE) as tty:
        tty.wait_until(lambda: CONTENT in tty.raw, "first content")
        wall = (time.perf_counter() - started) * 1000
    return Taken(wall, processor_milliseconds() - used)


def main() -> int:
    """Prints medians and ratios; 1 when the ratio by the wall clock is over the bar."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    starts: dict[str, list[Taken]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(rounds + 1):
            for name, words in PROGRAMS.items():
                taken = start(words, Path(home))
                if turn:  # the first turn compiles
                    starts[name].append(taken)
    medians = [Taken(*map(statistics.median, zip(*taken, strict=True))) for taken in starts.values()]
    for name, median in zip(starts, medians, strict=True):
        print(f"{name:22} {median.wall:6.1f} ms, of the processor {median.processor:6.1f} ms")
    ours, bare = medians
    print(f"ratio {ours.wall / bare.wall:.2f} (bar {BAR}), of processor time {ours.processor / bare.processor:.2f}")
    return int(ours.wall / bare.wall > BAR)


if __name__ == "__main__":
    sys.exit(main())
