"""`N` and `O`: a snapshot of a space, and what else only operators do. Each looks first, says what it saw, and looks
again before it sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.checks import email
from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.tasks import snapshots
from durastore_tui.core.tasks.model import Task
from durastore_tui.services import operator_tasks, preflight
from durastore_tui.services.changes.confirmation import Despite
from durastore_tui.services.changes.flow import Change
from durastore_tui.services.jobs.kinds.registry import KINDS
from durastore_tui.services.spaces import Spaces
from durastore_tui.tui.messages import Told
from durastore_tui.tui.screens.changes import Changes
from durastore_tui.tui.screens.create_sheet import CreateSheet, Source
from durastore_tui.tui.screens.operator_sheet import OperatorSheet
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.core.jobs import Job
    from durastore_tui.services.changes.preflight import Preflight
    from durastore_tui.services.reports import Reports
    from durastore_tui.services.session import Session

    Read = Callable[[], Awaitable[Preflight]]


class PreservationChanges(Changes):
    """On the space that the place is about, in the store that the place works on."""

    @property
    def reports(self) -> Reports:
        """Last night's figures of the place's store."""
        services = self.server.services
        assert services  # noqa: S101 (the guard looked before)
        return services.reports

    @property
    def own_email(self) -> str:
        """The login, where that is an address."""
        user = self.server.profile.user if self.server.profile else ""
        return "" if email(user) else user

    def snapshot(self) -> str | None:
        """The exact id of the snapshot that is meant, where there is one."""
        return self.place.snapshot

    def do_create_snapshot(self) -> None:
        if self.session:
            self._create_snapshot(self.session, self.subject())

    def do_operate(self) -> None:
        if self.session:
            self._operate(self.session, self.subject() or "", self.snapshot())

    @work(group="change", exit_on_error=False, description="create a snapshot")
    async def _create_snapshot(self, session: Session, subject: str | None) -> None:
        space = await self.which_space(subject)
        if not space:
            return
        reports = self.reports
        try:
            properties = await Spaces(session).properties_of(space)
            await reports.read_night()
        except DuraStoreError as error:
            self.post_message(Told(f"{space}: {sentence(error)}", "error", stays=True))
            return
        source = Source(space, session.store, properties, reports.of(space))
        if choice := await self.app.push_screen_wait(CreateSheet(source, self.own_email)):
            description, address = choice

            async def read() -> Preflight:
                return await preflight.create(session, space, description, address, reports)

            await self.change(session, snapshots.CREATE, "Create", space, read)

    async def which_space(self, subject: str | None) -> str | None:
        """The space to take a snapshot of."""
        return subject

    @work(group="change", exit_on_error=False, description="run an operator's task")
    async def _operate(self, session: Session, space: str, snapshot: str | None) -> None:
        choice = await self.app.push_screen_wait(OperatorSheet(space, snapshot))
        if choice is None:
            return
        task, meant, days = choice

        async def read() -> Preflight:
            if days is not None:
                return await operator_tasks.of_restore(session, meant, days)
            return await operator_tasks.of_snapshot(session, task, meant)

        await self.change(session, task, "Run it", meant, read)

    async def change(self, session: Session, task: Task, verb: str, subject: str, read: Read) -> None:
        """Sends it once it was confirmed, also in spite of a predicted failure, and says what came of it."""
        change = Change(task, read)
        if job := await self.carry_out(change, verb, subject, session=session, despite=Despite.PREDICTIONS):
            self.post_message(Told(_told(job), job=job.id, is_news=True))


def _told(job: Job) -> str:
    """What became of it; of a one-shot task the answer too, which is all that is known of it for now."""
    answer = " ".join(job.answer().split()) if KINDS[job.kind].shows_reply else ""
    return f"{job.words} Reply: {answer}" if answer else job.words
