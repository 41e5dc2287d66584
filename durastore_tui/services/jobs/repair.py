"""Replaces a damaged journal by a whole one with everything that can still be read."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from durastore_tui.core.errors import BadInput
from durastore_tui.services.jobs import audit_log, journal_file, journal_trouble
from durastore_tui.services.jobs.carving import objects, pages_of
from durastore_tui.services.jobs.entry import Entry, load, with_parts_left
from durastore_tui.services.jobs.journal import INSERT_CLAIM, INSERT_JOB, INSERT_PART, row_of, rows_of_parts
from durastore_tui.services.jobs.journal_trouble import JournalTrouble
from durastore_tui.services.jobs.locks import Locks, Use, locks_folder
from durastore_tui.services.jobs.salvage import readable_rows, scanned
from durastore_tui.services.jobs.unreadable import REMAINS

JOB_COLUMNS = "id, profile, kind, state, since, seconds, version, entry"
RUNNERS = "runner*.lock"
IN_USE = "Another durastore-tui is using the journal {}. Quit it, then run `durastore-tui jobs repair` again."
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)

JobRow = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The result of a repair. `damage` is empty and `moved_to` None for a journal that is not damaged.

    `lost` has the IDs of jobs that could not be recovered.
    """

    journal: Path
    damage: str = ""
    moved_to: Path | None = None
    jobs: int = 0
    unfinished: int = 0
    exclusions: int = 0
    changes: int = 0
    lost: tuple[str, ...] = ()


@dataclass
class Found:
    """What was read out of the damaged file: columns of jobs by id, their parts by number, holders by claim, columns of
    changes."""

    jobs: dict[str, JobRow] = field(default_factory=dict)
    parts: dict[str, dict[int, str]] = field(default_factory=dict)
    claims: dict[str, str] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    @property
    def lost(self) -> set[str]:
        """IDs of jobs that could not be recovered."""
        return (self.ids | set(self.claims.values())) - set(self.jobs)

    def entry(self, text: str, job_id: str, version: int) -> Entry:
        """The job out of its JSON, with the parts that are left; raises one of UNREADABLE."""
        parts = [part for _, part in sorted(self.parts.get(job_id, {}).items())]
        return load(with_parts_left(text, parts), version, lambda: parts)


def repair(path: Path, now: datetime) -> Repaired:
    """Move the damaged file aside and put a new one in its place.

    Raises JournalTrouble where this cannot help, and BadInput while another process uses the journal.
    """
    try:
        use = Use.alone(locks_folder(path))
    except OSError as error:
        raise journal_trouble.of_error(path, error) from error
    if use is None:
        raise BadInput("journal", IN_USE.format(path))
    try:
        _check_nobody_tracks(path)
        if not os.path.lexists(path):
            return Repaired(path)
        damage = _damage(path)
        return _replaced(path, damage, now) if damage else Repaired(path)
    except (OSError, sqlite3.Error) as error:
        raise journal_trouble.of_error(path, error) from error
    finally:
        use.end()


def _check_nobody_tracks(path: Path) -> None:
    """A process of an old release says nowhere that it uses the journal, but it holds a lock while it tracks jobs."""
    locks = Locks(locks_folder(path))
    for file in locks_folder(path).glob(RUNNERS):
        if locks.is_alive(file.name.removesuffix(".lock").replace("%20", " ")):
            raise BadInput("journal", IN_USE.format(path))


def _damage(path: Path) -> str:
    try:
        journal_file.check(path)
    except JournalTrouble as trouble:
        if not trouble.repairable:
            raise
        return trouble.what
    return ""


def _replaced(path: Path, damage: str, now: datetime) -> Repaired:
    found = _read(path) if path.is_file() else Found()
    lost = found.lost
    for job_id in lost:
        if remains := [key for key, holder in found.claims.items() if holder == job_id]:
            found.jobs[job_id] = _remains(job_id, remains[0], now)
    entries = [entry for row in found.jobs.values() if (entry := _entry(found, row))]
    found.jobs |= {entry.job.id: row_of(entry) for entry in entries if entry.job.parts}
    for entry in sorted(entries, key=lambda entry: entry.job.updated):
        found.claims |= dict.fromkeys(entry.claims, entry.job.id)
    claims = [(key, holder) for key, holder in found.claims.items() if holder in found.jobs]
    jobs = sorted(found.jobs.values(), key=lambda row: str(row[4]))
    parts = (row for entry in entries for row in rows_of_parts(entry))
    rows = ((INSERT_JOB, jobs), (INSERT_PART, parts), (INSERT_CLAIM, claims), (audit_log.INSERT, found.changes))
    with journal_file.new_file(path, rows) as new:
        aside = _moved_aside(path, now)
        new.replace(path)
    return Repaired(
        path,
        damage,
        aside,
        jobs=len(jobs) - len(lost & set(found.jobs)),
        unfinished=sum(entry.job.open for entry in entries),
        exclusions=len(claims),
        changes=len(found.changes),
        lost=tuple(sorted(lost)),
    )


