"""The journal of jobs: a SQLite file that survives kill -9 and is shared by every process of this person."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs.entry import Entry, dump, load
from durastore_tui.services.jobs.layouts import LAYOUT, bring_up_to_date, layout_of
from durastore_tui.services.jobs.order import Excluded

BUSY_SECONDS = 10.0
RUNS_FOR_A_MEDIAN = 20


class Overtaken(Exception):
    """Somebody else moved or forgot the job since it was read."""


class Journal:
    """Safe to call from any thread. What a method was asked to write is on the disk when it returns; it raises
    BadInput when that can't be."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file, for this person alone; raises BadInput when it can't be used."""
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            self._rows = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
            layout = layout_of(self._rows)
            if layout > LAYOUT:
                self._rows.close()
                raise BadInput("journal", f"{path} was written by a newer release of this program")
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
                self._rows.execute(f"PRAGMA {pragma}")
            if layout < LAYOUT:
                bring_up_to_date(self._rows)
        except (OSError, sqlite3.Error) as error:
            raise BadInput("journal", f"the journal {path} can't be used: {error}") from error

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._rows.close()

    def add(self, entry: Entry) -> Entry:
        """Writes a new job together with its claims; raises Excluded when an open job holds one of them."""
        keys = entry.order.keys
        with self._writing():
            for key in keys:
                for holder in self._entries("WHERE id = (SELECT job FROM claims WHERE key = ?)", key):
                    raise Excluded(holder.job)
            self._insert(entry)
            self._rows.executemany("INSERT INTO claims VALUES (?, ?)", [(key, entry.job.id) for key in keys])
        return entry

    def move(self, before: Entry, after: Entry) -> Entry:
        """Replaces what was read as `before`; a job that is over gives up its claims. Raises Overtaken."""
        after = replace(after, version=before.version + 1)
        with self._writing():
            done = self._rows.execute(
                "UPDATE jobs SET state = ?, seconds = ?, version = ?, entry = ? WHERE id = ? AND version = ?",
                (after.job.state, _seconds(after.job), after.version, dump(after), before.job.id, before.version),
            )
            if done.rowcount != 1:
                raise Overtaken(before.job.id)
            if not after.job.excludes:
                self._rows.execute("DELETE FROM claims WHERE job = ?", (after.job.id,))
        return after

    def forget(self, job_id: str, may: Callable[[Entry], None]) -> None:
        """Takes the job and its claims away, unless `may` raises about it."""
        with self._writing():
            entry = self.get(job_id)
            if entry:
                may(entry)
                self._rows.execute("DELETE FROM jobs WHERE id = ?", (job_id,))

    def get(self, job_id: str) -> Entry | None:
        """One job, or None."""
        found = self._entries("WHERE id = ?", job_id)
        return found[0] if found else None

    def all(self) -> tuple[Entry, ...]:
        """Every job, newest first."""
        return self._entries("ORDER BY rowid DESC")

    def versions(self) -> dict[str, int]:
        """The version of every job, newest first: what has another one, or is gone, was changed by somebody."""
        with self._lock:
            return dict(self._rows.execute("SELECT id, version FROM jobs ORDER BY rowid DESC").fetchall())

    def changes(self) -> int:
        """A number that differs once another process has written."""
        with self._lock:
            return int(self._rows.execute("PRAGMA data_version").fetchone()[0])

    def usual(self, profile: str, kind: JobKind) -> float | None:
        """Median seconds of this account's last runs of a kind that were seen to their end."""
        with self._lock:
            runs = self._rows.execute(
                "SELECT seconds FROM jobs WHERE profile = ? AND kind = ? AND state = ? ORDER BY rowid DESC LIMIT ?",
                (profile, kind, JobState.CONFIRMED, RUNS_FOR_A_MEDIAN),
            ).fetchall()
        return median(seconds for (seconds,) in runs) if runs else None

    def _insert(self, entry: Entry) -> None:
        job = entry.job
        self._rows.execute(
            "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                job.id,
                job.profile,
                job.kind,
                job.state,
                job.since.isoformat(),
                _seconds(job),
                entry.version,
                dump(entry),
            ),
        )

    def _entries(self, tail: str, *values: str) -> tuple[Entry, ...]:
        with self._lock:
            rows = self._rows.execute(f"SELECT entry, version FROM jobs {tail}", values).fetchall()  # noqa: S608
        return tuple(entry for text, version in rows if (entry := _read(text, version)))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            try:
                self._rows.execute("BEGIN IMMEDIATE")
                yield
                self._rows.execute("COMMIT")
            except BaseException as error:
                if self._rows.in_transaction:
                    self._rows.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise BadInput("journal", f"the journal can't be written: {error}") from error
                raise


def _seconds(job: Job) -> float:
    return (job.updated - job.since).total_seconds()


def _read(text: str, version: int) -> Entry | None:
    """None for a row that nobody can read: it must not hide the others."""
    try:
        return load(text, version)
    except (ValueError, KeyError, TypeError):
        return None
