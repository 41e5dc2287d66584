"""What can be done with a job: open what it is about, look now, stop tracking, halt a run, save dead links."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.job_summary import describe_change, subject
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.services.changes.plan import curl_of
from durastore_tui.services.dead_links import save, why_none
from durastore_tui.services.jobs.forgetting import risk_of_forgetting
from durastore_tui.services.jobs.requests import writes
from durastore_tui.tui.actions import NOT_CONNECTED, Action, keyed
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.facts.job_facts import job_blocks
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.ask_sheet import AskSheet, Question
from durastore_tui.tui.screens.continuing import Continuing
from durastore_tui.tui.screens.prompt import Prompt
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.jobs.order import Order
    from durastore_tui.services.jobs.unreadable import UnreadableJob

PLAYLISTS = "*.m3u8"


class JobActions(Continuing):
    """Subclasses name the job."""

    @abstractmethod
    def job_id(self) -> str | None:
        """The one that is meant."""

    @abstractmethod
    def journal_read(self) -> None:
        """Jobs may be gone."""

    def drop_forgotten(self) -> None:
        """Takes out what was forgotten, here or elsewhere."""
        app = self.durastore
        if services := self.server.services:
            held = {job.id for job in services.jobs.all()}
            app.jobs = tuple(job for job in app.jobs if job.id in held)

    def held(self) -> Job | None:
        """The job as it was last told."""
        return next((job for job in self.durastore.jobs if job.id == self.job_id()), None)

    def paused_job(self) -> Job | None:
        return self.held()

    def subject(self) -> str | None:
        job = self.held()
        return job.space if job else None

    def _order(self, job: Job) -> Order | None:
        services = self.server.services
        return services.jobs.order(job.id) if services else None

    def blocks(self, job: Job) -> tuple[Block, ...]:
        """Everything of it."""
        followed = self.durastore.follows(job.profile)
        return job_blocks(job, self._order(job), tuple(self.next_keys()), self.now, followed)

    def why_not(self, action: Action) -> str | None:
        job, services = self.held(), self.server.services
        if action.id not in ("forget", "halt", "abandon", "dead_links"):
            return super().why_not(action)
        if services is None:
            return keyed(NOT_CONNECTED)
        if action.id == "forget" and self._unreadable_job():
            return None
        if job is None:
            return "There is no job here."
        if action.id == "abandon" and job.state is not JobState.PAUSED:
            return "Only a paused job can be abandoned."
        if action.id == "halt" and not (job.parts and services.jobs.sends(job.id)):
            return "Only a run over several targets can be halted, while this program sends it."
        if action.id == "dead_links":
            return why_none(services.session, job, self._order(job))
        return None

    def copyables(self) -> Iterator[Copyable]:
        if job := self.held():
            yield Copyable("y", "the job id", job.id)
            yield Copyable("w", "what became of it", job.words)

    def request_copy(self) -> Copyable | str:
        """What was sent, as the journal has it: nothing goes out."""
        job, session = self.held(), self.session
        order = self._order(job) if job else None
        if job is None or order is None or session is None or job.profile != session.profile.name:
            return "Requests are available only for jobs of the connected profile."
        lines = [curl_of(session, request.task, request.values, job.store) for request in writes(order)]
        if not lines:
            return "This job only tracks: it sent nothing."
        return Copyable("c", "the job's requests as curl", "\n".join(lines), "\n")

    def open_space(self) -> None:
        """The space that the job is about, where it is one of a store in view, here or at another server."""
        job, services = self.held(), self.server.services
        if job is None or services is None:
            return
        session = services.session
        if (job.profile, job.store) == (session.profile.name, session.store.id):
            self.server.places.go(Place("space", job.space, parent=self.place))
        elif (there := self.durastore.held(job.profile)) and there.shows_store(job.store):
            self.durastore.show_server(there)
            there.places.go(Place("space", job.space, parent=Place("spaces")))
        else:
            self.post_message(Told(f"{job.space} is in store {job.store} of {job.profile}; we are elsewhere."))

    # A look now

    def reload(self) -> None:
        if job := self.held():
            self._look(job.id)
        else:
            super().reload()

    @work(group="look", exclusive=True, exit_on_error=False, description="look at a job")
    async def _look(self, job_id: str) -> None:
        if services := self.server.services:
            with suppress(KeyError):  # forgotten meanwhile
                await services.jobs.look(job_id)
            self.drop_forgotten()
            self.journal_read()

    # Forget and halt

    def do_forget(self) -> None:
        if job := self.held():
            self._forget(job, f"{describe_change(job)} of {subject(job)}, {job.state.word}")
        elif strange := self._unreadable_job():
            self._forget(strange, f"{strange.kind} of {strange.target or strange.space}, {strange.what}")

    def _unreadable_job(self) -> UnreadableJob | None:
        services = self.server.services
        rows = services.jobs.unreadable() if services else ()
        return next((job for job in rows if job.id == self.job_id()), None)

    @work(group="forget", exit_on_error=False, description="stop tracking a job")
    async def _forget(self, job: Job | UnreadableJob, about: str) -> None:
        services = self.server.services
        question = Question(
            "Stop tracking this job",
            about,
            f"The job is removed from the list. Nothing changes on the server. {risk_of_forgetting(job)}".rstrip(),
            "Stop tracking",
        )
        if services is None or not await self.app.push_screen_wait(AskSheet(question)):
            return
        try:
            services.jobs.forget(job.id)
        except BadInput as wrong:
            self.post_message(Told(f"Still tracked: {wrong.sentence}", "warning"))
        self.drop_forgotten()
        self.journal_read()

    def do_abandon(self) -> None:
        if job := self.held():
            self._abandon(job)

    @work(group="forget", exit_on_error=False, description="abandon a paused run")
    async def _abandon(self, job: Job) -> None:
        services = self.server.services
        question = Question(
            "Abandon this run",
            f"{describe_change(job)}: {subject(job)}",
            f"{job.unsent:,} unsent {'part is' if job.unsent == 1 else 'parts are'} dropped. What was sent stays as it"
            " is. The job stays in the list.",
            "Abandon",
        )
        if services is None or not await self.app.push_screen_wait(AskSheet(question)):
            return
        try:
            services.jobs.abandon(job.id, services.session.profile.name, services.session.profile.user)
        except BadInput as wrong:
            self.post_message(Told(f"Not abandoned: {wrong.sentence}", "warning"))
        self.journal_read()

    def do_halt(self) -> None:
        if job := self.held():
            self._halt(job)

    @work(group="forget", exit_on_error=False, description="halt a run")
    async def _halt(self, job: Job) -> None:
        waiting = sum(part.state is None for part in job.parts)
        question = Question(
            "Halt this run",
            f"{describe_change(job)} of {subject(job)}",
            f"The request that is on its way is still answered. {waiting:,} are not sent; what was sent stays.",
            "Halt",
        )
        services = self.server.services
        agreed = await self.app.push_screen_wait(AskSheet(question))
        if services and agreed:
            services.jobs.halt(job.id)

    # Dead links

    def do_dead_links(self) -> None:
        if job := self.held():
            self._save_dead_links(job)

    @work(group="dead links", exclusive=True, exit_on_error=False, description="save the list of dead links")
    async def _save_dead_links(self, job: Job) -> None:
        services, order = self.server.services, self._order(job)
        glob = await self.app.push_screen_wait(Prompt("items", PLAYLISTS, "* is any text"))
        if services is None or order is None or not glob:
            return
        hint = "CSV: item, old URL, new URL"
        path = await self.app.push_screen_wait(Prompt("write to", f"{job.space}-dead-links.csv", hint))
        if not path:
            return
        file = await asyncio.to_thread(Path(path).expanduser)
        try:
            count = await save(services.session, job, order, glob, file)
        except (BadInput, DuraStoreError) as error:
            self.post_message(Told(f"No list of dead links: {sentence(error)}", "warning", stays=True))
        else:
            self.post_message(Told(f"{count:,} dead links written to {file}, for nobody but you to read.", stays=True))
