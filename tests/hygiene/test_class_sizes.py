"""How large a class is together with those of our own classes that it inherits from (design §2)."""

import ast
import importlib
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from .source import modules, name_of


class Size(NamedTuple):
    """Lines with blanks, comments and docstrings, and methods with properties."""

    lines: int
    methods: int

    def exceeds(self, other: "Size") -> bool:
        return self.lines > other.lines or self.methods > other.methods


LIMIT = Size(600, 80)
CEILINGS = {
    "durastore_tui.tui.screens.contents.ContentsScreen": Size(736, 109),
    "durastore_tui.tui.screens.snapshot_contents.SnapshotContentsScreen": Size(673, 94),
    "durastore_tui.tui.widgets.paged_table.PagedTable": Size(697, 88),
}
"""The classes that are larger still. None is added, and none grows."""


@cache
def sizes() -> dict[str, Size]:
    """Every class of the package by module and name, without what it inherits."""
    return {
        f"{name_of(path)}.{name}": Size(
            (node.end_lineno or 0) - node.lineno + 1,
            sum(isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef) for part in node.body),
        )
        for path, tree in modules().items()
        for name, node in classes(tree)
    }


def classes(tree: ast.AST, outer: str = "") -> Iterator[tuple[str, ast.ClassDef]]:
    """The classes of a module, and those inside of them, but none inside of a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield f"{outer}{node.name}", node
            yield from classes(node, f"{outer}{node.name}.")
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from classes(node, outer)


@cache
def effective_sizes() -> dict[str, Size]:
    """Every class with what it inherits from classes of the package."""
    found: dict[str, Size] = {}
    for path, tree in modules().items():
        module = name_of(path)
        if module.endswith("__main__"):  # it runs when it is imported
            continue
        for name, _ in classes(tree):
            kind = attrgetter(name)(importlib.import_module(module))
            inherited = [sizes().get(f"{base.__module__}.{base.__qualname__}") for base in kind.__mro__]
            own = [size for size in inherited if size]
            found[f"{module}.{name}"] = Size(sum(size.lines for size in own), sum(size.methods for size in own))
    return found


def test_no_class_is_larger_than_the_limit_with_what_it_inherits() -> None:
    larger = {name: size for name, size in effective_sizes().items() if size.exceeds(CEILINGS.get(name, LIMIT))}
    assert larger == {}


def test_no_exception_outlives_its_reason() -> None:
    small = [name for name in CEILINGS if not effective_sizes().get(name, LIMIT).exceeds(LIMIT)]
    assert small == []


def test_what_a_class_inherits_counts() -> None:
    screen = "durastore_tui.tui.screens.home.HomeScreen"
    assert effective_sizes()[screen].exceeds(sizes()[screen])
