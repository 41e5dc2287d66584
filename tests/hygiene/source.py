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


def name_of(path: str) -> str:
    """The dotted name of a module by its path."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def arrows() -> dict[str, frozenset[str]]:
    """What each module of the package imports of it: at the top, for the type checker, or inside a function."""
    names = {name_of(path) for path in modules()}
    return {name_of(path): frozenset(_imported(tree, names)) - {name_of(path)} for path, tree in modules().items()}


def _imported(tree: ast.Module, names: set[str]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in names)
        elif isinstance(node, ast.ImportFrom) and node.module in names:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in names else node.module


def late_imports(tree: ast.AST, *, inside: bool = False) -> Iterator[str]:
    """The module of each import that stands inside a function."""
    for node in ast.iter_child_nodes(tree):
        if inside and isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif inside and isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        within = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from late_imports(node, inside=within)
