"""No text of the server is read as markup: each way in that parses it is shut where it is used (Textual parses
markup in most of its widgets, and `[/]` in it ends the app)."""

import ast
from functools import cache

from tests.hygiene.source import PACKAGE, calls, is_false, keywords, modules

SCREEN = modules(PACKAGE / "tui")
PARSERS = {
    "Button", "Checkbox", "Collapsible", "Digits", "Label", "Link", "Option", "OptionList", "RadioButton", "Select",
    "Selection", "SelectionList", "Static", "Switch", "Tab", "TabPane", "Tabs", "Tree", "DataTable",
}  # fmt: skip
TITLES = {"border_title", "border_subtitle", "tooltip"}
LITERAL = {"Content", "Text", "literal"}
TEXTS = {"content", "label", "options", "prompt", "title", "tooltip", *TITLES}


@cache
def parsers(tree: ast.Module) -> set[str]:
    """Names by which a module calls widgets that parse markup."""
    return {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual.widgets")
        for name in node.names
        if name.name in PARSERS
    }


def texts(call: ast.Call) -> list[ast.expr]:
    """The arguments that a widget may parse."""
    return [*call.args, *(value for name, value in keywords(call).items() if name in TEXTS)]


def is_plain(value: ast.expr) -> bool:
    """A literal of ours, or something made that is never parsed."""
    if isinstance(value, ast.IfExp):
        return is_plain(value.body) and is_plain(value.orelse)
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in LITERAL
    return isinstance(value, ast.Constant)


def test_every_widget_that_parses_markup_gets_literals_or_parses_none() -> None:
    open_ways = [
        f"{place}:{call.lineno} {name}"
        for place, tree in SCREEN.items()
        for name, call in calls(tree)
        if name in parsers(tree)
        and not is_false(keywords(call).get("markup"))
        and not all(is_plain(value) for value in texts(call))
    ]
    assert open_ways == []


def test_every_widget_of_ours_that_inherits_a_parser_turns_it_off() -> None:
    open_ways = []
    for place, tree in SCREEN.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and {ast.unparse(base).split(".")[-1] for base in node.bases} & parsers(
                tree
            ):
                starts = [call for name, call in calls(node) if name == "__init__"]
                if not starts or not all(is_false(keywords(call).get("markup")) for call in starts):
                    open_ways.append(f"{place}:{node.name}")
    assert open_ways == []


def test_no_toast_parses_markup() -> None:
    open_ways = [
        f"{place}:{call.lineno}"
        for place, tree in SCREEN.items()
        for name, call in calls(tree)
        if name == "notify" and not is_false(keywords(call).get("markup"))
    ]
    assert open_ways == []


def test_titles_and_tooltips_are_literals_or_content() -> None:
    open_ways = [
        f"{place}:{node.lineno}"
        for place, tree in SCREEN.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and any(isinstance(target, ast.Attribute) and target.attr in TITLES for target in node.targets)
        and not is_plain(node.value)
    ]
    assert open_ways == []


def test_markup_is_only_ever_made_from_literals() -> None:
    open_ways = [
        f"{place}:{call.lineno}"
        for place, tree in SCREEN.items()
        for name, call in calls(tree)
        if name in ("from_markup", "render_markup") and not all(isinstance(value, ast.Constant) for value in call.args)
    ]
    assert open_ways == []
