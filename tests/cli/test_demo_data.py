"""The demo's data: it lasts, it has one owner, and a copy of it is whole."""

import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from durastore_tui.cli.demo_data import DemoCopy, DemoData
from durastore_tui.config import places

WEEK = timedelta(days=7)
BIRTH = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "state", lambda: tmp_path)


def write(file: Path, word: str) -> None:
    with closing(sqlite3.connect(file)) as data, data:
        data.execute("pragma journal_mode = wal")
        data.execute("create table if not exists words (word text)")
        data.execute("insert into words values (?)", (word,))


def words(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as data:
        return [word for (word,) in data.execute("select word from words")]


def test_one_owner_at_a_time_and_one_file_a_world() -> None:
    first, second, other = DemoData("lakeshore"), DemoData("lakeshore"), DemoData("cedarfork")
    try:
        assert first.claimed()
        assert not second.claimed()
        assert other.claimed()
        first.release()
        assert second.claimed()
    finally:
        for data in (first, second, other):
            data.release()


def test_data_of_last_week_is_too_old_and_use_does_not_renew_it() -> None:
    data = DemoData("lakeshore")
    data.claimed()
    data.begin(BIRTH)
    write(data.file, "kept")
    data.release()
    again = DemoData("lakeshore")
    again.claimed()
    assert not again.older_than(WEEK, BIRTH + WEEK)
    assert again.older_than(WEEK, BIRTH + WEEK + timedelta(seconds=1))
    again.release()


def test_beginning_anew_leaves_nothing_of_the_old_data(tmp_path: Path) -> None:
    data = DemoData("lakeshore")
    data.claimed()
    with closing(sqlite3.connect(data.file)) as unfinished:
        unfinished.execute("pragma journal_mode = wal")
        unfinished.execute("create table words (word text)")
        data.begin(BIRTH)
        assert {file.name for file in (tmp_path / "demo").iterdir()} == {"lakeshore.owner"}
    data.release()


def test_a_copy_holds_what_the_owner_has_only_just_written(tmp_path: Path) -> None:
    data = DemoData("lakeshore")
    assert data.claimed()
    with closing(sqlite3.connect(data.file)) as owner:
        owner.execute("pragma journal_mode = wal")
        write(data.file, "fresh")
        data.copy_to(tmp_path / "copy.sqlite3")
    data.release()
    assert words(tmp_path / "copy.sqlite3") == ["fresh"]
    data.release()


def test_a_copy_of_a_killed_demo_is_cleared_by_the_next_and_one_in_use_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed, used = DemoCopy(), DemoCopy()
    (killed.folder / "lakeshore.sqlite3").write_text("left")
    assert killed.claim is not None
    os.close(killed.claim)  # as the kernel does
    later = DemoCopy()
    assert set(tmp_path.iterdir()) == {used.folder, later.folder}
    used.remove()
    later.remove()
    assert list(tmp_path.iterdir()) == []
