"""Toasts: one for a message, one for each job, and one alone for the many jobs that end alike, which counts them."""

from __future__ import annotations

from textual.notifications import Notification, Notifications
from textual.widgets._toast import ToastRack

from durastore_tui.core.text import safe
from durastore_tui.tui.messages import Told
from durastore_tui.tui.terminal.keys_in_turn import KeysInTurn
from durastore_tui.tui.widgets.modal import Modal

SHORT, STAYS = 6.0, 24 * 3600.0


class Toasts(KeysInTurn):
    """Shows toasts: at most one for each job, replaced when there is news of the job."""

    def __init__(self) -> None:
        super().__init__()
        self._of_jobs: dict[str, tuple[Notification, dict[str, Told]]] = {}
        """The toasts with news of jobs: by the words that jobs share or by the job's ID, each with its news by job."""

    def toast(self, told: Told) -> bool:
        """Shows it; True when it is a toast of its own, False when it was counted in one that still stands."""
        if not (told.is_news and told.job):
            self._add(told.text, told)
            return True
        if not told.stays and self._has_lasting_news(told.job):
            return False
        self.drop_news(told.job)
        key = told.alike or told.job
        return self._show_news(key, {**self._take(key), told.job: told})

    def drop_news(self, job_id: str) -> None:
        """Takes away what was said of the job, which does not hold any more."""
        for key in [key for key, (_, news) in self._of_jobs.items() if job_id in news]:
            left = {each: told for each, told in self._take(key).items() if each != job_id}
            if left:
                self._show_news(key, left)
            else:
                self._refresh_notifications()

    def _has_lasting_news(self, job_id: str) -> bool:
        """Whether a toast that stays tells of this job: the answer to its first request may be told after its end."""
        return any(toast.timeout == STAYS and job_id in news for toast, news in self._of_jobs.values())

    def _take(self, key: str) -> dict[str, Told]:
        """Takes the toast of this key away, and gives its news by job; none if the person put it away before."""
        toast, news = self._of_jobs.pop(key, (None, {}))
        if toast is None or toast not in self._notifications:
            return {}
        self._unnotify(toast, refresh=False)
        return news

    def _show_news(self, key: str, news: dict[str, Told]) -> bool:
        newest = list(news.values())[-1]
        counts = len(news) > 1
        text = f"{len(news):,} {newest.alike}. The newest: {newest.text}" if counts else newest.text
        self._of_jobs[key] = (self._add(text, newest), news)
        return not counts

    def _add(self, text: str, told: Told) -> Notification:
        stays = STAYS if told.stays else SHORT
        toast = Notification(safe(text), severity=told.severity, timeout=stays, markup=False)
        self._notifications.add(toast)
        self._refresh_notifications()
        return toast

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
