"""The app: one history of places, one list of actions, and a server that may come and go."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on, work
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import ModalScreen, Screen
from textual.signal import Signal
from textual.worker import Worker, WorkerState

from durastore_tui.core.errors import BadInput
from durastore_tui.core.glyphs import sign
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.core.text import safe
from durastore_tui.tui import messages
from durastore_tui.tui.actions import key
from durastore_tui.tui.context import AppContext, Severity
from durastore_tui.tui.messages import Note, Told
from durastore_tui.tui.routes import screen_class
from durastore_tui.tui.screens.frame import FrameScreen
from durastore_tui.tui.servers import resume
from durastore_tui.tui.servers.connections import Connections, server_of
from durastore_tui.tui.start import Found, Start
from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.terminal.keyboard import Keyboard, has_title
from durastore_tui.tui.terminal.lifecycle import LifecycleApp, end_on_signals, sender_of
from durastore_tui.tui.terminal.picture import Sparing
from durastore_tui.tui.terminal.toasts import Toasts
from durastore_tui.tui.themes import DARK, THEMES
from durastore_tui.tui.visits import Visits

if TYPE_CHECKING:
    from durastore_tui.tui.widgets.sheet import Sheet

__all__ = ["DurastoreApp", "Found", "Start"]

QUESTIONS = {"commands": "What is to be done?", "stores": "Which store?", "profiles": "Which server?"}
AGAIN_WITHIN = timedelta(seconds=3)
WELL = (JobState.CONFIRMED, JobState.UNVERIFIED, JobState.ACCEPTED, JobState.IN_PROGRESS)


class DurastoreApp(LifecycleApp, Toasts, AppContext, Sparing):
    """Paints first and connects after; never ends because a server failed. Exit code: `return_code`."""

    TITLE = "durastore-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / "theme.tcss", STYLES / "shell.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "suspend_process", show=False)]
    ENABLE_COMMAND_PALETTE = False  # ours is an action like the others, and no key of its own takes one of theirs

    connections: Connections

    def __init__(self, start: Start) -> None:
        self.jobs: tuple[Job, ...] = ()
        self.told_job: str | None = None
        self.drawer = ""
        self.frozen = False
        self.notes: list[Note] = []
        self.refused_logins: set[str] = set()
        self.sought_logins: set[str] = set()
        self._leaving = False
        self._interrupted: datetime | None = None
        super().__init__()
        self.start = start
        self.visits = start.visits or Visits()
        self.runner, self.accounts = None, None
        self.connections = Connections(self, lambda place: screen_class(place.screen)(place))
        self.server = self.connections.first_server()
        self.servers = [self.server]
        self.job_news: Signal[Job] = Signal(self, "job")
        for theme in THEMES:
            self.register_theme(theme)
        # not by assignment, which would have every style parsed twice before the first paint
        self.set_reactive(DurastoreApp.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())
        if (chosen := os.environ.get("TEXTUAL_THEME", "")) in self.available_themes:
            self.theme = chosen

    # Beginning and end

    def get_default_screen(self) -> Screen[None]:
        return FrameScreen(self.server, self.start.root)

    def get_driver_class(self) -> type[Driver]:
        stock = super().get_driver_class()
        return Keyboard if stock is LinuxDriver else stock

    def on_mount(self) -> None:
        if not self.is_headless:
            end_on_signals(self)
        self.entitle("")
        self.app_resume_signal.subscribe(self, lambda _: self.entitle(""))
        self.hold_keys()
        self.call_after_refresh(self.open_first_place)
        self.set_interval(resume.KEEP_EVERY, lambda: resume.keep_up(self))

    def open_first_place(self) -> None:
        """Load and show the place of the start: the frame is painted. Keys that were typed meanwhile go there."""
        from durastore_tui.tui.commands.key_file import take_own_keys

        self.places.come_into_view()
        self.call_later(take_own_keys, self)
        self.call_later(self.admit_keys)  # not after a refresh, which never comes if another server's place is shown
        self.call_after_refresh(self.connections.connect)

    async def on_unmount(self) -> None:
        await self.connections.close_all()

    def leave(self) -> None:
        """Ends the app; asks once more while a write has no answer yet."""
        if not self._leaving and any(
            job.state is JobState.SENT and self.connections.of_profile(job.profile) for job in self.jobs
        ):
            self._leaving = True
            self.post_message(
                Told(f"A write is on its way, and in the journal; {key('quit')} again leaves all the same.", "warning")
            )
        else:
            self.exit()

    def entitle(self, news: str) -> None:
        """Sets the terminal's title: where we are, and the newest end of a job."""
        if not self.is_headless and has_title():
            words = f" {sign('dot')} ".join(filter(None, (news, self.profile.name if self.profile else "", self.TITLE)))
            self.write_to_terminal(f"\x1b]2;{safe(words)}\x07")

    def exit(self, *words: Any, **more: Any) -> None:
        """Every way out leads here, a signal's too: where the person is now is kept for the next time."""
        ending = self.is_ending
        super().exit(*words, **more)
        if not ending:
            resume.remember(self.server)
            self.visits.save()

    def push_screen(self, screen: Any, *words: Any, **more: Any) -> Any:
        """Let no dialog of a server out of view lie over another one: its worker ends."""
        if isinstance(screen, ModalScreen) and not self.connections.may_ask():
            raise asyncio.CancelledError
        return super().push_screen(screen, *words, **more)

    # News

    @on(messages.LoginWanted)
    @on(messages.ConnectFailed)
    @on(messages.Connected)
    @on(messages.StoreChosen)
    @on(messages.Asked)
    async def _connection_changed(self, event: messages.ConnectionEvent) -> None:
        await self.connections.take(event)

    @on(messages.JobChanged)
    def _job_changed(self, event: messages.JobChanged) -> None:
        job = event.job
        before = next((old for old in self.jobs if old.id == job.id), None)
        others = (old for old in self.jobs if old.id != job.id)
        self.jobs = tuple(sorted((job, *others), key=lambda one: one.since, reverse=True))
        self.job_news.publish(job)
        if job.open and job.profile not in self.sought_logins and not self.connections.follows(job.profile):
            self.connections.follow_other_logins(
                self.services
            )  # another process began it, on a server that nobody was on yet
        from durastore_tui.tui.details.job_facts import alike, news_of

        if not self.connections.follows(job.profile):
            return
        if news := news_of(before, job):
            severity: Severity = "information" if job.state in WELL else "warning"
            words = f"{news}. {job.words}"
            told = Told(words, severity, True, job.id, alike(job), job.profile, is_news=True)
            if self._told(told):
                self.bell()
            self.entitle(news if job.profile == self.server.name else f"{job.profile}: {news}")
        elif before and before.state is not job.state:
            self.drop_news(job.id)

    @on(Told)
    def _told(self, event: Told) -> bool:
        """True when it is new to the person. What is about a server out of view names it; news of the job whose page is
        in view is on that page, and a notification would cover it."""
        sender = server_of(sender_of(event))
        about = event.profile or (sender.name if sender else "")
        self.add_note(event.text, event.severity, about)
        self.told_job = event.job
        if about and about != self.server.name:
            event.text = f"{about}: {event.text}"
            event.alike = f"{event.alike} at {about}" if event.alike else ""
        if event.job and event.is_news and event.stays and self.server.places.here.place.job == event.job:
            self.drop_news(event.job)
            return True
        return self.toast(event)

    def add_note(self, text: str, severity: Severity, profile: str = "") -> None:
        self.notes.append(Note(self.start.clock.now(), severity, safe(text), profile))

    @on(messages.LoginRefused)
    def _login_refused(self, event: messages.LoginRefused) -> None:
        if event.profile not in self.refused_logins and self.connections.of_profile(event.profile) is None:
            self.refused_logins.add(event.profile)
            self.add_note(
                "Its jobs are not followed: the server refused the login (status 401).", "warning", event.profile
            )

    def show_messages(self) -> None:
        """Opens the list of all that was said, and puts the toasts away."""
        from durastore_tui.tui.dialogs.notes import NotesScreen

        self.clear_notifications()
        self.push_screen(NotesScreen(tuple(reversed(self.notes)), self.server.name))

    def ask_command(self) -> None:
        from durastore_tui.tui.commands.command_line import CommandLine
        from durastore_tui.tui.screens.place_screen import PlaceScreen

        if isinstance(here := self.places.here, PlaceScreen):
            self.push_screen(CommandLine(here), lambda run: run() if run else None)

    def ask_palette(self, among: Literal["commands", "stores", "profiles"]) -> None:
        from durastore_tui.tui.commands.palette import Commands, Palette, Profiles, Stores

        entries = {"commands": Commands, "stores": Stores, "profiles": Profiles}[among]
        self.push_screen(Palette([entries], placeholder=QUESTIONS[among]))

    def on_sheet_copy(self, event: Sheet.Copy) -> None:
        from durastore_tui.services.clipboard import copyable

        text, changed = copyable(event.text, event.keep)
        self._copy(text, f"{event.what}, control characters made visible" if changed else event.what)

    @work(group="copy", exit_on_error=False, description="copy")
    async def _copy(self, text: str, what: str) -> None:
        from durastore_tui.services.clipboard import copy

        try:
            where = await copy(text, self.write_to_terminal)
        except BadInput as wrong:
            self.post_message(Told(wrong.sentence, "warning"))
        else:
            self.post_message(Told(f"{what}: {where}"))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.worker_changed(event)

    def worker_changed(self, event: Worker.StateChanged) -> None:
        """A worker's own errors are messages; what still gets here is a defect of ours, and no reason to end."""
        if event.state is WorkerState.ERROR:
            self.post_message(
                Told(f"A defect: {event.worker.description} ended with {type(event.worker.error).__name__}.", "error")
            )

    def action_help_quit(self) -> None:
        """Ctrl+C, which terminals in raw mode give as a key: the second one in a row interrupts."""
        now = self.start.clock.now()
        if self._interrupted and now - self._interrupted < AGAIN_WITHIN:
            self.exit(return_code=130)
        self._interrupted = now
        self.post_message(Told("ctrl+c again leaves; jobs stay in the journal."))
