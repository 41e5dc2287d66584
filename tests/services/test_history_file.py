"""A history as a file, in each form, whatever the events say."""

import csv
import io
import json
from pathlib import Path

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import EpochMs
from durastore_tui.core.tasks.snapshots import Event
from durastore_tui.services.export import Form
from durastore_tui.services.history_file import write_history

EVENTS = (Event(EpochMs(1_795_521_600_000), '[{"a":"O\'Brien"},\n"x"]'), Event(None, ""), Event(None, None))


def test_csv_keeps_lines_and_quotes_inside_its_cells(tmp_path: Path) -> None:
    write_history(EVENTS, tmp_path / "h.csv", Form.CSV)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "h.csv").read_bytes().decode(), newline="")))
    assert [row["history"] for row in rows] == [EVENTS[0].history, "", ""]
    assert rows[0]["time"] == "2026-11-24T12:00:00+00:00"


@pytest.mark.parametrize("form", [Form.JSON, Form.JSONL])
def test_json_tells_an_empty_event_from_none(tmp_path: Path, form: Form) -> None:
    write_history(EVENTS, tmp_path / "h", form)
    text = (tmp_path / "h").read_text()
    rows = json.loads(text) if form is Form.JSON else [json.loads(line) for line in text.splitlines()]
    assert [row["history"] for row in rows] == [EVENTS[0].history, "", None]
    assert rows[0]["historyDate"] == 1_795_521_600_000


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "h").write_text("mine")
    with pytest.raises(BadInput, match="is there already"):
        write_history(EVENTS, tmp_path / "h", Form.CSV)
    assert (tmp_path / "h").read_text() == "mine"
