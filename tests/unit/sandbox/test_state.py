"""The clock and the database below everything else."""

from pathlib import Path

import pytest

from durastore_tui.sandbox.clock import Clock, iso
from durastore_tui.sandbox.state import Database

TABLES = ["CREATE TABLE IF NOT EXISTS thing (name TEXT PRIMARY KEY)"]


def names(db: Database) -> list[str]:
    return [row["name"] for row in db.rows("SELECT name FROM thing ORDER BY name")]


def test_speed_divides_durations_and_leaves_the_time_alone() -> None:
    clock = Clock(speed=45, source=lambda: 1_000.0)
    assert clock.now() == 1_000.0
    assert clock.lasting(900) == 20
    assert not clock.ended(981, 900)
    assert clock.ended(980, 900)


def test_advancing_moves_the_time_whatever_the_speed() -> None:
    clock = Clock(speed=45, source=lambda: 1_000.0)
    clock.advance(60)
    assert clock.now() == 1_060.0


def test_times_are_shown_in_utc_without_a_zone() -> None:
    assert iso(1_495_137_798.9) == "2017-05-18T20:03:18"


def test_a_request_that_breaks_leaves_nothing_behind() -> None:
    db = Database(None, TABLES)
    db.write("INSERT INTO thing VALUES ('before')")
    with pytest.raises(RuntimeError), db.transaction():
        db.write("INSERT INTO thing VALUES ('half')")
        raise RuntimeError
    assert names(db) == ["before"]


def test_a_transaction_within_another_ends_with_the_outer_one() -> None:
    db = Database(None, TABLES)
    with pytest.raises(RuntimeError), db.transaction():
        with db.transaction():
            db.write("INSERT INTO thing VALUES ('inner')")
        raise RuntimeError
    assert names(db) == []


def test_what_was_committed_is_there_for_the_next_one_to_open_the_file(tmp_path: Path) -> None:
    first = Database(tmp_path / "data.db", TABLES)
    with first.transaction():
        first.write("INSERT INTO thing VALUES ('kept')")
        first.remember("born", 12.5)
    second = Database(tmp_path / "data.db", TABLES)
    assert (names(second), second.recall("born"), second.recall("other")) == (["kept"], 12.5, None)
    first.close()
    second.close()


def test_clearing_empties_every_table() -> None:
    db = Database(None, TABLES)
    db.write("INSERT INTO thing VALUES ('one')")
    db.remember("born", 1.0)
    db.clear()
    assert names(db) == []
    assert db.recall("born") is None
