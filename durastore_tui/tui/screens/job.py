"""One job on a page of its own: steps, evidence, requests, and what to do."""

from __future__ import annotations

from textual.app import ComposeResult

from durastore_tui.core.job_summary import subject
from durastore_tui.core.jobs import Job
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.screens.job_actions import JobActions
from durastore_tui.tui.widgets.facts import Words
from durastore_tui.tui.widgets.inspector import Inspector


class JobScreen(JobActions):
    """Everything of the job of this place."""

    scope = Scope.JOB
    BINDINGS = bindings(Scope.JOB)

    def body(self) -> ComposeResult:
        yield Inspector(id="list")

    def job_id(self) -> str | None:
        return self.place.job

    def on_mount(self) -> None:
        self._draw_job()

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.id == self.place.job:
            self._draw_job()

    def tick(self) -> None:
        super().tick()
        self._draw_job()

    def _draw_job(self) -> None:
        job = self.held()
        blocks = self.blocks(job) if job else (Words("The journal has no such job any more.", "dim"),)
        self.query_one("#list", Inspector).show(subject(job) if job else "", blocks)

    def journal_read(self) -> None:
        if self.held() is None:
            self.server.places.up()

    def open_cursor(self) -> None:
        self.open_space()
