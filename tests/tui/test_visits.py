"""Where the person was: kept whole or not at all, and believed to nobody."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.tui.places import MOST_MARKS, MOST_VISITS, Lens, Place, Visit
from durastore_tui.tui.visits import Visits, read

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SPACES = Place("spaces")
CONTENTS = Place("contents", "a\ud800b", prefix="é\x1b", parent=SPACES)


def visit(place: Place = SPACES, lens: Lens | None = None, store: str | None = "51", minute: int = 0) -> Visit:
    return Visit(place, lens or Lens(), store, NOON + timedelta(minutes=minute))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "visits.json"


def again(file: Path) -> Visits:
    visits = Visits(lambda: file)
    visits.load()
    return visits


def test_what_was_noted_is_read_again_to_the_letter(file: Path) -> None:
    visits = Visits(lambda: file)
    lens = Lens("dan\x00ce", "OPEN", "space", "cursor\ud800", ("m1", "m2"))
    visits.note("acme", visit())
    visits.note("acme", visit(CONTENTS, lens, minute=1))
    visits.save()
    assert again(file).recent("acme") == (visit(CONTENTS, lens, minute=1), visit())
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_place_is_listed_once_and_only_the_newest_are_kept() -> None:
    visits = Visits()
    for number in range(MOST_VISITS + 5):
        visits.note("acme", visit(Place("space", str(number)), minute=number))
    visits.note("acme", visit(Place("space", "20"), minute=99))
    recent = visits.recent("acme")
    assert len(recent) == MOST_VISITS
    assert [each.place.space for each in recent[:3]] == ["20", "24", "23"]
    assert [each.place.space for each in recent].count("20") == 1
    assert visits.recent("birch") == ()


def test_the_same_place_of_two_stores_is_two_places() -> None:
    visits = Visits()
    visits.note("acme", visit(store="51"))
    visits.note("acme", visit(store="52"))
    assert [each.store for each in visits.recent("acme")] == ["52", "51"]


def test_a_part_of_the_marks_is_never_kept_for_all() -> None:
    visits = Visits()
    visits.note("acme", visit(lens=Lens("f", marks=tuple(map(str, range(MOST_MARKS + 1))))))
    last = visits.last("acme")
    assert last and last.lens == Lens("f")


def test_other_processes_keep_what_they_wrote_of_other_profiles(file: Path) -> None:
    one, two = Visits(lambda: file), Visits(lambda: file)
    one.load()
    two.load()
    one.note("acme", visit())
    two.note("birch", visit(CONTENTS))
    one.save()
    two.save()
    assert again(file).recent("acme") == (visit(),)
    assert again(file).recent("birch") == (visit(CONTENTS),)


def test_what_is_forgotten_stays_forgotten(file: Path) -> None:
    visits = Visits(lambda: file)
    visits.note("demo", visit())
    visits.save()
    later = again(file)
    later.forget("demo")
    later.save()
    assert again(file).recent("demo") == ()


def test_a_disk_that_takes_nothing_stops_nobody(tmp_path: Path) -> None:
    visits = Visits(lambda: tmp_path / "gone" / "visits.json")
    visits.note("acme", visit())
    visits.save()
    assert visits.recent("acme") == (visit(),)


ROW: dict[str, Any] = {"trail": [{"screen": "spaces"}], "lens": {}, "store": "51", "at": NOON.isoformat()}
WRONG: dict[str, Any] = {
    "no such screen": ROW | {"trail": [{"screen": "../../etc"}]},
    "no trail": ROW | {"trail": []},
    "a number for an id": ROW | {"trail": [{"screen": "space", "space": 7}]},
    "an object for a screen": ROW | {"trail": [{"screen": {}}]},
    "no time zone": ROW | {"at": "2026-11-24T12:00:00"},
    "no time": ROW | {"at": "soon"},
    "marks that are no list": ROW | {"lens": {"marks": "abc"}},
    "too many marks": ROW | {"lens": {"marks": ["x"] * (MOST_MARKS + 1)}},
    "a trail without end": ROW | {"trail": [{"screen": "spaces"}] * 1000},
    "an id of a megabyte": ROW | {"lens": {"cursor": "x" * 1_000_000}},
    "no row": 5,
}


@pytest.mark.parametrize("row", WRONG.values(), ids=WRONG)
def test_a_file_that_is_not_as_we_write_it_counts_for_nothing(file: Path, row: object) -> None:
    file.write_text(json.dumps({"layout": 1, "visits": {"acme": [ROW, row]}}))
    with pytest.raises(BadInput, match=r"visits\.json"):
        read(file)


NO_FILE = {
    "empty": "",
    "a list": "[]",
    "nothing": "null",
    "cut": "{",
    "of another layout": '{"layout": 2, "visits": {}}',
    "a bomb": "[" * 100_000,
    "without visits": '{"layout": 1}',
    "no text": "\ufffe",
}


@pytest.mark.parametrize("text", NO_FILE.values(), ids=NO_FILE)
def test_what_is_no_such_file_counts_for_nothing(file: Path, text: str) -> None:
    file.write_text(text)
    with pytest.raises(BadInput):
        read(file)


def test_no_file_is_no_error(file: Path) -> None:
    assert read(file) == {}
