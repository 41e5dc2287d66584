"""Imports stand at the top of a file, but for four seams (design §2)."""

import ast
import importlib.util
from fnmatch import fnmatch

from .source import calls, late_imports, modules

SEAMS = (
    "durastore_tui/tui/routes.py",  # a screen, when it is first shown
    "durastore_tui/cli/commands/*.py",  # what a command runs, once it runs
    "durastore_tui/cli/main.py",
    "durastore_tui/__main__.py",  # the composition root: UI, services, sandbox and tour, when they are wanted
    "durastore_tui/cli/start.py",
    "durastore_tui/cli/touring.py",
    "durastore_tui/tui/app.py",
    "durastore_tui/tui/connector.py",
)
RARE_AND_HEAVY = ("keyring", "segno", "tomlkit")
MOST = 25
"""How many there are elsewhere. It only ever falls."""


def elsewhere() -> list[str]:
    """Each late import outside of the seams, as "file: module"."""
    return [
        f"{path}: {module}"
        for path, tree in modules().items()
        if not any(fnmatch(path, seam) for seam in SEAMS)
        for module in late_imports(tree)
        if module.partition(".")[0] not in RARE_AND_HEAVY
    ]


def test_few_imports_stand_inside_functions() -> None:
    found = elsewhere()
    assert len(found) <= MOST, "\n".join(found)


def test_no_import_is_hidden_in_a_string() -> None:
    hidden = [
        f"{path}:{call.lineno}"
        for path, tree in modules().items()
        for name, call in calls(tree)
        if name in ("import_module", "__import__") and not (call.args and _names_a_foreign_module(call.args[0]))
    ]
    assert hidden == []


def _names_a_foreign_module(argument: ast.expr) -> bool:
    if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        return False
    found = importlib.util.find_spec(argument.value.partition(".")[0])
    return found is not None and not argument.value.startswith("durastore_tui")
