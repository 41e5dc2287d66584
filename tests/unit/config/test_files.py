"""Files for their owner alone, whole or not at all."""

import errno
import stat
from pathlib import Path

import pytest

from durastore_tui.config.files import append_to_file, create_file, replace_file
from durastore_tui.core.errors import BadInput


def modes(folder: Path) -> dict[str, int]:
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}


def test_each_way_to_write_makes_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    replace_file(tmp_path / "replaced", b"1")
    append_to_file(tmp_path / "longer", b"1")
    create_file(tmp_path / "new", "1")
    assert modes(tmp_path) == {"replaced": 0o600, "longer": 0o600, "new": 0o600}


def test_replacing_takes_away_the_rights_of_others(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")
    file.chmod(0o644)
    replace_file(file, b"new")
    assert file.read_text() == "new"
    assert modes(tmp_path) == {"file": 0o600}


def test_a_file_that_cannot_be_replaced_stays_and_nothing_lies_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "file"
    file.write_text("old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        replace_file(file, b"new")
    assert [each.read_text() for each in tmp_path.iterdir()] == ["old"]


def test_appending_adds_to_the_end_and_says_how_long_it_is(tmp_path: Path) -> None:
    append_to_file(tmp_path / "log", b"one\n")
    assert append_to_file(tmp_path / "log", b"two\n").st_size == 8
    assert (tmp_path / "log").read_text() == "one\ntwo\n"


def test_a_new_file_never_replaces_another(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    with pytest.raises(BadInput, match="is there already; nothing was written"):
        create_file(tmp_path / "file", "new")
    assert (tmp_path / "file").read_text() == "old"


def test_a_text_that_is_not_unicode_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="was not written"):
        create_file(tmp_path / "file", "\ud800")
    assert list(tmp_path.iterdir()) == []
