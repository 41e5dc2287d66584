"""One job on a page of its own: steps, evidence, requests, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult

from durastore_tui.core.job_summary import subject
from durastore_tui.core.jobs import Job
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.details.job_facts import job_blocks
from durastore_tui.tui.job_reads import check_now, copyables, find_job, order_of, requests_copy
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.widgets.facts import Block, Words
from durastore_tui.tui.widgets.inspector import Inspector


class JobScreen(PlaceScreen):
    """Everything of the job of this place."""

    scope = Scope.JOB
    BINDINGS = bindings(Scope.JOB)

    def body(self) -> ComposeResult:
        yield Inspector(id="list")

    @property
    def job(self) -> Job | None:
        """The job, as long as the journal has it."""
        return find_job(self.durastore, self.place.job)

    def subject(self) -> str | None:
        return self.job.space if self.job else None

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
        job = self.job
        blocks = blocks_of(self, job) if job else (Words("The journal has no such job any more.", "dim"),)
        self.query_one("#list", Inspector).show(subject(job) if job else "", blocks)

    def read_again(self) -> None:
        """Leaves the page of a job that is gone."""
        if self.job is None:
            self.server.places.up()

    def reload(self) -> None:
        check(self)

    def open_cursor(self) -> None:
        """The space that the job is about, where it is one of a store in view, here or at another server."""
        job, services = self.job, self.server.services
        if job is None or services is None:
            return
        session = services.session
        if (job.profile, job.store) == (session.profile.name, session.store.id):
            self.server.places.go(Place("space", job.space, parent=self.place))
        elif (there := self.durastore.connections.of_profile(job.profile)) and there.shows_store(job.store):
            self.durastore.connections.show_server(there)
            there.places.go(Place("space", job.space, parent=Place("spaces")))
        else:
            self.post_message(Told(f"{job.space} is in store {job.store} of {job.profile}; we are elsewhere."))

    def copyables(self) -> Iterator[Copyable]:
        return copyables(self.job)

    def request_copy(self) -> Copyable | str:
        return requests_copy(self.session, self.job, order_of(self.server, self.job))


def blocks_of(place: PlaceScreen, job: Job) -> tuple[Block, ...]:
    """Everything that a place of jobs says of one."""
    tracked = place.durastore.connections.follows(job.profile)
    return job_blocks(job, order_of(place.server, job), place.lines.next_keys, place.now, tracked)


def check(place: PlaceScreen) -> None:
    """Start to check the job of a place before its time; reads the place again where there is none."""
    target = place.target()
    if find_job(place.durastore, target.job):
        reading = check_now(place.durastore, target)
        place.run_worker(reading, group="look", exclusive=True, exit_on_error=False, description="look at a job")
    else:
        place.read(again=True)
