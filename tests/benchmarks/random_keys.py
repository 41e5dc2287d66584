"""Presses random keys over all screens of all worlds; the app must be alive at the end.

.venv/bin/python -m tests.benchmarks.random_keys [KEYS] [SEED] [SECONDS]

KEYS (10,000) are shared by the worlds of the stand-in; the same SEED (1) gives the same walk. It gives up after SECONDS
(1800). Everything is on loopback, with a home folder that is thrown away. The exit code is 1 when an app ended.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

from tests.sandbox_server import SandboxServer, sandbox_server
from tests.terminal.random_keys import PLACES, app, end, walk
from tests.terminal.tty import environment

KEYS, SEED, SECONDS = 10_000, 1, 1800.0
KEYS_OF_A_WALK = 250
ENDED_BY_SIGTERM = 143


def main(keys: int, seed: int, seconds: float) -> int:
    """Walks until the keys or the seconds are used up; returns the exit code."""
    limit = time.monotonic() + seconds
    pressed = walks = 0
    with tempfile.TemporaryDirectory(prefix="durastore-keys-") as folder, sandbox_server("--speed", "60") as server:
        os.chdir(folder)
        while pressed < keys:
            if time.monotonic() > limit:
                print(f"gave up after {seconds:.0f} s and {pressed:,} keys")
                return 1
            count = min(KEYS_OF_A_WALK, keys - pressed)
            world = sorted(server.worlds)[walks % len(server.worlds)]
            if failure := one_walk(server, world, seed + walks, count, Path(folder) / str(walks)):
                print(f"{world}, seed {seed + walks}: {failure}")
                return 1
            pressed, walks = pressed + count, walks + 1
            print(f"{pressed:6,} keys, {world}", flush=True)
    print(f"alive after {pressed:,} keys in {walks} walks")
    return 0


def one_walk(server: SandboxServer, world: str, seed: int, count: int, home: Path) -> str | None:
    """What went wrong, or None. Each walk begins on the next screen, with nothing kept from the one before."""
    home.mkdir()
    with app(environment(home, **server.environ(world=world))) as tty:
        try:
            tty.wait_until(lambda: "JOBS" in tty.text, "Home")
            tty.press(PLACES[seed % len(PLACES)])
            walk(tty, seed, count)
        except AssertionError as failure:
            return f"{str(failure).partition(os.linesep)[0]}; exit code {tty.process.poll()}; {plain(tty.text)}"
        code = end(tty)
    return None if code == ENDED_BY_SIGTERM else f"ended with {code}: {plain(tty.text)}"


def plain(text: str) -> str:
    """The last words without their escape sequences."""
    return re.sub(r"\x1b(\[[^a-zA-Z]*[a-zA-Z]|.)", "", text)[-1500:]


if __name__ == "__main__":
    words = sys.argv[1:]
    keys, seed, seconds = (*words, *map(str, (KEYS, SEED, SECONDS)[len(words) :]))
    sys.exit(main(int(keys), int(seed), float(seconds)))
