"""Where the person was, server by server: to come back there, and for the list of recent places."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput
from durastore_tui.tui.places import MOST_MARKS, MOST_VISITS, Visit

if TYPE_CHECKING:
    from pathlib import Path


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
            from durastore_tui.tui.servers.visits_file import read

            self._visits = read(self._file()) | {name: self.recent(name) for name in self._touched}

    def save(self) -> None:
        """Writes what was noted, beside what other processes wrote of other profiles; a full disk stops nothing. May
        run in any thread."""
        if self._file and self._touched:
            from durastore_tui.tui.servers.visits_file import read, write

            with self._saving:
                try:
                    others = read(self._file())
                except BadInput:
                    others = {}
                write(self._file(), others | {name: self.recent(name) for name in tuple(self._touched)})
