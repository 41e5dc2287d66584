"""The layouts that the journal's tables had and have, and the way from an old layout to the present one."""

import json
import sqlite3
from contextlib import suppress

from durastore_tui.services.jobs import audit_log
from durastore_tui.services.jobs.entry import dump, dump_part, load
from durastore_tui.services.jobs.old_names import KINDS, renamed

LAYOUT = 4

TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    profile TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    seconds REAL NOT NULL,
    version INTEGER NOT NULL,
    entry TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS claims (
    key TEXT PRIMARY KEY,
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE IF NOT EXISTS parts (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (job, number)
);
"""


def bring_up_to_date(rows: sqlite3.Connection) -> None:
    """Create what is missing and convert what an old release wrote, all in one transaction.

    Several processes may do this at once: the second one waits and finds nothing left to do.
    """
    rows.execute("BEGIN IMMEDIATE")
    try:
        layout = layout_of(rows)
        if layout >= LAYOUT:  # another process was faster
            rows.execute("ROLLBACK")
            return
        for statement in (TABLES + audit_log.TABLE).split(";"):
            rows.execute(statement)
        if layout == 1:
            _rename_states(rows)
        if layout in (1, 2):
            _begin_audit_log(rows)
        if layout in (1, 2, 3):
            _split_parts(rows)
        mark_layout(rows)
        rows.execute("COMMIT")
    except BaseException:
        if rows.in_transaction:
            rows.execute("ROLLBACK")
        raise


def layout_of(rows: sqlite3.Connection) -> int:
    """The layout of the file's tables; 0 for a file without any."""
    return int(rows.execute("PRAGMA user_version").fetchone()[0])


def mark_layout(rows: sqlite3.Connection) -> None:
    """Write the present layout into the file."""
    rows.execute(f"PRAGMA user_version = {LAYOUT}")


def _rename_states(rows: sqlite3.Connection) -> None:
    """Layout 2 has the names of states, kinds and errors that the program shows. What cannot be read stays."""
    for number, text in rows.execute("SELECT rowid, entry FROM jobs").fetchall():
        try:
            body = renamed(json.loads(text))
            state, kind = str(body["job"]["state"]), str(body["job"]["kind"])
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        changed = (json.dumps(body), state, kind, number)
        rows.execute("UPDATE jobs SET entry = ?, state = ?, kind = ? WHERE rowid = ?", changed)
    for (key,) in rows.execute("SELECT key FROM claims").fetchall():
        rows.execute("UPDATE claims SET key = ? WHERE key = ?", (_renamed_key(key), key))


def _begin_audit_log(rows: sqlite3.Connection) -> None:
    """Layout 3 has the audit log. It begins with what the jobs of before tell."""
    for text, version in rows.execute("SELECT entry, version FROM jobs ORDER BY rowid").fetchall():
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            audit_log.record_old(rows, load(text, version))


def _split_parts(rows: sqlite3.Connection) -> None:
    """Layout 4 has a row for each part of a run, so that one can be written without the others."""
    for number, text, version in rows.execute("SELECT rowid, entry, version FROM jobs").fetchall():
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            entry = load(text, version)
            parts = [
                (entry.job.id, place, dump_part(entry.job.id, place, part))
                for place, part in enumerate(entry.job.parts)
            ]
            rows.executemany("INSERT INTO parts VALUES (?, ?, ?)", parts)
            rows.execute("UPDATE jobs SET entry = ? WHERE rowid = ?", (dump(entry), number))


def _renamed_key(key: str) -> str:
    """The key of a claim: profile, store, then a word for the kind of thing."""
    profile, store, thing, *rest = json.loads(key)
    return json.dumps([profile, store, KINDS.get(thing, thing), *rest])
