"""The layouts that the journal's tables had and have, and the way from an old layout to the present one."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

LAYOUT = 2

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
"""

STATES = {
    "settling": "in_progress",
    "seen": "confirmed",
    "late": "overdue",
    "refused": "rejected",
    "lost": "no_reply",
}
ENDED_POLICY = {"accepted": "unverified"}
"""A policy that was accepted has ended: nothing can read it back."""
KINDS: Mapping[str, str] = {"thaw": "retrieval"}
ERRORS: Mapping[str, str] = {"Lost": "NoReply"}


def bring_up_to_date(rows: sqlite3.Connection) -> None:
    """Create what is missing and convert what an old release wrote, all in one transaction.

    Several processes may do this at once: the second one waits and finds nothing left to do.
    """
    rows.execute("BEGIN IMMEDIATE")
    try:
        layout = layout_of(rows)
        for table in TABLES.split(";"):
            rows.execute(table)
        if layout == 1:
            _rename_states(rows)
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


def renamed(body: dict[str, Any]) -> dict[str, Any]:
    """An entry's JSON object with the old names of layout 1 replaced by the present ones.

    A process of an old release may still run and write such entries, so reading needs this as well.
    """
    job, order = body["job"], body["order"]
    states = STATES | ENDED_POLICY if job["kind"] == "policy" else STATES
    job = job | {
        "kind": KINDS.get(job["kind"], job["kind"]),
        "state": states.get(job["state"], job["state"]),
        "refusal": ERRORS.get(job["refusal"], job["refusal"]),
        "parts": [part | {"state": states.get(part["state"], part["state"])} for part in job["parts"]],
    }
    return body | {"job": job, "order": order | {"kind": KINDS.get(order["kind"], order["kind"])}}


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


def _renamed_key(key: str) -> str:
    """The key of a claim: profile, store, then a word for the kind of thing."""
    profile, store, thing, *rest = json.loads(key)
    return json.dumps([profile, store, KINDS.get(thing, thing), *rest])
