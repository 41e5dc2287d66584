"""The two commands that everybody starts with are the ones that are tested."""

import os
import re
from pathlib import Path

import pytest

from durastore_tui.cli.main import root
from durastore_tui.tui.actions import ACTIONS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/pytest"
ROOTS = (ROOT, ROOT / "durastore_tui", ROOT / "durastore_tui" / "tui")
"""The folders that a path in the docs may start from."""
PATH = re.compile(r"(?:\.?[\w-]+/)*[\w-]+(?:/|\.py|\.md|\.toml)|(?:\.?[\w-]+/)+[\w-]+")
NOT_IN_THE_REPOSITORY = {"keys.toml", "profiles.toml", "settings.toml", "pre-commit/"}
DEMO = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/durastore-tui --demo"


@pytest.mark.parametrize("command", [DEMO, TEST])
def test_the_quick_start_is_two_commands(command: str) -> None:
    section = README.split("## Quick start")[1].split("\n## ")[0]
    assert command in section.splitlines()


def test_the_checks_run_the_very_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert TEST in script.read_text()
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_local_link_of_the_docs_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    links = [part.split(")")[0].split("#")[0] for part in text.split("](")[1:]]
    local = [link for link in links if link and "://" not in link]
    assert [link for link in local if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md"])
def test_every_path_that_the_docs_name_exists(page: str) -> None:
    code = re.findall(r"`([^`\n]+)`", (ROOT / page).read_text())
    words = {word for text in code for word in text.split() if not word.startswith(".venv/")}
    named = set(filter(PATH.fullmatch, words)) - NOT_IN_THE_REPOSITORY
    assert sorted(path for path in named if not any((root / path).exists() for root in ROOTS)) == []


def test_the_readme_tells_every_key_that_changes_the_server_or_goes_to_a_screen() -> None:
    told = README.split("## Keys")[1].split("\n## ")[0]
    assert [
        action.key_text
        for action in ACTIONS
        if (action.changes or action.screen) and f"`{action.key_text}`" not in told
    ] == []


def test_the_readme_tells_every_noun_of_the_command_line() -> None:
    assert [noun for noun in root.commands if f"`{noun}`" not in README and f"durastore-tui {noun}" not in README] == []
