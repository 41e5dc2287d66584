"""Nothing but the declarations tells kinds of jobs apart: a new kind is a file, not a search through the program."""

import ast
from collections.abc import Iterator

from tests.hygiene.source import modules

DECLARED_IN = ("durastore_tui/services/jobs/kinds/", "durastore_tui/core/jobs.py")


def test_a_kind_is_named_only_where_something_of_that_kind_is_made_or_chosen() -> None:
    """Elsewhere `JobKind.X` is an argument of a call, such as `Order(JobKind.X, …)` and `of_kind(jobs, JobKind.X)`.

    Never compared with, matched, listed, or looked up in a table: that would be a dispatch on the kind.
    """
    found = [
        f"{place}:{line}"
        for place, tree in modules().items()
        if not place.startswith(DECLARED_IN)
        for line in dispatches(tree)
    ]
    assert found == []


def dispatches(tree: ast.AST) -> Iterator[int]:
    """The lines that name a kind other than as an argument of a call."""
    arguments = {
        id(argument)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for argument in (*call.args, *(keyword.value for keyword in call.keywords))
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="JobKind"), lineno=line) if id(node) not in arguments:
                yield line


def test_the_rule_sees_every_form_of_a_dispatch() -> None:
    source = """
job.kind is JobKind.ENABLE
job.kind in (JobKind.ENABLE, other)
table = {JobKind.ENABLE: 1}
match kind:
    case JobKind.ENABLE:
        pass
Order(JobKind.ENABLE, kind=JobKind.SWITCH)
"""
    assert sorted(dispatches(ast.parse(source))) == [2, 3, 4, 6]
