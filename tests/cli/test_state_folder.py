"""Without a state folder that can be written, reads work and say so in one line; changes are refused."""

import json
import stat
from pathlib import Path

import pytest

from durastore_tui.config import places
from durastore_tui.services.command_history import CommandHistory
from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer


def no_folder(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file"


def kernel_folder(folder: Path) -> Path:
    return Path("/proc/no-state")


@pytest.fixture(params=[no_folder, kernel_folder], ids=lambda place: place.__name__)
def unwritable(request: pytest.FixtureRequest, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    state = request.param(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    return Path(state) / "durastore-tui"


@pytest.mark.parametrize("words", ["stores list", "spaces list", "tasks list", "streaming list", "snapshots list"])
def test_a_read_works_and_one_line_tells_the_path_and_the_fix(cli: Cli, unwritable: Path, words: str) -> None:
    ran = cli(*words.split())
    assert ran.code == 0
    assert ran.out
    (line,) = ran.err.splitlines()
    assert str(unwritable) in line
    assert "XDG_STATE_HOME" in line


@pytest.mark.parametrize("words", ["jobs list", "changes list", "jobs list --offline", "jobs watch"])
def test_what_reads_the_journal_says_one_line(cli: Cli, unwritable: Path, words: str) -> None:
    ran = cli(*words.split())
    assert ran.code == 0
    (line,) = ran.err.splitlines()
    assert str(unwritable) in line


def test_the_log_of_requests_is_empty_without_a_word(cli: Cli, unwritable: Path) -> None:
    ran = cli("requests", "list", "--json")
    assert (ran.code, json.loads(ran.out), ran.err) == (0, [], "")


@pytest.mark.parametrize("words", ["streaming enable dance-archive --yes", "jobs repair", "jobs forget 0123456789"])
def test_a_change_is_refused_in_one_line(cli: Cli, unwritable: Path, sandbox: SandboxServer, words: str) -> None:
    ran = cli(*words.split())
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.err.splitlines()
    assert str(unwritable) in line


def test_a_folder_that_turns_read_only_is_told_too(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli("stores", "list").err == ""
    folder, access = places.state(), places.os.access  # type: ignore[attr-defined]
    monkeypatch.setattr("os.access", lambda place, mode: Path(place) != folder and access(place, mode))
    ran = cli("stores", "list")
    assert ran.code == 0
    assert f"The state folder {folder} cannot be written (it is read-only)." in ran.err


def test_the_demo_runs_without_it(unwritable: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DURASTORE_URL", "DURASTORE_USER", "DURASTORE_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    ran = cli("--demo", "stores", "list", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)


def test_what_is_typed_is_only_forgotten(unwritable: Path) -> None:
    history = CommandHistory(places.commands())
    history.add("spaces")
    assert history.lines() == ()


def test_folders_and_files_are_for_this_person_alone_and_no_lock_is_left(cli: Cli) -> None:
    assert cli("streaming", "enable", "campus-events", "--yes", "--force").code == 0
    assert cli("jobs", "list").code == 0
    state = places.state()
    modes = {each.relative_to(state): stat.S_IMODE(each.stat().st_mode) for each in (state, *state.rglob("*"))}
    assert {mode for path, mode in modes.items() if (state / path).is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if (state / path).is_file()} == {0o600}
    assert not list(state.rglob("*.lock"))
