"""The journal of jobs: a SQLite file that survives kill -9 and is shared by every process of this person."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from durastore_tui.core.jobs import Job, JobKind, JobState
from durastore_tui.services.jobs import audit_log, journal_trouble
from durastore_tui.services.jobs.audit_log import Change
from durastore_tui.services.jobs.entry import Entry, dump, dump_part, load
from durastore_tui.services.jobs.journal_file import JournalFile, open_to_read, open_to_write
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.layouts import mark_layout
from durastore_tui.services.jobs.order import Excluded
from durastore_tui.services.jobs.parts import changed_parts
from durastore_tui.services.jobs.salvage import readable_rows
from durastore_tui.services.jobs.unreadable import ExcludedByUnreadable, UnreadableJob, unreadable

RUNS_FOR_A_MEDIAN = 20
COLUMNS = "id, profile, kind, state, since, version, entry"
ALL = f"SELECT {COLUMNS} FROM jobs ORDER BY rowid DESC"  # noqa: S608 (a constant)
ONE = f"SELECT {COLUMNS} FROM jobs WHERE id = ?"  # noqa: S608 (a constant)
HOLDER = f"SELECT {COLUMNS} FROM jobs WHERE id = (SELECT job FROM claims WHERE key = ?)"  # noqa: S608 (a constant)
CLAIMS = "SELECT key FROM claims WHERE job = ?"
INSERT_JOB = "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_CLAIM = "INSERT OR IGNORE INTO claims VALUES (?, ?)"
INSERT_PART = "INSERT OR REPLACE INTO parts VALUES (?, ?, ?)"
PARTS = "SELECT part FROM parts WHERE job = ? ORDER BY number"

Row = Entry | UnreadableJob
PartsOf = Callable[[str], list[str]]


class Overtaken(Exception):
    """Somebody else moved or forgot the job since it was read."""


class Journal:
    """Safe to call from any thread. What a method was asked to write is on the disk when it returns.

    A file that cannot be used raises nothing until something is to be written: then it is JournalTrouble. Reads give
    what can be read. `trouble` says why nothing can be written now.
    """

    def __init__(self, path: Path) -> None:
        """Opens or creates the file, for this person alone."""
        self.path = path
        self._lock = threading.RLock()
        self._file: JournalFile | None = None
        self._trouble: JournalTrouble | None = None
        self._openings = 0
        self._is_closed = False
        self._open()

    @property
    def trouble(self) -> JournalTrouble | None:
        """What keeps changes from being journaled, as far as it is known."""
        return self._trouble

    def recover(self) -> None:
        """Tries again what failed before: the disk may have space, and the file may be repaired or moved."""
        with self._lock:
            failed = self._trouble is not None
            if self._is_closed or not (failed or self._file is None or not self._file.is_in_place):
                return
            self._open()
            if failed and self._trouble is None:
                with suppress(JournalTrouble), self._transaction() as rows:
                    mark_layout(rows)  # what opens again may still refuse to be written

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._is_closed = True
            self._close()

    def add(self, entry: Entry, superseded: tuple[Entry, Entry] | None = None) -> Entry:
        """Writes a new job together with its claims, and the job that it supersedes, before and after.

        Raises Excluded when another job holds one of the claims, and Overtaken when the superseded one was moved.
        """
        with self._writing() as rows:
            if superseded:
                _replace(rows, *superseded)
            rows.execute(INSERT_JOB, row_of(entry))
            rows.executemany(INSERT_PART, rows_of_parts(entry))
            _claim(rows, entry, entry.claims)
            audit_log.record(rows, None, entry)
        return entry

    def move(self, before: Entry, after: Entry) -> Entry:
        """Replaces what was read as `before`, and its claims. Raises Overtaken, and Excluded for new claims."""
        with self._writing() as rows:
            return _replace(rows, before, after)

    def forget(self, job_id: str, may: Callable[[Row], None]) -> None:
        """Takes the job and its claims away, unless `may` raises about it."""
        with self._writing() as rows:
            for found in _read(rows.execute(ONE, (job_id,)), _parts_in(rows)):
                may(found)
            rows.execute("DELETE FROM jobs WHERE id = ?", (job_id,))

    def get(self, job_id: str) -> Entry | None:
        """One job, or None, also when this version cannot read it."""
        row = self.row(job_id)
        return row if isinstance(row, Entry) else None

    def all(self) -> tuple[Entry, ...]:
        """Every job that this version can read, newest first."""
        return tuple(row for row in self.rows() if isinstance(row, Entry))

    def row(self, job_id: str) -> Row | None:
        """One job, readable or not; None when there is none."""
        return next(iter(self._with_claims(_read(self._select(ONE, job_id), self._parts_of))), None)

    def rows(self) -> tuple[Row, ...]:
        """Every job, newest first, also those that this version cannot read."""
        with self._lock:
            found, is_whole = self._fetch(ALL)
            if self._file and not is_whole:
                found = readable_rows(self._file.rows, "jobs", COLUMNS)[0][::-1]
        return self._with_claims(_read(found, self._parts_of))

    def _with_claims(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """The rows, those that cannot be read with the claims that the journal holds for them."""
        return tuple(row if isinstance(row, Entry) else replace(row, claims=self._claims(row.id)) for row in rows)

    def _claims(self, job_id: str) -> frozenset[str]:
        return frozenset(key for (key,) in self._select(CLAIMS, job_id))

    def changes(self) -> tuple[Change, ...]:
        """Every change ever sent, oldest first, also those of jobs that were forgotten."""
        return tuple(audit_log.changes(text for (text,) in self._select("SELECT change FROM changes ORDER BY number")))

    def versions(self) -> dict[str, int]:
        """The version of every job, newest first: what has another one, or is gone, was changed by somebody."""
        return dict(self._select("SELECT id, version FROM jobs ORDER BY rowid DESC"))

    def data_version(self) -> tuple[int, int]:
        """Numbers that differ once another process has written, or the file was opened again."""
        return self._openings, int(next(iter(self._select("PRAGMA data_version")), (0,))[0])

    def usual(self, profile: str, kind: JobKind) -> float | None:
        """Median seconds of this account's last runs of a kind that were seen to their end."""
        runs = self._select(
            "SELECT seconds FROM jobs WHERE profile = ? AND kind = ? AND state = ? ORDER BY rowid DESC LIMIT ?",
            profile,
            kind,
            JobState.CONFIRMED,
            RUNS_FOR_A_MEDIAN,
        )
        return median(seconds for (seconds,) in runs) if runs else None

    def _close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def _open(self) -> None:
        self._close()
        self._openings += 1
        try:
            self._file, self._trouble = open_to_write(self.path), None
        except JournalTrouble as trouble:
            self._file, self._trouble = open_to_read(self.path), trouble

    def _parts_of(self, job_id: str) -> list[str]:
        return [text for (text,) in self._select(PARTS, job_id)]

    def _select(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._fetch(statement, *values)[0]

    def _fetch(self, statement: str, *values: object) -> tuple[list[tuple[Any, ...]], bool]:
        """The rows up to the first that the file cannot give, and whether these are all."""
        found: list[tuple[Any, ...]] = []
        with self._lock:
            try:
                for row in self._file.rows.execute(statement, values) if self._file else ():
                    found.append(row)  # what came before an error is kept
            except sqlite3.Error as error:
                self._trouble = self._trouble or journal_trouble.of_error(self.path, error)
                return found, False
        return found, True

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self.recover()
            with self._transaction() as rows:
                yield rows

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        if self._trouble or self._file is None:
            raise self._trouble or journal_trouble.closed(self.path)
        rows = self._file.rows
        try:
            rows.execute("BEGIN IMMEDIATE")
            yield rows
            rows.execute("COMMIT")
        except BaseException as error:
            if rows.in_transaction:
                with suppress(sqlite3.Error):
                    rows.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                self._trouble = journal_trouble.of_error(self.path, error)
                raise self._trouble from error
            raise


def row_of(entry: Entry) -> tuple[object, ...]:
    """The columns of a job."""
    job = entry.job
    since = job.since.isoformat()
    return job.id, job.profile, job.kind, job.state, since, _seconds(job), entry.version, dump(entry)


def rows_of_parts(entry: Entry, numbers: Iterable[int] | None = None) -> Iterator[tuple[object, ...]]:
    """The columns of the parts of a run, of all or of these."""
    parts = entry.job.parts
    for number in range(len(parts)) if numbers is None else numbers:
        yield entry.job.id, number, dump_part(entry.job.id, number, parts[number])


def _seconds(job: Job) -> float:
    return (job.updated - job.since).total_seconds()


def _parts_in(rows: sqlite3.Connection) -> PartsOf:
    return lambda job_id: [text for (text,) in rows.execute(PARTS, (job_id,))]


def _read(rows: Iterable[tuple[Any, ...]], parts_of: PartsOf) -> tuple[Row, ...]:
    return tuple(_row(parts_of, *columns) for columns in rows)


def _row(
    parts_of: PartsOf, job_id: str, profile: str, kind: str, state: str, since: str, version: int, text: str
) -> Row:
    try:
        return load(text, version, lambda: parts_of(job_id))
    except (ValueError, KeyError, TypeError, AttributeError):
        return unreadable(job_id, profile, kind, state, since, version, text)


def _replace(rows: sqlite3.Connection, before: Entry, after: Entry) -> Entry:
    after = replace(after, version=before.version + 1)
    done = rows.execute(
        "UPDATE jobs SET state = ?, seconds = ?, version = ?, entry = ? WHERE id = ? AND version = ?",
        (after.job.state, _seconds(after.job), after.version, dump(after), before.job.id, before.version),
    )
    if done.rowcount != 1:
        raise Overtaken(before.job.id)
    changed = changed_parts(before.job.parts, after.job.parts)
    has_rows = not changed or rows.execute("SELECT 1 FROM parts WHERE job = ?", (after.job.id,)).fetchone()
    rows.executemany(INSERT_PART, rows_of_parts(after, changed if has_rows else None))  # an old release has none
    if changed and before.job.excludes and after.job.excludes:
        held, claims = (each.claims_of(each.job.parts[number] for number in changed) for each in (before, after))
    else:
        held, claims = before.claims, after.claims
    if not after.job.excludes:
        rows.execute("DELETE FROM claims WHERE job = ?", (after.job.id,))
    given_up = [(key, after.job.id) for key in held - claims]
    rows.executemany("DELETE FROM claims WHERE key = ? AND job = ?", given_up)
    _claim(rows, after, claims - held)
    audit_log.record(rows, before, after, changed)
    return after


def _claim(rows: sqlite3.Connection, entry: Entry, keys: frozenset[str]) -> None:
    for key in sorted(keys):
        for holder in _read(rows.execute(HOLDER, (key,)), _parts_in(rows)):
            if not isinstance(holder, Entry):
                raise ExcludedByUnreadable(holder)
            if holder.job.id != entry.job.id:
                raise Excluded(holder.holder(key))
    rows.executemany(INSERT_CLAIM, [(key, entry.job.id) for key in keys])


def forget_profile(profile: str, path: Path) -> None:
    """Remove every job of a profile from the journal at `path`; nothing is done where it cannot be used."""
    with closing(Journal(path)) as journal, suppress(JournalTrouble):
        for entry in journal.all():
            if entry.job.profile == profile:
                journal.forget(entry.job.id, lambda _: None)
