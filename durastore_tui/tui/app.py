"""The app: one history of places, one list of actions, and a server that may come and go."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import ModalScreen, Screen
from textual.signal import Signal
from textual.worker import Worker, WorkerState

from durastore_tui.core.errors import BadInput, DuraStoreError, Refused, Unauthorized
from durastore_tui.core.jobs import Job, JobState
from durastore_tui.core.text import safe
from durastore_tui.tui import messages
from durastore_tui.tui.keyboard import Keyboard
from durastore_tui.tui.lifecycle import crash_line, end_on_signals
from durastore_tui.tui.messages import Link, Note, Told
from durastore_tui.tui.navigator import Navigator
from durastore_tui.tui.profiles import come_back, leave_for, log_in
from durastore_tui.tui.start import Found, Services, Start
from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.themes import DARK, THEMES
from durastore_tui.tui.toasts import Toasts, alike
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request
    from durastore_tui.tui.history import Place
    from durastore_tui.tui.palette import Commands
    from durastore_tui.tui.widgets.sheet import Sheet

__all__ = ["DurastoreApp", "Found", "Start"]

UNAUTHORIZED = 401
AGAIN_WITHIN = timedelta(seconds=3)
WELL = (JobState.SEEN, JobState.ACCEPTED, JobState.SETTLING)


def _commands() -> type[Commands]:
    from durastore_tui.tui.palette import Commands

    return Commands


class NoServer(DuraStoreError):
    """Nobody said where to connect."""

    reason = "No server was named."
    next_step = "Try again opens the form; --demo starts a server to play with."


class DurastoreApp(Toasts):
    """Paints first and connects after; never ends because a server failed. Exit code: `return_code`."""

    TITLE = "durastore-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [STYLES / "theme.tcss", STYLES / "shell.tcss"]
    COMMANDS: ClassVar = {_commands}

    def __init__(self, start: Start) -> None:
        self.start = start
        self.profile = start.profile
        self.services: Services | None = None
        self.link = Link()
        self.failure: DuraStoreError | None = None
        self.jobs: tuple[Job, ...] = ()
        self.told_job: str | None = None
        self.jobs_open = False
        self.frozen = False
        self.space_names: tuple[str, ...] = ()
        self.notes: list[Note] = []
        self.left_at: dict[str, Place] = {}
        self._login: Found | None = None
        self._leaving = False
        self._interrupted: datetime | None = None
        super().__init__()
        self.places = Navigator(self, start.root)
        self.link_news: Signal[Link] = Signal(self, "link")
        self.job_news: Signal[Job] = Signal(self, "job")
        for theme in THEMES:
            self.register_theme(theme)
        # not by assignment, which would have every style parsed twice before the first paint
        self.set_reactive(DurastoreApp.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())
        if (chosen := os.environ.get("TEXTUAL_THEME", "")) in self.available_themes:
            self.theme = chosen
        if start.profile and start.password:
            self._login = Found(start.profile, start.password)

    # Beginning and end

    def get_default_screen(self) -> Screen[None]:
        return self.places.root

    def get_driver_class(self) -> type[Driver]:
        stock = super().get_driver_class()
        return Keyboard if stock is LinuxDriver else stock

    def on_mount(self) -> None:
        if not self.is_headless:
            end_on_signals(self)
        self.entitle("")
        self.call_after_refresh(self.connect)

    async def on_unmount(self) -> None:
        if self.services:
            await self.services.close()

    def leave(self) -> None:
        """Ends the app; asks once more while a write has no answer yet."""
        if not self._leaving and any(job.state is JobState.SENT for job in self.own_jobs):
            self._leaving = True
            self.post_message(
                Told("A write is on its way. It is in the journal; q again leaves all the same.", "warning")
            )
        else:
            self.exit()

    def _fatal_error(self) -> None:
        if not self._exit_renderables:  # what fails after the first failure only follows from it
            self.bell()
            self._exit_renderables.append(Text(crash_line(), no_wrap=True, overflow="ignore"))
        self._close_messages_no_wait()

    def entitle(self, news: str) -> None:
        """Sets the terminal's title: where we are, and the newest end of a job."""
        if self._driver and not self.is_headless and os.environ.get("TERM") != "linux":
            words = " · ".join(filter(None, (news, self.profile.name if self.profile else "", self.TITLE)))
            self._driver.write(f"\x1b]2;{safe(words)}\x07")

    # The server

    def connect(self) -> None:
        """Connects as the start or the form says, or opens the form."""
        if self._login or self.start.find:
            self.failure = None
            self._set_link(Link("connecting…"))
            self._connect()
        elif self.profile:
            log_in(self, self.profile)
        else:
            self.ask_login()

    @work(group="connect", exclusive=True, exit_on_error=False, description="connect")
    async def _connect(self) -> None:
        profile = self.profile
        try:
            found = self._login or await self._found()
            profile = found.profile
            services = await self.start.connect(found.profile, found.password, self.start.store, self.start.clock)
        except (DuraStoreError, BadInput) as error:
            self.post_message(messages.ConnectFailed(error, profile))
        else:
            self.post_message(messages.Connected(services, found.notice))

    async def _found(self) -> Found:
        assert self.start.find  # noqa: S101 (connect looked)
        return await self.start.find()

    def ask_login(self, words: str = "") -> None:
        """Opens the form, or says in the open one why it did not work."""
        from durastore_tui.tui.screens.connect import ConnectScreen

        if isinstance(self.screen, ConnectScreen):
            self.screen.refused(words)
        else:
            self.push_screen(ConnectScreen(self.profile, self.start.login, words), self.login_closed)

    def login_closed(self, _: None) -> None:
        """Closed without a connection: the list says so, and offers to try again."""
        if self.services is None and self.failure is None and self._login is None:
            self.failure = NoServer("nothing", None, "")
            self._set_link(Link("not connected", failed=True))

    @on(messages.LoginWanted)
    def _log_in(self, event: messages.LoginWanted) -> None:
        leave_for(self, event.profile)
        self.profile, self._login = event.profile, Found(event.profile, event.password)
        self.connect()

    @on(messages.ConnectFailed)
    def _connect_failed(self, event: messages.ConnectFailed) -> None:
        from durastore_tui.tui.screens.connect import ConnectScreen

        if not self.screen_stack:
            return
        error = event.error
        self.profile = event.profile or self.profile
        self.failure = Refused("connect", None, error.sentence) if isinstance(error, BadInput) else error
        self._set_link(Link("no connection", failed=True))
        if isinstance(self.screen, ConnectScreen) or isinstance(error, Unauthorized):
            self._login = None
            self.ask_login(sentence(error))

    @on(messages.Connected)
    async def _connected(self, event: messages.Connected) -> None:
        from durastore_tui.tui.screens.connect import ConnectScreen

        if not self.screen_stack:  # somebody left while we connected
            await event.services.close()
            return
        if isinstance(self.screen, ConnectScreen):
            self.screen.dismiss()
        before, session, jobs = self.services, event.services.session, event.services.jobs
        jobs.subscribe(self._job_moved)
        session.log.subscribe(self._request_logged)
        self.jobs = jobs.all()
        self.profile, self.failure = session.profile, None
        if before:
            self.close_services(before)
        if before and before.session.profile == session.profile:
            self.services = event.services
            self.places.here.read(again=True)
        else:
            self.begin_anew(event.services)
            come_back(self)
        self._set_link(Link("connected", ms=self.link.ms))
        self.entitle("")
        if event.notice:
            self.post_message(Told(event.notice))

    @work(group="store", exclusive=True, exit_on_error=False, description="use another store")
    async def use_store(self, store_id: str, then: Place | None = None) -> None:
        """Makes another store the current one; every place begins anew, and `then` is gone to."""
        services = self.services
        if services is None:
            return
        from durastore_tui.services.preservation import Preservation
        from durastore_tui.services.reports import Reports
        from durastore_tui.services.spaces import Spaces

        try:
            await services.session.use_store(store_id)
        except (DuraStoreError, BadInput) as error:
            self.post_message(Told(sentence(error), "error"))
        else:
            session = services.session
            anew = services._replace(
                spaces=Spaces(session), reports=Reports(session), preservation=Preservation(session)
            )
            self.post_message(messages.StoreChosen(anew, then))

    @on(messages.StoreChosen)
    def _store_chosen(self, event: messages.StoreChosen) -> None:
        self.begin_anew(event.services)
        if event.then:
            self.places.go(event.then)

    def begin_anew(self, services: Services | None) -> None:
        """Another server or store, or none for a moment: every place is of the old one."""
        self.services = services
        while isinstance(self.screen, ModalScreen):
            self.screen.dismiss(None)
        self.places.begin_anew()
        self.places.root.begin()

    @work(group="close", exit_on_error=False, description="close the old connection")
    async def close_services(self, services: Services) -> None:
        await services.close()

    @on(messages.Asked)
    def _asked(self, event: messages.Asked) -> None:
        if event.status is None:
            self._set_link(Link("no answer", failed=True))
        else:
            self._set_link(Link("connected", ms=event.ms))
        if event.status == UNAUTHORIZED:
            self._login = None
            self.ask_login("The server no longer accepts this login (status 401).")

    def _job_moved(self, job: Job) -> None:
        self.post_message(messages.JobChanged(job))  # from the runner's thread

    def _request_logged(self, request: Request) -> None:
        if not request.given_up:
            self.post_message(messages.Asked(request.ms, request.status))

    def _set_link(self, link: Link) -> None:
        self.link = link
        self.link_news.publish(link)

    # News

    @on(messages.JobChanged)
    def _job_changed(self, event: messages.JobChanged) -> None:
        job = event.job
        before = next((old for old in self.jobs if old.id == job.id), None)
        others = (old for old in self.jobs if old.id != job.id)
        self.jobs = tuple(sorted((job, *others), key=lambda one: one.since, reverse=True))
        self.job_news.publish(job)
        from durastore_tui.tui.job_facts import news_of

        ours = self.profile is not None and job.profile == self.profile.name
        if ours and (news := news_of(before, job)):
            severity: messages.Severity = "information" if job.state in WELL else "warning"
            if self._told(Told(f"{news}. {job.words}", severity, stays=True, job=job.id, alike=alike(job))):
                self.bell()
            self.entitle(news)

    @on(Told)
    def _told(self, event: Told) -> bool:
        """True when it has a toast of its own."""
        self.notes.append(Note(self.start.clock.now(), event.severity, safe(event.text)))
        self.told_job = event.job
        return self.toast(event)

    @property
    def own_jobs(self) -> tuple[Job, ...]:
        """Those of the server that we are connected to; `jobs` are of every server."""
        return tuple(job for job in self.jobs if self.profile and job.profile == self.profile.name)

    def show_messages(self) -> None:
        """Opens the list of all that was said, and puts the toasts away."""
        from durastore_tui.tui.screens.notes import NotesScreen

        self.clear_notifications()
        self.push_screen(NotesScreen(tuple(reversed(self.notes))))

    def on_sheet_copy(self, event: Sheet.Copy) -> None:
        self._copy(event.text, event.what)

    @work(group="copy", exit_on_error=False, description="copy")
    async def _copy(self, text: str, what: str) -> None:
        from durastore_tui.services.clipboard import copy

        try:
            where = await copy(text, self._to_terminal)
        except BadInput as wrong:
            self.post_message(Told(wrong.sentence, "warning"))
        else:
            self.post_message(Told(f"{what}: {where}"))

    def _to_terminal(self, text: str) -> None:
        if self._driver:
            self._driver.write(text)

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
