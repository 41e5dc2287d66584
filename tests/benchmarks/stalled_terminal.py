"""A job is followed to its end while nobody reads the terminal: as behind an SSH link that has stalled.

.venv/bin/python -m tests.benchmarks.stalled_terminal [SECONDS]
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.jobs.journal import Journal
from tests.sandbox_server import SandboxServer, sandbox_server
from tests.terminal.tty import PROGRAM, Tty, environment

WITHIN = 60.0
REPAINTS = "12" * 100  # far more than a terminal's buffer and the program's own queue hold
DEPLOYMENT = 900.0


def followed_unread(server: SandboxServer, home: Path, seconds: float) -> tuple[Job, int]:
    """The job of an enable once it is seen, which it can only be after so many seconds unread; and the exit code."""
    env = environment(home, **server.environ())
    enable = ("streaming", "enable", "dance-archive", "--yes")
    subprocess.run([*PROGRAM, *enable], env=env, check=True, capture_output=True)
    with (
        Tty(PROGRAM, env, columns=120, rows=36) as tty,
        closing(Journal(next(home.rglob("jobs.sqlite3")))) as journal,
    ):
        tty.wait_until(lambda: b"dance-archive" in tty.raw, "the spaces")
        tty.press(REPAINTS)
        _unread(tty, lambda: journal.all()[0].job.state is JobState.IN_PROGRESS, "a look at the edge")
        until = time.monotonic() + seconds
        _unread(tty, lambda: time.monotonic() >= until, "the end of the stall", seconds)
        server.advance(DEPLOYMENT)
        _unread(tty, lambda: journal.all()[0].job.state is JobState.CONFIRMED, "the edge's answer in the journal")
        job = journal.all()[0].job
        tty.wait_until(lambda: b"dance-archive" in tty.raw[-20_000:], "the screen, read again")
        tty.press("q")
        return job, tty.ended()


def _unread(tty: Tty, true: Callable[[], bool], what: str, seconds: float = 0.0) -> None:
    limit = time.monotonic() + seconds + WITHIN
    while not true():
        assert time.monotonic() < limit, f"never came while the terminal was not read: {what}"
        try:
            tty.process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the program ended before: {what}")


def main() -> int:
    """Prints how the job fared; 1 unless it was seen and the program ended well."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    with tempfile.TemporaryDirectory() as home, sandbox_server() as server:
        job, code = followed_unread(server, Path(home), seconds)
    print(f"unread for {seconds:.0f} s: job {job.state} after {(job.updated - job.since).total_seconds():.0f} s")
    print(f"looks that are kept: {len(job.evidence)}; exit code {code}")
    return int(code != 0)


if __name__ == "__main__":
    sys.exit(main())
