"""The registry is the only place that names tasks, and everything that it declares is put to use."""

import ast
import dataclasses
import re

import pytest

from durastore_tui.core.tasks import TASKS, glacier, hls, noop, policy, restores, rtmp, snapshots
from durastore_tui.core.tasks.model import Param, Settling, Task
from durastore_tui.core.tasks.table import markdown
from durastore_tui.tui.dialogs import key_table
from durastore_tui.tui.keys import own_keys
from tests.hygiene.source import ROOT, modules

ANEW = "python -c 'from durastore_tui.core.tasks.table import markdown as m; print(m(), end=\"\")' > .github/TASKS.md"
KEYS_ANEW = (
    "python -c 'from durastore_tui.tui.dialogs.key_table import markdown as m; print(m(), end=\"\")' > .github/KEYS.md"
)
FAMILIES = {
    f"durastore_tui/core/tasks/{family.__name__.rpartition('.')[2]}.py": {task.name for task in family.TASKS}
    for family in (noop, policy, hls, rtmp, glacier, snapshots, restores)
}
CLIENT = {place: tree for place, tree in modules().items() if "/sandbox/" not in place}


def test_the_families_hold_all_27_tasks_each_once() -> None:
    named = [name for names in FAMILIES.values() for name in names]
    assert len(named) == len(set(named)) == len(TASKS) == 27


def test_no_task_is_named_outside_its_family() -> None:
    strangers = [
        f"{place}: {name}"
        for place in CLIENT
        for name in TASKS
        if name not in FAMILIES.get(place, ()) and names_in(place, name)
    ]
    assert strangers == []


def names_in(place: str, name: str) -> bool:
    whole_name = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
    if "-" in name:
        return bool(whole_name.search((ROOT / place).read_text()))
    texts = (node.value for node in ast.walk(CLIENT[place]) if isinstance(node, ast.Constant))
    return any(isinstance(text, str) and whole_name.search(text) for text in texts)


def test_the_table_for_people_is_the_registry() -> None:
    assert (ROOT / ".github/TASKS.md").read_text() == markdown(), ANEW


def test_the_table_of_keys_for_people_is_the_registry() -> None:
    own_keys.use({})
    assert (ROOT / ".github/KEYS.md").read_text() == key_table.markdown(), KEYS_ANEW


@pytest.mark.parametrize(
    ("declared", "called"), [(Task, r"task|known|[A-Z_]+"), (Param, r"param|[A-Z_]+"), (Settling, r"settling|each")]
)
def test_every_declared_fact_is_used_somewhere(declared: type, called: str) -> None:
    """Read from something that is called like one, or by its own methods."""
    names = re.compile(rf"(?:.*\.)?(?:{called})")
    used = {
        node.attr
        for place, tree in CLIENT.items()
        if place not in FAMILIES
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and (
            names.fullmatch(owner := ast.unparse(node.value)) or (owner == "self" and place.endswith("tasks/model.py"))
        )
    }
    assert {field.name for field in dataclasses.fields(declared)} - used == set()
