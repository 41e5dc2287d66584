"""The help of every command: complete, 80 columns wide, and its examples run as they stand."""

import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from durastore_tui.cli.main import root, run
from durastore_tui.cli.manual.pages import find_page
from tests.cli.conftest import Cli, Ran
from tests.cli.program import commands, on_the_path
from tests.hygiene.source import PACKAGE
from tests.sandbox_server import SandboxServer, sandbox_server

WITHOUT_AN_EXAMPLE = {"tour", "help", "jobs continue", "jobs abandon"}
"""The tour needs a terminal; its scenes are tests of their own. The two of jobs need a run that was interrupted."""


ALL = dict(commands())
VERBS = {words: command for words, command in ALL.items() if not isinstance(command, click.Group)}
FILES = {file.stem: tomllib.loads(file.read_text()) for file in (PACKAGE / "cli" / "manual").glob("*.toml")}
PAGES = {
    words: find_page(words)
    for noun, tables in FILES.items()
    for words in tables
    if words.partition(" ")[0] == noun or not words
}
EXAMPLES = [(words, lines) for words, page in PAGES.items() for lines, _ in page.examples]


@pytest.mark.parametrize("words", ["", *ALL])
def test_a_page_fits_80_columns_and_says_what_a_manual_says(words: str, cli: Cli) -> None:
    ran = cli(*words.split(), "--help")
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    headings = re.findall(r"^(\S.*):$", ran.out, re.MULTILINE)
    assert "Options" in headings
    if words in VERBS:
        assert "Exit codes" in headings
        assert "See also" in headings
        arguments = [param for param in VERBS[words].params if isinstance(param, click.Argument)]
        assert ("Arguments" in headings) == bool(arguments)


def test_there_is_a_page_for_every_command_and_none_for_another() -> None:
    assert set(PAGES) - {"", "tour"} == set(ALL) - {"tour"}


def test_every_verb_has_an_example() -> None:
    assert [words for words in VERBS if not PAGES[words].examples and words not in WITHOUT_AN_EXAMPLE] == []


def test_what_is_told_to_look_at_next_is_there() -> None:
    assert {each for page in PAGES.values() for each in page.see} - set(ALL) == set()


def test_every_option_says_what_it_means() -> None:
    silent = [
        f"{words} {param.name}"
        for words, command in ALL.items()
        for param in command.params
        if isinstance(param, click.Option) and not param.help
    ]
    assert silent == []


def test_the_program_tells_its_groups_environment_files_and_exit_codes(cli: Cli) -> None:
    told = cli("--help").out
    for word in (
        "Look and change:",
        "This machine:",
        "DURACLOUD_HOST",
        "DURASTORE_PASSWORD",
        "profiles.toml",
        "  130 ",
    ):
        assert word in told
    assert all(re.search(rf"^  {name} ", told, re.MULTILINE) for name in root.commands)
    assert cli("help").out == told


def test_help_takes_the_words_of_a_command(cli: Cli) -> None:
    assert cli("help", "streaming", "enable").out == cli("streaming", "enable", "--help").out
    assert cli("help", "streaming", "frob").code == 2


FIELDS = [(words, page.more) for words, page in PAGES.items() if "Fields: " in page.more]


@pytest.mark.parametrize(("words", "told"), FIELDS, ids=[words for words, _ in FIELDS])
def test_the_fields_that_are_told_are_those_that_are_printed(
    words: str, told: str, in_a_shell: None, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = next((lines for lines, _ in PAGES[words].examples if "-o" not in lines and ">" not in lines), None)
    if lines is None:
        pytest.skip("its examples have a format of their own")
    printed = _run_here(lines + " -o csv", capsys).out.splitlines()[0].split(",")
    assert [name for name in printed if not re.search(rf"\b{name}\b", told)] == []


@pytest.fixture(scope="module")
def quick() -> Iterator[SandboxServer]:
    """What takes a quarter of an hour takes a second."""
    with sandbox_server("--speed", "1000") as server:
        yield server


@pytest.fixture
def in_a_shell(quick: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person's shell: the program on the path, a server in the environment."""
    quick.reset()
    for name, value in (quick.environ() | on_the_path(tmp_path)).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def _run(lines: str) -> Ran:
    shell = ["bash", "-o", "pipefail", "-c", lines]
    done = subprocess.run(shell, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return Ran(done.returncode, done.stdout, done.stderr)


def _run_here(lines: str, capsys: pytest.CaptureFixture[str]) -> Ran:
    """As a shell would; a line without anything for a shell to do is run in this process, which is ten times faster."""
    line = lines.replace("\\\n", " ")
    if set(line) & set("|$<>\n"):
        return _run(lines)
    code = run(shlex.split(line)[1:])
    printed = capsys.readouterr()
    return Ran(int(code), printed.out, printed.err)


@pytest.mark.parametrize(("words", "lines"), EXAMPLES, ids=[f"{words}: {lines[:40]}" for words, lines in EXAMPLES])
def test_every_example_runs_as_it_stands(
    words: str, lines: str, in_a_shell: None, capsys: pytest.CaptureFixture[str]
) -> None:
    if words.startswith("jobs ") and "ID=$(durastore-tui jobs" in lines and "delete" not in lines:
        assert _run_here("durastore-tui streaming enable dance-archive --yes", capsys).code == 0
    done = _run_here(re.sub(r"-port \d+", "-port 0", lines), capsys)  # that port may be taken on this machine
    assert done.code == 0, done.err
    assert (
        done.out
        or ">" in lines
        or words in ("jobs forget", "jobs clear", "profiles add", "profiles remove", "completion")
    )
