"""Jobs: what was sent from this machine and what became of it, over all servers: running, late, unknown, done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from textual.timer import Timer

from durastore_tui.core.glyphs import MARKS, badge
from durastore_tui.core.job_summary import describe_change, subject
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Ready
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.context import Target
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.details.job_facts import ORDER, group, in_order
from durastore_tui.tui.job_reads import copyables, drop_forgotten, find_job, order_of, requests_copy
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.job import blocks_of, check
from durastore_tui.tui.screens.table_screen import REST, TableContent, TableScreen
from durastore_tui.tui.widgets.bars import Crumbs
from durastore_tui.tui.widgets.facts import Block, Words
from durastore_tui.tui.wording import age

if TYPE_CHECKING:
    from durastore_tui.services.jobs.unreadable import UnreadableJob


class JobsScreen(TableScreen):
    """Its ids are those of the jobs; the journal is at hand, so that nothing is waited for."""

    scope = Scope.JOBS
    BINDINGS = bindings(Scope.JOBS)

    def __init__(self, place: Place) -> None:
        super().__init__(
            place,
            TableContent(
                one="job",
                many="jobs",
                empty="No job was ever sent from here.",
                columns=self.columns,
                row=self.row_of,
                detail=self.about_it,
                open=self.open_one,
                read_names=self.read_names,
                title=self.title_of,
            ),
        )
        self._jobs: dict[str, Job] = {}
        self._unreadable: dict[str, UnreadableJob] = {}
        self._arranging: Timer | None = None

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("state", "STATE", 13, 13),
            Column("job", "JOB", 15, 19),
            Column("about", "ABOUT", 18, is_id=True),
            Column("server", "SERVER", 9, 16, drop=2),
            Column("since", "SENT", 6, 6, right=True, drop=1),
        )

    def read_names(self) -> None:
        drop_forgotten(self.durastore, self.server)
        self._list_jobs()

    def _list_jobs(self) -> None:
        self._arranging = None
        runner = self.durastore.runner
        self._jobs = {job.id: job for job in in_order(self.durastore.jobs)}
        self._unreadable = {job.id: job for job in runner.unreadable()} if runner else {}
        self.table.empty_words = self._trouble() or self.content.empty
        self.names_read(Ready((*self._unreadable, *self._jobs), self.now))

    def row_of(self, name: str) -> Row | None:
        if unreadable := self._unreadable.get(name):
            return _row_of_unreadable(unreadable, self.now)
        job = self._jobs.get(name)
        if job is None:
            return None
        return Row(
            job.id,
            (
                Cell(badge(job.state), MARKS[job.state].shade, ORDER.index(group(job))),
                Cell(describe_change(job)),
                Cell(subject(job)),
                Cell(job.profile, "dim"),
                Cell(age(job.since, self.now), "dim", job.since),
            ),
        )

    def about_it(self, name: str) -> tuple[Block, ...]:
        if unreadable := self._unreadable.get(name):
            return (Words(unreadable.words, "warn"),)
        job = self._jobs.get(name)
        return blocks_of(self, job) if job else ()

    def title_of(self, name: str) -> str:
        job = self._jobs.get(name)
        return subject(job) if job else ""

    def coverage(self) -> Crumbs:
        counts = Counter(map(group, self._jobs.values()))
        seen = super().coverage()
        words = ", ".join(f"{counts[name]:,} {name}" for name in ORDER if counts[name])
        if self._unreadable:
            words = ", ".join(filter(None, (words, f"{len(self._unreadable):,} unreadable")))
        return Crumbs((), seen.filter, self._trouble() or words or "no jobs", sort=seen.sort)

    def _trouble(self) -> str:
        """What is wrong with the journal, or what keeps its jobs from being tracked; empty when nothing is."""
        runner = self.durastore.runner
        if runner is None or runner.trouble is None:
            return ""
        journal = runner.journal_trouble
        return journal.sentence if journal else f"jobs are not tracked now: {runner.trouble}"

    def job_changed(self, job: Job) -> None:
        """A row where it stands; a job that is new, or of another group now, moves, and then all are arranged anew."""
        super().job_changed(job)
        before = self._jobs.get(job.id)
        if before and group(before) == group(job):
            self._jobs[job.id] = job
            self.rows.draw_row(job.id)
        elif self._arranging is None:
            self._arranging = self.set_timer(REST, self._list_jobs)

    def on_screen_resume(self) -> None:
        if self.server.services:
            self.read_names()

    @property
    def job(self) -> Job | None:
        """The job under the cursor."""
        return find_job(self.durastore, self.table.cursor_key)

    def subject(self) -> str | None:
        return self.job.space if self.job else None

    def target(self) -> Target:
        return replace(super().target(), job=self.table.cursor_key)

    def reload(self) -> None:
        check(self)

    def copyables(self) -> Iterator[Copyable]:
        return copyables(self.job)

    def request_copy(self) -> Copyable | str:
        return requests_copy(self.session, self.job, order_of(self.server, self.job))

    def open_one(self, name: str) -> None:
        self.server.places.go(self.place.child("job", job=name))


def _row_of_unreadable(job: UnreadableJob, now: datetime) -> Row:
    return Row(
        job.id,
        (
            Cell("unreadable", "warn", -1),
            Cell(job.kind),
            Cell(job.target or job.space or job.what),
            Cell(job.profile, "dim"),
            Cell(age(job.since, now), "dim", job.since),
        ),
    )
