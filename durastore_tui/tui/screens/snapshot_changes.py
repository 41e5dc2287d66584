"""What is done with one snapshot: restart, restore, follow; and the pages about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.resource import Ready, Stale
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.services import preflight
from durastore_tui.services.following import of_restore, of_snapshot
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.preservation_changes import PreservationChanges
from durastore_tui.tui.screens.prompt import Prompt
from durastore_tui.tui.screens.restore_sheet import RestoreSheet
from durastore_tui.tui.screens.snapshot_place import SnapshotPlace
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.reports import Reports
    from durastore_tui.services.session import Session

PAGE = "snapshot"


class SnapshotChanges(SnapshotPlace, PreservationChanges):
    """On the snapshot that the place is about; the id is taken when the key is pressed."""

    def subject(self) -> str | None:
        """The space that it was taken of."""
        match self.detail(self.snapshot() or ""):
            case Ready(detail, _) | Stale(detail, _) if detail.source_space_id:
                return detail.source_space_id
        parts = taken_apart(self.snapshot() or "")
        return parts.space if parts else None

    @property
    def reports(self) -> Reports:
        held = self.held_snapshots
        return held.reports if held else super().reports

    async def which_space(self, subject: str | None) -> str | None:
        return await self.app.push_screen_wait(Prompt("space", subject or "", "to take a new snapshot of"))

    # Pages

    def _go(self, screen: str) -> None:
        if snapshot := self.snapshot():
            self.server.places.go(self._page(snapshot).child(screen))

    def _page(self, snapshot: str) -> Place:
        """The snapshot's own place, that the others open from."""
        here = self.place
        if here.screen == PAGE:
            return here
        return here.parent if here.parent and here.snapshot else here.child(PAGE, snapshot=snapshot)

    def do_snapshot_history(self) -> None:
        self._go("snapshot_history")

    def do_restores(self) -> None:
        self._go("restores")

    # Changes

    def do_restart(self) -> None:
        if (snapshot := self.snapshot()) and (session := self.session):
            self._restart(session, snapshot)

    @work(group="change", exit_on_error=False, description="restart a snapshot")
    async def _restart(self, session: Session, snapshot: str) -> None:
        await self.change(session, snapshots.RESTART, "Restart", snapshot, lambda: preflight.restart(session, snapshot))

    def do_restore(self) -> None:
        if (snapshot := self.snapshot()) and (session := self.session):
            self._restore(session, snapshot)

    @work(group="change", exit_on_error=False, description="restore a snapshot")
    async def _restore(self, session: Session, snapshot: str) -> None:
        standing = session.capabilities.standing(session.store.id, restores.START)
        choice = await self.app.push_screen_wait(RestoreSheet(snapshot, standing, self.own_email))
        if choice is None:
            return
        task, address = choice
        starts = task is restores.START
        read = preflight.start_restore if starts else preflight.request_restore
        verb = "Restore" if starts else "Ask"
        await self.change(session, task, verb, snapshot, lambda: read(session, snapshot, address))

    def do_follow(self) -> None:
        if (snapshot := self.snapshot()) and (session := self.session):
            self._follow(session, snapshot)

    @work(group="change", exit_on_error=False, description="follow a snapshot")
    async def _follow(self, session: Session, snapshot: str) -> None:
        held, services = self.held_snapshots, self.server.services
        if held is None or services is None:
            return
        try:
            order = of_snapshot(session, await held.detail(snapshot))
            if order is None and (restore := await held.restore_of(snapshot)):
                order = of_restore(session, restore)
            if order is None:
                self.post_message(Told(f"{snapshot} is complete, and nothing of it is restored."))
                return
            job = await services.jobs.submit(order)
        except BadInput as wrong:
            self.post_message(Told(wrong.sentence, "warning"))
        except DuraStoreError as error:
            self.post_message(Told(f"{snapshot}: {sentence(error)}", "error"))
        else:
            self.post_message(Told(f"{job.target}: its {job.kind} is followed from here.", job=job.id, is_news=True))
