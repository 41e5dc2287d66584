"""Toasts: one for a message, and one alone for the many jobs that end alike, which counts them."""

from __future__ import annotations

from textual.notifications import Notification, Notifications
from textual.widgets._toast import ToastRack

from durastore_tui.core.jobs import Job, JobKind
from durastore_tui.core.text import safe
from durastore_tui.tui.keys.keys_in_turn import KeysInTurn
from durastore_tui.tui.messages import Told
from durastore_tui.tui.widgets.modal import Modal

SHORT, STAYS = 6.0, 24 * 3600.0


def alike(job: Job) -> str:
    """The common end of many retrievals, which share one notification: "retrievals in masters-audio confirmed"."""
    return f"retrievals in {job.space} {job.state.word}" if job.kind is JobKind.RETRIEVAL else ""


class Toasts(KeysInTurn):
    """The app's share of it."""

    def __init__(self) -> None:
        super().__init__()
        self._counted: dict[str, tuple[Notification, int]] = {}

    def toast(self, told: Told) -> bool:
        """Shows it; True when it is a toast of its own, False when it was counted in one that still stands."""
        standing, count = self._counted.get(told.alike, (None, 0))
        counts = standing is not None and standing in self._notifications
        if standing and counts:
            self._unnotify(standing, refresh=False)
        count = count + 1 if counts else 1
        text = f"{count:,} {told.alike}. The newest: {told.text}" if counts else told.text
        stays = STAYS if told.stays else SHORT
        toast = Notification(safe(text), severity=told.severity, timeout=stays, markup=False)
        if told.alike:
            self._counted[told.alike] = (toast, count)
        self._notifications.add(toast)
        self._refresh_notifications()
        return not counts

    def _refresh_notifications(self) -> None:
        """A sheet has its keys where toasts stand: it shows what is said while it is open, but for what stays until it
        is put away, which waits until the sheet is closed."""
        sheet = self.screen if self.screen_stack else None
        if not isinstance(sheet, Modal):
            super()._refresh_notifications()
            return
        passing = Notifications()
        for toast in self._notifications:
            if toast.timeout < STAYS and toast.raised_at >= sheet.opened_at:
                passing.add(toast)
        for rack in sheet.query_children(ToastRack):
            rack.show(passing)
