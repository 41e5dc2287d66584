"""A snapshot's history as a file: its events as the server gave them, with the time in words."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from durastore_tui.config.files import create_file
from durastore_tui.core.tasks.model import as_time
from durastore_tui.core.tasks.snapshots import Event
from durastore_tui.services.export import Form

COLUMNS = ("time", "historyDate", "history")


def write_history(events: Sequence[Event], path: Path, form: Form) -> None:
    """Writes them newest first; raises BadInput for the file."""
    rows = [dict(zip(COLUMNS, (when(event), event.history_date, event.history), strict=True)) for event in events]
    if form is Form.CSV:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        create_file(path, text.getvalue())
    elif form is Form.JSON:
        create_file(path, json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        create_file(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def when(event: Event) -> str | None:
    """The event's moment in UTC, as ISO 8601 writes it."""
    at = as_time(event.history_date)
    return at.isoformat(timespec="seconds") if at else None
