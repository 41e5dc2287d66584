"""Where the person was, server by server: to come back there, and for the list of recent places.

The file of visits is for this person alone, whole or not at all, and trusted by nobody."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, overload

from durastore_tui.config.files import replace_file
from durastore_tui.config.places import make_folder_of
from durastore_tui.core.errors import BadInput
from durastore_tui.tui.places import MOST_MARKS, MOST_VISITS, PLACES, Lens, Place, Visit

if TYPE_CHECKING:
    from pathlib import Path

LAYOUT = 1
MOST_BYTES = 32_000_000
MOST_DEEP = 20
LONGEST = 100_000
OBJECTS = ("space", "item", "snapshot", "job")

Kept = dict[str, tuple[Visit, ...]]


class Visits:
    """Kept in memory, and in a file where one is named; `file` is only called when it is first needed."""

    def __init__(self, file: Callable[[], Path] | None = None) -> None:
        self._file = file
        self._visits: dict[str, tuple[Visit, ...]] = {}
        self._touched: set[str] = set()
        self._saving = Lock()
        self.loaded = file is None

    @property
    def kept(self) -> bool:
        """Whether they outlive the program."""
        return self._file is not None

    def recent(self, profile: str) -> tuple[Visit, ...]:
        """The newest first, each place once."""
        return self._visits.get(profile, ())

    def last(self, profile: str) -> Visit | None:
        """Where the person was, or is."""
        return next(iter(self.recent(profile)), None)

    def note(self, profile: str, visit: Visit) -> None:
        """The newest one of its profile; too many marks are kept by none, for a part of them would mislead."""
        if len(visit.lens.marks) > MOST_MARKS:
            visit = visit._replace(lens=visit.lens._replace(marks=()))
        others = (old for old in self.recent(profile) if (old.place, old.store) != (visit.place, visit.store))
        self._visits[profile] = (visit, *others)[:MOST_VISITS]
        self._touched.add(profile)

    def forget(self, profile: str) -> None:
        """Its world is begun anew."""
        self._visits.pop(profile, None)
        self._touched.add(profile)

    def load(self) -> None:
        """Reads the file, under what was noted meanwhile; raises BadInput when it is not as we write it."""
        self.loaded = True
        if self._file:
            self._visits = read(self._file()) | {name: self.recent(name) for name in self._touched}

    def save(self) -> None:
        """Writes what was noted, beside what other processes wrote of other profiles; a full disk stops nothing. May
        run in any thread."""
        if self._file and self._touched:
            with self._saving:
                try:
                    others = read(self._file())
                except BadInput:
                    others = {}
                write(self._file(), others | {name: self.recent(name) for name in tuple(self._touched)})


def read(file: Path) -> Kept:
    """The visits of every profile; one that is not there holds none. Raises BadInput for anything that we did not
    write: then nothing of it counts."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise ValueError
        table = json.loads(file.read_bytes())
        if table["layout"] != LAYOUT:
            raise ValueError
        return {_text(name): tuple(map(_visit, rows))[:MOST_VISITS] for name, rows in table["visits"].items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadInput("visits", f"The places of last time can't be read ({file.name}): starting anew.") from None


def write(file: Path, visits: Mapping[str, tuple[Visit, ...]]) -> None:
    """Replaces the file in one go; where that fails the old one stays."""
    table = {"layout": LAYOUT, "visits": {name: [_row(visit) for visit in kept] for name, kept in visits.items()}}
    with suppress(OSError):
        make_folder_of(file)
        replace_file(file, json.dumps(table).encode())


def _row(visit: Visit) -> dict[str, Any]:
    trail = [{key: value for key, value in place._asdict().items() if value} for place in visit.place.trail()]
    for place in trail:
        place.pop("parent", None)
    lens = {key: value for key, value in visit.lens._asdict().items() if value}
    return {"trail": trail, "lens": lens, "store": visit.store, "at": visit.at.isoformat()}


def _visit(row: Mapping[str, Any]) -> Visit:
    at = datetime.fromisoformat(row["at"])
    if at.tzinfo is None:
        raise ValueError
    return Visit(_place(row["trail"]), _lens(row["lens"]), _text(row["store"], True), at)


def _place(trail: list[Mapping[str, Any]]) -> Place:
    if not 1 <= len(trail) <= MOST_DEEP:
        raise ValueError
    place: Place | None = None
    for each in trail:
        if each["screen"] not in PLACES:
            raise ValueError
        objects = {name: _text(each.get(name), True) for name in OBJECTS}
        place = Place(_text(each["screen"]), **objects, prefix=_text(each.get("prefix", "")), parent=place)
    assert place  # noqa: S101 (the trail has one at least)
    return place


def _lens(row: Mapping[str, Any]) -> Lens:
    marks = row.get("marks", [])
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise ValueError
    only, sort, cursor = (_text(row.get(name), True) for name in ("only", "sort", "cursor"))
    return Lens(_text(row.get("filter", "")), only, sort, cursor, tuple(map(_text, marks)))


@overload
def _text(value: object) -> str: ...


@overload
def _text(value: object, may_lack: Literal[True]) -> str | None: ...


def _text(value: object, may_lack: bool = False) -> str | None:
    if value is None and may_lack:
        return None
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value
