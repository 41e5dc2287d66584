"""What a row and a panel say of one task of one store, and of what it answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.glyphs import MARKS, Shade, badge
from durastore_tui.core.redact import redact
from durastore_tui.core.tasks.model import Tier, Value
from durastore_tui.services.capabilities import Standing
from durastore_tui.services.task_list import Entry
from durastore_tui.tui.actions import key
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words
from durastore_tui.tui.wording import on_clock, sentence

if TYPE_CHECKING:
    from durastore_tui.api.tasks import TaskReply
    from durastore_tui.core.jobs import Job
    from durastore_tui.services.capabilities import Lesson

COLUMNS = (
    Column("task", "TASK", 22, is_id=True),
    Column("store", "STORE", 6, 22, drop=2),
    Column("standing", "STANDING", 13, 13),
    Column("role", "ROLE", 5, 5, drop=1),
    Column("risk", "RISK", 7, 7),
)
RISK: dict[Tier, Shade] = {Tier.LOOK: "dim", Tier.CHANGE: "", Tier.DANGER: "bad"}
GLYPHS = {
    Standing.ALLOWED: "confirmed",
    Standing.NEEDS_ROLE: "forbidden",
    Standing.NOT_OFFERED: "off",
    Standing.UNKNOWN: "unknown",
}
MOST_SHOWN = 4000
"""Characters of a reply on the screen; the whole of it can be copied."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in; `values` is None for a body that was typed as it is."""

    body: bytes
    values: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run from here and what came of it; UTC. `whole` is the answer to a job whose journal holds less."""

    filled: Filled
    at: datetime
    reply: TaskReply | None = None
    error: DuraStoreError | None = None
    job: Job | None = None
    whole: str | None = field(default=None, repr=False)

    @property
    def answer(self) -> str:
        """What the server said, as it came; empty when nothing did."""
        if self.reply:
            return self.reply.text
        return self.whole or (self.job.answer() if self.job else "")


def row(entry: Entry, standing: Standing) -> Row:
    """One line of the list."""
    task, glyph = entry.task, GLYPHS[standing]
    return Row(
        entry.key,
        (
            Cell(task.name),
            Cell(f"{entry.store.id} {entry.store.type}" if entry.store else "none", "dim"),
            Cell(badge(glyph, standing), MARKS[glyph].shade, list(GLYPHS).index(standing)),
            Cell(task.role.name if entry.known else "?", "dim", task.role),
            Cell(task.tier.name.lower(), RISK[task.tier], task.tier),
        ),
    )


def blocks(entry: Entry, standing: Standing, because: str) -> Iterator[Block]:
    """What is declared of it, and how it stands with this login."""
    task, glyph = entry.task, GLYPHS[standing]
    yield Words(task.help)
    yield Heading("Standing")
    yield Words(badge(glyph, standing), MARKS[glyph].shade)
    yield Words(because, "dim")
    yield Heading("Task")
    if entry.known:
        yield Fact("least role", task.role.name)
    yield Fact("risk", task.tier.name.lower(), RISK[task.tier])
    yield from (Fact(label, text) for label, text in _said(entry) if text)
    if task.params:
        yield Heading("Parameters")
        yield from (Fact(param.name, param.help + ("" if param.required else " (optional)")) for param in task.params)


def _said(entry: Entry) -> tuple[tuple[str, str], ...]:
    task = entry.task
    if not entry.known:
        return (("now", task.now),)
    until = f" until {task.until}" if task.until else ""
    texts = (("now", task.now), ("later", task.later), ("undo", task.undo))
    worded = tuple((label, task.worded(text, {})) for label, text in texts)
    return (*worded, ("body", task.body.value), ("servers", f"{task.since}{until}"))


def run_blocks(run: Run) -> Iterator[Block]:
    """What was sent, and the answer: read, and as it came. Tokens are masked; copying has them."""
    yield Heading("Last run from here")
    yield Fact("at", on_clock(run.at))
    if sent := run.filled.body.decode():
        yield Fact("body", redact(sent), exact=True)
    if run.error:
        yield Words(sentence(run.error), "bad", exact=True)
    if run.job:
        yield Fact("job", f"{run.job.id}, {badge(run.job.state)}", MARKS[run.job.state].shade)
        yield Words(run.job.words)
    if run.reply:
        yield from _read(run.reply.value)
    if run.reply or run.job:
        yield Heading("The answer as it came")
        for line in redact(run.answer[:MOST_SHOWN]).splitlines() or ["nothing"]:
            yield Words(line, "dim", exact=True)
        if (more := len(run.answer) - MOST_SHOWN) > 0:
            yield Words(f"{more:,} more characters; {key('copy_reply')} copies everything.", "dim")


def lessons(taught: Iterable[Lesson]) -> Iterator[Block]:
    """What the answers so far say of this login's role."""
    yield Heading("What answers taught of this login")
    words = [str(lesson) for lesson in taught]
    yield from (Words(each, "dim") for each in words or ["Nothing yet: no task of a role was run."])


def _read(value: object | None) -> Iterator[Block]:
    if value is None or not is_dataclass(value):
        return
    yield Heading("The answer as it is read")
    for each in fields(value):
        held = getattr(value, each.name)
        if held is not None:
            words = f"{len(held):,}" if isinstance(held, tuple | list | dict) else redact(str(held))
            yield Fact(each.name.replace("_", " "), words, exact=True)
