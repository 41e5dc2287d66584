"""What became of asking for many items: a row each, as the answers come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from textual.widget import Widget

from durastore_tui.core.errors import BadInput
from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.jobs import JobState
from durastore_tui.services.glacier import ItemResult, words
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.details.thaw_facts import readable
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.resource_table import ResourceTable
from durastore_tui.tui.widgets.sheet import Sheet

COLUMNS = (
    Column("item", "ITEM", 20, 36, is_id=True),
    Column("state", "STATE", 27, 27),
    Column("said", "WHAT WAS SAID", 10, drop=1),
)


class ThawSheet(Sheet[None]):
    """Fills by `add`. Closing it stops nothing."""

    AUTO_FOCUS = "#thaws"

    def __init__(self, space: str, count: int) -> None:
        super().__init__()
        self.space = space
        self.count = count
        self._asked: list[ItemResult] = []

    def heading(self) -> str:
        return f"Thaw {self.count:,} items"

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.space, "accent", exact=True),))
        yield Facts((Words("Each item is looked for, then asked for.", "dim"), Gap()), id="thaws-said")
        table = ResourceTable(empty="No answer yet.", id="thaws")
        table.set_columns(COLUMNS)
        yield table

    def cancel_word(self) -> str:
        return "Close"

    def keys(self) -> str:
        return "esc or q closes this; the job continues"

    def add(self, asked: ItemResult, now: datetime) -> None:
        """Takes one result in."""
        self._asked.append(asked)
        self.query_one("#thaws-said", Facts).show((Words(self._count_words(), "dim"), Gap()))
        self.query_one(ResourceTable).set_rows([_row(each, now) for each in self._asked])

    def _count_words(self) -> str:
        refused = sum(each.failed for each in self._asked)
        taken = f"{len(self._asked) - refused:,} of {self.count:,} under way"
        return f"{taken}, {refused:,} not" if refused else taken


def _row(asked: ItemResult, now: datetime) -> Row:
    job = asked.job
    if job is None or (job.state is JobState.REJECTED and job.refusal == BadInput.__name__):
        state = Cell(badge("failed", "not sent"), MARKS["failed"].shade)
    else:
        state = Cell(badge(job.state, readable(job, now) or job.state.word), MARKS[job.state].shade)
    return Row(asked.item, (Cell(asked.item), state, Cell(words(asked), "dim")))
