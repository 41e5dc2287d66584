"""How many bytes go to the terminal: at rest, at an unchanged refresh, and for a key; beside a bare Textual list.

.venv/bin/python -m tests.benchmarks.ssh_bytes [SECONDS]

The app on the stand-in in a real pseudo-terminal of 120 columns, with SSH_CONNECTION set; SECONDS of rest, 30 unless
said. At rest only ages come: those of rows step at each minute up to five, then every five. 1 when an unchanged refresh
paints more than line 1, or when more than one step of the ages comes while frozen.
"""

import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.paint import SIZE, name
from tests.terminal.tty import PROGRAM, Tty, environment

DOWN, PAGE_DOWN = "j", "\x1b[6~"
QUIET = 1.5
"""Seconds without a byte that end what a key began."""
LINE = 1200
"""Bytes of two paintings of line 1, the most that an unchanged refresh may cost."""
AGES = 20_000
"""Bytes of every row on screen, once."""


class Line(Tty):
    """Counts."""

    def rest(self, seconds: float) -> int:
        """Bytes that come without a key."""
        before, until = len(self.raw), time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(min(left, 0.5))
        return len(self.raw) - before

    def settle(self) -> None:
        while self.rest(QUIET):
            pass

    def cost(self, key: str) -> int:
        """Bytes of a key and of all that follows from it."""
        before = len(self.raw)
        self.press(key)
        self.settle()
        return len(self.raw) - before


def ours(home: Path, seconds: float) -> dict[str, int]:
    env = environment(home, SSH_CONNECTION="10.0.0.1 50000 10.0.0.2 22", COLORTERM="truecolor")
    with Line((*PROGRAM, "--demo"), env, **SIZE) as line:
        line.wait_until(lambda: b"connected" in line.raw.replace(b"not connected", b""), "the server")
        line.press("1")
        line.wait_until(lambda: b"dance-archive" in line.raw, "the spaces")
        line.settle()
        found = {"a row down": line.cost(DOWN), "a page down": line.cost(PAGE_DOWN)}
        found["another screen"] = line.cost("4")
        line.press("1")
        line.settle()
        found["at rest, refreshing"] = line.rest(seconds)
        line.press("f")
        line.settle()
        found["at rest, frozen"] = line.rest(seconds)
        line.press("qq")
    return found


def bare(home: Path, seconds: float) -> dict[str, int]:
    words = (sys.executable, "-m", "tests.benchmarks.paint", "bare")
    with Line(words, environment(home, COLORTERM="truecolor"), **SIZE) as line:
        line.wait_until(lambda: name(0).encode() in line.raw, "the first row")
        line.settle()
        return {
            "a row down": line.cost("\x1b[B"),
            "a page down": line.cost(PAGE_DOWN),
            "at rest, frozen": line.rest(min(seconds, 5)),
        }


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30.0
    with tempfile.TemporaryDirectory() as home:
        mine, others = ours(Path(home), seconds), bare(Path(home), seconds)
    for what, count in mine.items():
        beside = f"{others[what]:>8,}" if what in others else "       -"
        print(f"{what:22} {count:>8,} bytes   bare list {beside}")
    return int(mine["at rest, frozen"] > AGES or mine["at rest, refreshing"] > LINE)


if __name__ == "__main__":
    sys.exit(main())
