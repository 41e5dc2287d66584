"""From start to first content in a real pseudo-terminal, ours against bare Textual, turn by turn in one run.

.venv/bin/python -m tests.benchmarks.first_paint [ROUNDS]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.terminal.tty import PROGRAM, Tty, environment

BAR = 1.25
SIZE = {"columns": 120, "rows": 36}
CONTENT = b"DEMO"  # on the first line of either
BARE = (sys.executable, "-m", "tests.benchmarks.bare_app")


def milliseconds_to_content(words: Sequence[str], home: Path) -> float:
    """One start; bytecode is kept as an installed program has it."""
    started = time.perf_counter()
    with Tty(words, environment(home, PYTHONPYCACHEPREFIX=str(home / "bytecode")), **SIZE) as tty:
        tty.wait_until(lambda: CONTENT in tty.raw, "first content")
        return (time.perf_counter() - started) * 1000


def main() -> int:
    """Prints both medians and their ratio; 1 when the ratio is over the bar."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 11
    programs = {"durastore-tui --demo": (*PROGRAM, "--demo"), "bare Textual": BARE}
    taken: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as home:
        for turn in range(rounds + 1):
            for name, words in programs.items():
                milliseconds = milliseconds_to_content(words, Path(home))
                if turn:  # the first turn compiles
                    taken[name].append(milliseconds)
    ours, bare = (statistics.median(times) for times in taken.values())
    for name, times in taken.items():
        print(f"{name:22} median {statistics.median(times):6.1f} ms  best {min(times):6.1f} ms")
    print(f"ratio {ours / bare:.2f} (bar {BAR})")
    return int(ours / bare > BAR)


if __name__ == "__main__":
    sys.exit(main())
