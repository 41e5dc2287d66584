"""What was typed behind `:` is kept for the person alone."""

import stat
from pathlib import Path

from durastore_tui.services.command_history import CommandHistory


def test_lines_are_kept_over_restarts_the_newest_last_and_none_twice(tmp_path: Path) -> None:
    for line in ("spaces", "jobs", "spaces"):
        CommandHistory(tmp_path / "commands.txt").add(line)
    assert CommandHistory(tmp_path / "commands.txt").lines() == ("jobs", "spaces")


def test_only_the_person_reads_the_file_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    CommandHistory(tmp_path / "commands.txt").add("spaces")
    (file,) = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_oldest_go_when_there_are_many(tmp_path: Path) -> None:
    history = CommandHistory(tmp_path / "commands.txt", most=2)
    for line in ("a", "b", "c"):
        history.add(line)
    assert history.lines() == ("b", "c")


def test_what_looks_like_a_secret_is_not_kept(tmp_path: Path) -> None:
    history = CommandHistory(tmp_path / "commands.txt")
    history.add("filter password=hunter2")
    history.add("filter https://jo:hunter2@acme.example")
    assert history.lines() == ()


def test_a_folder_that_cannot_be_made_only_forgets(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = CommandHistory(tmp_path / "file" / "commands.txt")
    history.add("spaces")
    assert history.lines() == ()
