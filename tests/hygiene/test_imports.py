"""What is imported when: the first paint, `--help` and headless commands pay for nothing that they do not use."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .source import modules

LATE = {"httpx", "pydantic", "click", "humanize", "keyring", "starlette", "uvicorn", "trustme", "filelock", "sqlite3"}
HEAVY = {"textual", "rich", "httpx", "pydantic", "starlette", "uvicorn", "trustme", "platformdirs", "asyncio"}

AT_THE_END = """
import atexit, sys
atexit.register(lambda: sys.stderr.write("\\n" + " ".join(sys.modules)))
sys.argv = ["durastore-tui", *sys.argv[1:]]
from durastore_tui.__main__ import main
main()
"""

ALL_BUT_THE_UI = """
import importlib, pkgutil, sys
import durastore_tui.api, durastore_tui.cli, durastore_tui.config, durastore_tui.core, durastore_tui.services
packages = [durastore_tui.cli, durastore_tui.services, durastore_tui.api, durastore_tui.config, durastore_tui.core]
for package in packages:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name not in sys.argv[1:]:
            importlib.import_module(module.name)
sys.stderr.write("\\n" + " ".join(sys.modules))
"""
STARTS_THE_UI = {"durastore_tui/cli/start.py", "durastore_tui/cli/touring.py", "durastore_tui/cli/tour_stage.py"}

AT_THE_FIRST_PAINT = """
import asyncio, sys
from durastore_tui.cli import start
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import Start

class Measured(DurastoreApp):
    loaded = ()

    def open_first_place(self) -> None:
        self.loaded = tuple(sys.modules)
        super().open_first_place()

async def seen() -> None:
    app = Measured(Start())
    async with app.run_test(size=(120, 36)) as pilot:
        while not app.loaded:
            await pilot.pause()
        sys.__stderr__.write("\\n" + " ".join(app.loaded))

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
    assert imported(tmp_path, AT_THE_FIRST_PAINT) & LATE == set()


def test_only_the_start_of_the_ui_imports_it() -> None:
    def imports_the_ui(tree: ast.Module) -> bool:
        froms = (node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
        return any(name.startswith(("durastore_tui.tui", "textual", "rich")) for name in froms)

    cli = {path: tree for path, tree in modules().items() if path.startswith("durastore_tui/cli/")}
    assert {path for path, tree in cli.items() if imports_the_ui(tree)} == STARTS_THE_UI


def test_no_module_of_a_headless_command_loads_textual(tmp_path: Path) -> None:
    starts = [path.removesuffix(".py").replace("/", ".") for path in sorted(STARTS_THE_UI)]
    loaded = imported(tmp_path, ALL_BUT_THE_UI, *starts)
    assert {"durastore_tui", "httpx", "sqlite3"} <= loaded
    assert "textual" not in loaded


def test_an_order_of_a_job_loads_neither_the_runner_nor_the_wire(tmp_path: Path) -> None:
    program = """
import sys
import durastore_tui.services.capabilities, durastore_tui.services.jobs.order
sys.stderr.write("\\n" + " ".join(sys.modules))
"""
    assert imported(tmp_path, program) & {"httpx", "sqlite3", "filelock", "pydantic"} == set()
