"""What is imported when: the first paint and `--help` pay for nothing that they do not use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LATE = {"httpx", "pydantic", "click", "humanize", "keyring", "starlette", "uvicorn", "trustme", "filelock", "sqlite3"}
HEAVY = {"textual", "rich", "httpx", "pydantic", "starlette", "uvicorn", "trustme", "platformdirs", "asyncio"}

AT_THE_END = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\n" + " ".join(sys.modules)))
sys.argv = ["durastore-tui", *sys.argv[1:]]
from durastore_tui.__main__ import main
main()
"""

AFTER_THE_FIRST_PAINT = """
import asyncio, sys
from durastore_tui.cli import start
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import Start

async def seen() -> None:
    app = DurastoreApp(Start())
    async with app.run_test(size=(120, 36)):
        sys.__stderr__.write("\\n" + " ".join(sys.modules))

asyncio.run(seen())
"""


def imported(home: Path, program: str, *words: str) -> set[str]:
    """Top-level names of what a fresh interpreter has imported, as the program says on its last line of stderr."""
    answer = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "HOME": str(home), "TERM": "xterm-256color"},
        capture_output=True,
        text=True,
        check=True,
    )
    return {module.split(".")[0] for module in answer.stderr.splitlines()[-1].split()}


@pytest.mark.parametrize(
    "words",
    [["--version"], ["--help"], ["spaces", "--help"], ["streaming", "enable", "--help"], ["tasks", "run", "--help"]],
    ids=" ".join,
)
def test_version_and_help_import_nothing_heavy(tmp_path: Path, words: list[str]) -> None:
    missing_here = {"asyncio"} if words != ["--version"] else set()  # click's verbs are coroutines
    assert imported(tmp_path, AT_THE_END, *words) & (HEAVY - missing_here) == set()


def test_the_first_paint_needs_no_wire(tmp_path: Path) -> None:
    assert imported(tmp_path, AFTER_THE_FIRST_PAINT) & LATE == set()
