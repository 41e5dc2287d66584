"""How many bytes go to the terminal over SSH: for a key, for another screen, at an unchanged refresh and at rest.

.venv/bin/python -m tests.benchmarks.ssh_bytes [SECONDS]

The app on the stand-in in a real pseudo-terminal of 120 columns, with SSH_CONNECTION set, beside a bare Textual list in
one as large; SECONDS of rest, 70 unless said, so that a minute goes by. 1 when more comes than BARS says.
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
BARS = {
    "a row down": ("a row down in a bare list", 8),
    "a page down": ("a page down in a bare list", 1),
    "another screen": ("that screen painted once", 2),
    "at rest, refreshing": ("a row down in a bare list", 1),
    "at rest, frozen": ("nothing", 0),
}
"""What each is measured by, and how many times that it may cost. A row has a panel beside it, drawn twice: with what
is held, and with what was read."""


class Line(Tty):
    """Counts."""

    def bytes_within(self, seconds: float) -> int:
        """Bytes that come without a key."""
        before, until = len(self.raw), time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(min(left, 0.5))
        return len(self.raw) - before

    def settle(self) -> None:
        while self.bytes_within(QUIET):
            pass

    def cost(self, key: str) -> int:
        """Bytes of a key and of all that follows from it."""
        before = len(self.raw)
        self.press(key)
        self.settle()
        return len(self.raw) - before

    def whole(self) -> int:
        """Bytes of everything on screen, once."""
        columns, rows = SIZE["columns"], SIZE["rows"]
        self.resize(columns - 1, rows)
        self.settle()
        before = len(self.raw)
        self.resize(columns, rows)
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
        found["that screen painted once"] = line.whole()
        line.press("1")
        line.settle()
        found["at rest, refreshing"] = line.bytes_within(seconds)
        line.press("f")
        line.settle()
        found["at rest, frozen"] = line.bytes_within(seconds)
        line.press("qq")
    return found


def bare(home: Path) -> dict[str, int]:
    words = (sys.executable, "-m", "tests.benchmarks.paint", "bare")
    with Line(words, environment(home, COLORTERM="truecolor"), **SIZE) as line:
        line.wait_until(lambda: name(0).encode() in line.raw, "the first row")
        line.settle()
        return {
            "a row down in a bare list": line.cost("\x1b[B"),
            "a page down in a bare list": line.cost(PAGE_DOWN),
            "nothing": 0,
        }


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 70.0
    with tempfile.TemporaryDirectory() as home:
        found = ours(Path(home), seconds) | bare(Path(home))
    missed = False
    for what, (measure, times) in BARS.items():
        most = found[measure] * times
        missed = missed or found[what] > most
        print(f"{what:20} {found[what]:>7,} bytes, at most {most:>7,}: {times} x {measure}")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
