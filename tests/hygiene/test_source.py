"""Rules that hold for every file, also for the ones that nobody has written yet."""

import ast
import re

import pytest
from textual.color import Color, ColorParseError

from tests.hygiene.source import PACKAGE, ROOT, calls, is_false, keywords, modules

LONGEST_CLASS = 300
LONGEST_FUNCTION = 40
CLIENT = {place: tree for place, tree in modules().items() if "/sandbox/" not in place}
SCREEN = modules(PACKAGE / "tui")


def lines(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


@pytest.mark.parametrize(
    ("kind", "longest"),
    [(ast.ClassDef, LONGEST_CLASS), (ast.FunctionDef, LONGEST_FUNCTION), (ast.AsyncFunctionDef, LONGEST_FUNCTION)],
)
def test_classes_and_functions_fit_in_a_head(kind: type[ast.AST], longest: int) -> None:
    long = [
        f"{place}:{getattr(node, 'name', '')} has {lines(node)} lines"
        for place, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, kind) and lines(node) > longest
    ]
    assert long == []


def test_nothing_blocks_its_thread_by_sleeping() -> None:
    """Sleep comes from the injected clock."""
    sleepers = [
        f"{place}:{node.lineno}"
        for place, tree in modules().items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module == "time" and any(n.name == "sleep" for n in node.names))
        or (isinstance(node, ast.Attribute) and node.attr == "sleep" and ast.unparse(node.value) == "time")
    ]
    assert sleepers == []


def test_every_worker_has_a_group_and_leaves_the_app_alive() -> None:
    """Without a group an exclusive worker cancels strangers; without exit_on_error=False its error ends the app."""
    started = [(place, call) for place, tree in SCREEN.items() for name, call in calls(tree) if name == "run_worker"]
    decorated = [
        (place, decorator)
        for place, tree in SCREEN.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if ast.unparse(decorator).split("(")[0] == "work"
    ]
    careless = [
        f"{place}:{worker.lineno}"
        for place, worker in [*started, *decorated]
        if not isinstance(worker, ast.Call)
        or "group" not in keywords(worker)
        or not is_false(keywords(worker).get("exit_on_error"))
    ]
    assert decorated
    assert careless == []


def is_colour(word: str) -> bool:
    try:
        return Color.parse(word) is not None and word not in ("transparent", "auto")
    except ColorParseError:
        return False


def test_colours_are_named_in_the_theme_alone() -> None:
    coloured = re.compile(r"^\s*[\w-]*(?:color|background|border|outline|tint|hatch|keyline)[\w-]*\s*:(.*?);?$")
    literals = [
        f"{file.name}: {word}"
        for file in (ROOT / "styles").glob("*.tcss")
        if file.name != "theme.tcss"
        for line in file.read_text().splitlines()
        if (rule := coloured.match(line))
        for word in re.findall(r"(?<![$\w-])(?:#\w+|\w+\([^)]*\)|[a-z_]+)(?![\w-])", rule[1])
        if is_colour(word)
    ]
    assert literals == []


def test_colours_are_no_business_of_the_screens() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|\brgb\(")
    literals = [
        f"{place}:{node.lineno}"
        for place, tree in SCREEN.items()
        if not place.endswith("themes.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and literal.search(node.value)
    ]
    assert literals == []


def test_no_secret_is_asked_to_show_itself_but_at_the_wire() -> None:
    """`reveal` is for the transport, the edge's prober and the keyring: no screen, log or command calls it."""
    revealing = {
        place for place, tree in CLIENT.items() for name, _ in calls(tree) if name == "reveal" and "/api/" not in place
    }
    assert revealing <= {"durastore_tui/services/prober.py", "durastore_tui/services/secrets.py"}


def test_a_screen_asks_its_own_server_and_not_the_one_in_view() -> None:
    """A screen lives on out of view: what it shows must stay its own server's (`self.server`)."""
    of_one = {"services", "profile", "link", "link_news", "failure", "places", "own_jobs", "space_names"}
    strangers = [
        f"{place}:{node.lineno} {ast.unparse(node)}"
        for place, tree in modules(PACKAGE / "tui" / "screens").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in of_one and ast.unparse(node.value) == "self.durastore"
    ]
    assert strangers == []