def _read(path: Path) -> Found:
    found = Found()
    is_whole = knows_ids = False
    if file := journal_file.open_to_read(path):
        with closing(file):
            is_whole, knows_ids = _read_tables(file.rows, found)
    if not is_whole:
        _read_bytes(path, found, found.ids if knows_ids else None)
    return found


def _read_tables(rows: sqlite3.Connection, found: Found) -> tuple[bool, bool]:
    """What SQLite can still read. Whether this is all, and whether at least the ids of all jobs are known."""
    jobs, has_jobs = readable_rows(rows, "jobs", JOB_COLUMNS)
    found.jobs |= {str(job[0]): job for job in jobs if None not in job}
    ids, has_ids = scanned(rows, "SELECT rowid, id FROM jobs INDEXED BY sqlite_autoindex_jobs_1")
    found.ids |= {str(job_id) for (job_id,) in ids.values()}
    claims, _ = readable_rows(rows, "claims", "key, job")  # these also follow from the jobs
    found.claims |= {str(key): str(job_id) for key, job_id in claims}
    parts, has_parts = readable_rows(rows, "parts", "job, number, part")
    for job_id, number, text in parts:
        found.parts.setdefault(str(job_id), {})[int(number)] = str(text)
    changes, has_changes = readable_rows(rows, "changes", audit_log.COLUMNS)
    found.changes += [(str(job), str(part), str(text)) for job, part, text in changes]
    return has_jobs and has_parts and has_changes, has_ids


def _read_bytes(path: Path, found: Found, ids: set[str] | None) -> None:
    """Add what only stands in the bytes, of these jobs or of all. What stands there in several states counts in its
    newest one."""
    newest, _ = journal_file.side_files(path)
    jobs: list[str] = []
    parts: dict[tuple[str, int], tuple[str, str]] = {}
    changes: dict[tuple[str, str, str], tuple[str, str, str]] = {}
    for text, body in objects(pages_of(path.read_bytes(), newest.read_bytes() if newest.exists() else b"")):
        with suppress(*UNREADABLE):
            if "change" in body:
                key = (str(body["job"]), str(body["part"]), str(body["change"]["at"]))
                changes[key] = max(changes.get(key, ("", "", "")), (*key[:2], text), key=lambda row: len(row[2]))
            elif "part" in body:
                place = (str(body["job"]), int(body["number"]))
                parts[place] = max(parts.get(place, ("", "")), (str(body["part"]["at"] or ""), text))
            else:
                jobs.append(text)
    for (job_id, number), (_, text) in parts.items():
        found.parts.setdefault(job_id, {}).setdefault(number, text)
    for entry in _newest(found, jobs):
        if ids is None or entry.job.id in ids:
            found.jobs.setdefault(entry.job.id, row_of(entry))
    known = {(job, part, _at(text)) for job, part, text in found.changes}
    found.changes += [row for key, row in changes.items() if key not in known]
    found.changes.sort(key=lambda row: _at(row[2]))


def _newest(found: Found, texts: list[str]) -> Iterable[Entry]:
    """The jobs that these texts hold, each in its newest state."""
    jobs: dict[str, Entry] = {}
    for text in texts:
        with suppress(*UNREADABLE):
            entry = found.entry(text, str(json.loads(text)["job"]["id"]), 1)
            if (old := jobs.get(entry.job.id)) is None or old.job.updated <= entry.job.updated:
                jobs[entry.job.id] = entry
    return jobs.values()


def _at(text: str) -> str:
    with suppress(*UNREADABLE):
        return str(json.loads(text)["change"]["at"])
    return ""


def _entry(found: Found, row: JobRow) -> Entry | None:
    with suppress(*UNREADABLE):
        return found.entry(row[7], row[0], row[6])
    return None


def _remains(job_id: str, claim: str, now: datetime) -> JobRow:
    """A placeholder row for a job that could not be recovered, so that it still excludes other changes."""
    key: list[str] = json.loads(claim)
    profile, store, kind = key[:3]
    space, target = (key[-1], None) if kind != "retrieval" else (key[-2], key[-1])
    remains = json.dumps({REMAINS: {"store": store, "space": space, "target": target}})
    return job_id, profile, kind, "unknown", now.isoformat(), 0.0, 1, remains


def _moved_aside(path: Path, now: datetime) -> Path:
    """Give the old file another name; a file keeps its own as well, so that the place is never empty."""
    aside = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%SZ}")
    if not path.is_file():
        path.rename(aside)
        return aside
    newest, index = journal_file.side_files(path)
    try:
        os.link(path, aside)
    except OSError:  # a file system without hard links, or one that has such a file already
        shutil.copy2(path, aside)
    with suppress(FileNotFoundError):
        newest.rename(journal_file.side_files(aside)[0])
    index.unlink(missing_ok=True)
    return aside
