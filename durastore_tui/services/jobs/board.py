"""All jobs as they stand, in memory for whoever draws them, and in the journal for whoever comes after us."""

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress

from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.services.jobs.entry import Entry
from durastore_tui.services.jobs.journal import Journal

Callback = Callable[[Job], None]


class Board:
    """Safe to call from any thread; callbacks run on the thread that made the change, or noticed it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._lock = threading.RLock()
        self._changes = journal.changes()
        self._entries: Mapping[str, Entry] = {entry.job.id: entry for entry in journal.all()}
        self._callbacks: tuple[Callback, ...] = ()

    def entries(self) -> tuple[Entry, ...]:
        """Newest first."""
        return tuple(self._entries.values())

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

    def add(self, entry: Entry) -> Entry:
        """As the journal does."""
        with self._lock:
            entry = self._journal.add(entry)
            self._entries = {entry.job.id: entry, **self._entries}
        self._tell(entry)
        return entry

    def move(self, before: Entry, after: Entry) -> Entry:
        """As the journal does."""
        with self._lock:
            after = self._journal.move(before, after)
            self._entries = {**self._entries, after.job.id: after}
        self._tell(after)
        return after

    def forget(self, job_id: str, may: Callable[[Entry], None]) -> None:
        """As the journal does."""
        with self._lock:
            self._journal.forget(job_id, may)
            self._entries = {each: entry for each, entry in self._entries.items() if each != job_id}

    def refresh(self) -> None:
        """Takes in what other processes wrote."""
        with self._lock:
            changes = self._journal.changes()
            if changes == self._changes:
                return
            self._changes = changes
            held, versions = self._entries, self._journal.versions()
            changed = [each for each, version in versions.items() if each not in held or held[each].version != version]
            read = {each: entry for each in changed if (entry := self._journal.get(each))}
            self._entries = {each: read.get(each) or held[each] for each in versions if each in read or each in held}
        self._tell(*read.values())

    def _tell(self, *changed: Entry) -> None:
        for entry in changed:
            for callback in self._callbacks:
                with suppress(Exception):  # a listener that breaks must not break the job it hears of
                    callback(entry.job)
