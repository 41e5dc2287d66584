"""The short form of the benchmark that kills programs at random moments."""

import subprocess
import sys


def test_no_write_is_lost_or_doubled_when_programs_are_killed_at_random_moments() -> None:
    kills = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.kill_jobs", "2"], capture_output=True, text=True, timeout=120
    )
    assert kills.returncode == 0, kills.stdout + kills.stderr
