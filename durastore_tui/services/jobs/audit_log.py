"""The audit log: every change that this machine ever sent, for good, also when its job is cleared or forgotten.

The journal writes it in the transaction that says a request goes out, so that no sender can leave it out.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from durastore_tui.core.errors import BadInput
from durastore_tui.core.jobs import JobState, Part
from durastore_tui.core.redact import redact
from durastore_tui.services.jobs import requests
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.request import Request, enable

TABLE = """
CREATE TABLE IF NOT EXISTS changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL,
    part TEXT NOT NULL,
    change TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS changes_of_a_job ON changes (job, part);
"""

COLUMNS = "job, part, change"
INSERT = "INSERT INTO changes (job, part, change) VALUES (?, ?, ?)"
BEFORE_SENDING = (None, JobState.PAUSED, JobState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Change:
    """One request that changes the server: when it went out (UTC), by whom, where, what, and how it was answered.

    `state` is that of its job or part, `answer` the server's words, empty until there are some.
    """

    at: datetime
    profile: str
    user: str
    store: str
    space: str
    target: str | None
    task: str
    body: str
    state: str
    answer: str


def record(rows: sqlite3.Connection, before: Entry | None, after: Entry, changed: Sequence[int] | None = None) -> None:
    """Note what goes out with this step of a job, and what became of what went out before.

    `changed` are the places of the parts that are not as before; None stands for all.
    """
    if after.order.watch:
        return
    if after.job.parts:
        _record_parts(rows, before, after, range(len(after.job.parts)) if changed is None else changed)
    elif goes_out(before, after):
        _insert(rows, after, None, after.job.state, "")
    elif before:
        _record_answer(rows, before, after)


def record_old(rows: sqlite3.Connection, entry: Entry) -> None:
    """Note what the journal of an old release tells about the changes of a job."""
    if entry.order.watch:
        return
    if entry.job.parts:
        for part in entry.job.parts:
            if part.state not in BEFORE_SENDING:
                _insert(rows, entry, part, part.state or "", part.words, part.at or entry.sent_at)
        return
    tried = entry.phase is Phase.TRY or entry.job.attempts > 0
    first = JobState.ACCEPTED if tried else entry.job.state
    _insert(rows, entry, None, first, "" if tried else entry.job.answer(), entry.job.since, requests.first(entry.order))
    if tried:
        _insert(rows, entry, None, entry.job.state, entry.job.answer(), entry.sent_at, enable(entry.order))


def changes(texts: Iterable[str]) -> Iterator[Change]:
    """The changes in these columns; one that this version cannot read is left out."""
    for text in texts:
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            row: Mapping[str, Any] = json.loads(text)["change"]
            yield Change(**{**row, "at": datetime.fromisoformat(row["at"])})


def goes_out(before: Entry | None, after: Entry) -> bool:
    """Whether a request goes out with this step."""
    if after.owner is None:
        return False
    return before is None or (before.sent_at, before.job.attempts) != (after.sent_at, after.job.attempts)


def _record_parts(rows: sqlite3.Connection, before: Entry | None, after: Entry, changed: Iterable[int]) -> None:
    for number in changed:
        part = after.job.parts[number]
        was = before.job.parts[number].state if before else None
        if part.state is was:
            continue
        if part.state is JobState.SENT:
            _insert(rows, after, part, part.state, "")
        elif part.state and was not in BEFORE_SENDING:
            _update(rows, after.job.id, part.target, part.state, part.reply if was is JobState.SENT else None)


def _record_answer(rows: sqlite3.Connection, before: Entry, after: Entry) -> None:
    named = after.job.target
    if before.owner and after.owner is None:
        again = before.phase is Phase.TRY and after.phase is Phase.DELETION
        _update(rows, after.job.id, None, JobState.REJECTED if again else after.job.state, after.job.answer(), named)
    elif before.job.state is not after.job.state and after.job.state not in BEFORE_SENDING:
        _update(rows, after.job.id, None, after.job.state, None, named)


def _insert(
    rows: sqlite3.Connection,
    entry: Entry,
    part: Part | None,
    state: str,
    answer: str,
    at: datetime | None = None,
    request: Request | None = None,
) -> None:
    order = entry.order
    if request is None:
        trying = entry.phase is Phase.TRY and part is None
        request = enable(order) if trying else requests.first(order, part.target if part else None)
    body = ""
    with suppress(BadInput):  # an old release may have sent a body that is invalid today
        body = request.body.decode(errors="surrogateescape")
    values = request.values
    target = next((values[name] for name in ("contentId", "snapshotId", "restoreId") if name in values), order.target)
    space = values.get("spaceId", order.space)
    change = Change(
        at=at or entry.sent_at,
        profile=order.profile,
        user=entry.user,
        store=order.store,
        space=str(space),
        target=None if target is None else str(target),
        task=request.task.name,
        body=redact(body),
        state=str(state),
        answer=redact(answer),
    )
    key = json.dumps(part.target if part else None)
    rows.execute(INSERT, (entry.job.id, key, _dump(asdict(change), entry.job.id, key)))


def _update(
    rows: sqlite3.Connection,
    job_id: str,
    target: str | None,
    state: str,
    answer: str | None,
    named: str | None = None,
) -> None:
    """Change the last row of a job or part; one whose rejection is known keeps it. `named` is an id that is new."""
    found = rows.execute(
        "SELECT number, change FROM changes WHERE job = ? AND part = ? ORDER BY number DESC LIMIT 1",
        (job_id, json.dumps(target)),
    ).fetchone()
    if found is None:
        return
    number, text = found
    change = json.loads(text)["change"]
    key = json.dumps(target)
    if change["state"] == JobState.REJECTED:
        return
    change |= {"state": str(state), "target": change["target"] or named}
    if answer is not None:
        change["answer"] = redact(answer)
    rows.execute("UPDATE changes SET change = ? WHERE number = ?", (_dump(change, job_id, key), number))


def _dump(change: Mapping[str, Any], job_id: str, part: str) -> str:
    """As JSON that a repair finds in the bytes of a damaged file, with all that its row has."""
    row = {"change": change, "job": job_id, "part": part}
    return json.dumps(row, default=lambda value: value.isoformat())
