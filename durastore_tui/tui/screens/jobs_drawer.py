"""The jobs as their screen orders them, a few lines each: what was sent, and what became of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from textual.app import ComposeResult

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.job_summary import describe_change, subject
from durastore_tui.core.jobs import Job
from durastore_tui.tui.details.job_facts import in_order
from durastore_tui.tui.widgets.drawer import Drawer
from durastore_tui.tui.widgets.facts import Block, Fact, Facts, Words
from durastore_tui.tui.wording import ago

SHOWN = 20


class JobsDrawer(Drawer):
    """Of every server."""

    kind = "jobs"

    def __init__(self, jobs: Sequence[Job], now: datetime) -> None:
        super().__init__()
        self._blocks = tuple(_blocks(jobs, now))

    def compose(self) -> ComposeResult:
        yield Facts(self._blocks)

    def show(self, jobs: Sequence[Job], now: datetime) -> None:
        """Draws the first of them."""
        self._blocks = tuple(_blocks(jobs, now))
        for facts in self.query(Facts):
            facts.show(self._blocks)


def _blocks(jobs: Sequence[Job], now: datetime) -> Iterator[Block]:
    if not jobs:
        yield Words("No job was ever sent from here.", "dim")
    for job in in_order(jobs)[:SHOWN]:
        heading = f"{subject(job)} · {describe_change(job)} · {job.profile} · {ago(job.updated, now)}"
        yield Fact(badge(job.state), heading, MARKS[job.state].shade)
        yield Fact("", job.words, "dim")
