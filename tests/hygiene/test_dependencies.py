"""What a person has to install is what is used, and nothing is used that came along by luck."""

import ast
import re
import sys
import tomllib

from tests.hygiene.source import ROOT, modules

OF_A_DEPENDENCY = {"rich": "textual", "h11": "uvicorn", "httpcore": "httpx"}  # theirs, and part of how they are used


def test_every_dependency_is_imported_and_every_import_is_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [line for name, lines in project["optional-dependencies"].items() if name != "dev" for line in lines]
    listed = [*project["dependencies"], *extras]
    declared = {re.split(r"[><=~! \[;]", line)[0] for line in listed}
    imported = {
        name.split(".")[0]
        for tree in modules().values()
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    strangers = imported - set(sys.stdlib_module_names) - {"durastore_tui"}
    assert {OF_A_DEPENDENCY.get(name, name) for name in strangers} == declared
