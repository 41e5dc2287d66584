"""The source as syntax trees, for tests that read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "durastore_tui"


@cache
def modules(folder: Path = PACKAGE) -> dict[str, ast.Module]:
    """Every module below a folder by its path from the checkout's root."""
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text()) for file in sorted(folder.rglob("*.py"))}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the last name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield (node.func.id if isinstance(node.func, ast.Name) else node.func.attr), node


def keywords(call: ast.Call) -> dict[str, ast.expr]:
    """The keyword arguments of a call."""
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def is_false(value: ast.expr | None) -> bool:
    """Whether it is the literal False."""
    return isinstance(value, ast.Constant) and value.value is False
