"""All jobs as they stand, in memory for whoever draws them, and in the journal for whoever comes after us."""

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace

from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.journal import Journal, Overtaken, Row
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.unreadable import UnreadableJob

Callback = Callable[[Job], None]


class Board:
    """Safe to call from any thread; callbacks run on the thread that made the change, or noticed it.

    What the journal does not take is kept in memory and written as soon as it can be. What it cannot give any more
    stays as it was.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.RLock()
        self._data_version = journal.data_version()
        self._entries: Mapping[str, Entry] = {}
        self._unreadable: Mapping[str, UnreadableJob] = {}
        self._unwritten: dict[str, Entry] = {}
        """What the journal has of the jobs whose newest state it did not take."""
        self._take_in(journal.rows())
        self._callbacks: tuple[Callback, ...] = ()

    @property
    def trouble(self) -> JournalTrouble | None:
        """Why nothing can be journaled now."""
        return self._journal.trouble

    def check(self) -> None:
        """Raises JournalTrouble when nothing can be journaled, after one more attempt to open the journal."""
        self._journal.recover()
        if trouble := self._journal.trouble:
            raise trouble

    def entries(self) -> tuple[Entry, ...]:
        """Newest first."""
        return tuple(self._entries.values())

    def unreadable(self) -> tuple[UnreadableJob, ...]:
        """Jobs that this version cannot read, newest first."""
        return tuple(self._unreadable.values())

    def rows(self) -> tuple[Row, ...]:
        """Every job, readable or not."""
        return *self._unreadable.values(), *self._entries.values()

    def find(self, job_id: str) -> Entry | None:
        """One of them, or None."""
        return self._entries.get(job_id)

    def entry(self, job_id: str) -> Entry:
        """One of them; raises KeyError."""
        return self._entries[job_id]

    def usual(self, profile: str, kind: JobKind) -> float | None:
        """As the journal says."""
        return self._journal.usual(profile, kind)

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Calls back with each job that changed; returns what ends it."""
        with self._lock:
            self._callbacks += (callback,)

        def end() -> None:
            with self._lock:
                self._callbacks = tuple(each for each in self._callbacks if each is not callback)

        return end

    def add(self, entry: Entry, superseded: tuple[Entry, Entry] | None = None) -> Entry:
        """As the journal does."""
        with self._lock:
            entry = self._journal.add(entry, superseded)
            changed = [replace(after, version=before.version + 1) for before, after in filter(None, [superseded])]
            self._entries = {entry.job.id: entry, **self._entries, **{each.job.id: each for each in changed}}
        self._tell(entry, *changed)
        return entry

    def move(self, before: Entry, after: Entry) -> Entry:
        """As the journal does: what it does not take did not happen. Raises Overtaken and JournalTrouble."""
        with self._lock:
            job_id = after.job.id
            after = self._journal.move(self._written(before), after)
            self._unwritten.pop(job_id, None)
            self._entries = {**self._entries, job_id: after}
        self._tell(after)
        return after

    def keep(self, before: Entry, after: Entry) -> Entry:
        """The same for what did happen: what the journal does not take is kept until it does. Raises Overtaken."""
        with self._lock:
            try:
                return self.move(before, after)
            except JournalTrouble:
                self._unwritten[after.job.id] = self._written(before)
                after = replace(after, version=before.version)
                self._entries = {**self._entries, after.job.id: after}
        self._tell(after)
        return after

    def forget(self, job_id: str, may: Callable[[Row], None]) -> None:
        """As the journal does."""
        with self._lock:
            self._journal.forget(job_id, may)
            self._unwritten.pop(job_id, None)
            self._entries = {each: entry for each, entry in self._entries.items() if each != job_id}
            self._unreadable = {each: row for each, row in self._unreadable.items() if each != job_id}

    def refresh(self) -> None:
        """Takes in what other processes wrote, and writes what could not be written before."""
        with self._lock:
            self._journal.recover()
            self._write_unwritten()
            data_version = self._journal.data_version()
            if data_version == self._data_version:
                return
            versions = self._journal.versions()
            held: dict[str, Row] = {**self._unreadable, **self._entries}
            changed = [each for each, version in versions.items() if each not in held or held[each].version != version]
            read = {each: row for each in changed if each not in self._unwritten and (row := self._journal.row(each))}
            if self._journal.trouble:  # what cannot be read now is not gone
                self._take_in((*read.values(), *(row for each, row in held.items() if each not in read)))
            else:
                self._data_version = data_version
                rows = (read.get(each) or held.get(each) for each in versions)
                self._take_in(row for row in rows if row)
        self._tell(*(row for row in read.values() if isinstance(row, Entry)))

    def _take_in(self, rows: Iterable[Row]) -> None:
        rows = tuple(rows)
        self._entries = {row.job.id: row for row in rows if isinstance(row, Entry)}
        self._unreadable = {row.id: row for row in rows if isinstance(row, UnreadableJob)}

    def _written(self, entry: Entry) -> Entry:
        """The same job as the journal has it."""
        return self._unwritten.get(entry.job.id, entry)

    def _write_unwritten(self) -> None:
        for job_id in tuple(self._unwritten):
            try:
                self.move(self._entries[job_id], self._entries[job_id])
            except JournalTrouble:
                return
            except (Overtaken, KeyError):  # another process removed or changed it meanwhile
                del self._unwritten[job_id]

    def _tell(self, *changed: Entry) -> None:
        for entry in changed:
            for callback in self._callbacks:
                with suppress(Exception):  # a listener that breaks must not break the job it hears of
                    callback(entry.job)
