"""The servers that the app holds side by side, and the one of them that is in view."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import NoActiveWorker, get_current_worker

from durastore_tui.tui import messages
from durastore_tui.tui.connector import connector
from durastore_tui.tui.context import AppContext, Destination, PlaceView, Server
from durastore_tui.tui.messages import Told
from durastore_tui.tui.navigator import Navigator
from durastore_tui.tui.servers import profiles
from durastore_tui.tui.servers.other_logins import follow_others
from durastore_tui.tui.servers.resume import remember, save_visits
from durastore_tui.tui.servers.visits import Visits
from durastore_tui.tui.start import Found, Services, Start
from durastore_tui.tui.toasts import Toasts

if TYPE_CHECKING:
    from durastore_tui.config.profile import Profile
    from durastore_tui.core.jobs import Job
    from durastore_tui.tui.places import Place

MOST_HELD = 8
JOBS_END_WITHIN = 1.5
DROPPED = "You went to another server: what was to be asked here was dropped."


class Held(Toasts, AppContext):
    """The app's share of it."""

    def hold_first(self, start: Start) -> None:
        """The server of the start, or a place for one."""
        self.start = start
        self.visits = start.visits or Visits()
        self.connect_to = start.connect or connector()
        self.runner = None
        self.accounts = None
        login = Found(start.profile, start.password) if start.profile and start.password else None
        self.server = self.new_server(start.profile, login)
        self.server.find, self.server.asked_store, self.server.begins_fresh = start.find, start.store, start.fresh
        self.servers = [self.server]

    def new_server(self, profile: Profile | None, login: Found | None = None) -> Server:
        """A server whose places begin at the root of this run."""
        server = Server(self, profile, login)
        server.places = Navigator(server, self.start.root, self.make_screen)
        return server

    @abstractmethod
    def make_screen(self, place: Place) -> PlaceView:
        """A screen for a place."""

    def held(self, name: str) -> Server | None:
        """The server of that profile, if it is held."""
        return next((server for server in self.servers if name and server.name == name), None)

    def show_server(self, server: Server) -> None:
        """Puts the place of this server where another one's was; both stay as they are."""
        if server is self.server:
            return
        remember(self.server)
        self._close_sheets()
        self.clear_notifications()  # they speak of the one that is left; the list of messages keeps them
        left, self.server = self.server, server
        self.servers = [*(held for held in self.servers if held is not server), server]
        server.places.come_into_view()
        save_visits(server)
        self.entitle("")
        if left.services is None and not left.connecting:
            self._let_go(left)
        for oldest in self.servers[:-MOST_HELD]:
            self._let_go(oldest)
        if server.refused:
            self.ask_login(server.refused)

    def use_profile(self, name: str, then: Destination | None = None) -> None:
        profiles.use_profile(self, name, then)

    def open_job(self, job: Job) -> None:
        profiles.open_job(self, job)

    def show_profile_values(self, name: str | None = None) -> None:
        profiles.about(self, name)

    @abstractmethod
    def ask_login(self, words: str = "") -> None:
        """Asks for the password of the server in view."""

    @abstractmethod
    def entitle(self, news: str) -> None:
        """Sets the terminal's title."""

    def _let_go(self, server: Server) -> None:
        self.servers.remove(server)
        server.places.close()
        if server.services:
            self.close_services(server.services)

    def _close_sheets(self) -> None:
        while isinstance(self.screen, ModalScreen):
            self.screen.dismiss(None)

    def push_screen(self, screen: Any, *words: Any, **more: Any) -> Any:
        """No question of a server out of view lies over another one: who asks then is told, and gives up."""
        asker = _asker()
        if asker and not asker.in_view and isinstance(screen, ModalScreen):
            self.post_message(Told(DROPPED, "warning", profile=asker.name))
            raise asyncio.CancelledError
        return super().push_screen(screen, *words, **more)

    def begin_anew(self, server: Server, services: Services) -> None:
        """Another login or store: every place is of the old one."""
        server.services = services
        services.session.cache.clear()
        if server.in_view:
            self._close_sheets()
        server.places.begin_anew()

    @work(group="close", exit_on_error=False, description="close the old connection")
    async def close_services(self, services: Services) -> None:
        await services.close(gently=True)

    # Jobs

    def follow_jobs(self, services: Services) -> None:
        """The first connection brings the jobs of every server."""
        if services.jobs is not self.runner:
            self.runner, self.jobs = services.jobs, services.jobs.all()
            self.runner.subscribe(self.job_moved)
            if trouble := services.jobs.journal_trouble:
                self.post_message(messages.Told(trouble.sentence, "warning", stays=True))
        self.follow_other_logins(services)

    def follow_other_logins(self, services: Services | None) -> None:
        """Follows the open jobs of servers that nobody was on, where a login is at hand."""
        if services and services.logins:
            follow_others(self, services.logins)

    def job_moved(self, job: Job) -> None:
        """A job moved; called on the runner's thread."""
        self.post_message(messages.JobChanged(job))

    def follows(self, profile: str) -> bool:
        """Whether the jobs of that profile are followed from here."""
        logins = self.services.logins if self.services else None
        return self.held(profile) is not None or (logins is not None and logins.known(profile))

    # The end

    async def close_all(self) -> None:
        """Closes every connection; jobs are in the journal, and followed again by whoever comes next."""
        if self.runner:
            await asyncio.to_thread(self.runner.stop, JOBS_END_WITHIN)
        for server in self.servers:
            if server.services:
                await server.services.close()


def server_of(asker: object) -> Server | None:
    """The server that a screen, or a widget on it, is of."""
    if isinstance(asker, Widget) and not isinstance(asker, Screen):
        asker = asker.screen if asker.is_attached else None
    return getattr(asker, "server", None) if isinstance(asker, Screen) else None


def _asker() -> Server | None:
    """The server whose worker runs this, if it is one's."""
    try:
        return server_of(get_current_worker().node)
    except NoActiveWorker:
        return None
