"""The servers that the app keeps connections to side by side, and the one of them that is in view."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.worker import NoActiveWorker, get_current_worker

from durastore_tui.tui import messages
from durastore_tui.tui.background import in_background
from durastore_tui.tui.connector import connector
from durastore_tui.tui.context import AppContext, Destination, PlaceView, Server
from durastore_tui.tui.messages import ConnectionEvent, Told
from durastore_tui.tui.servers import profiles
from durastore_tui.tui.servers.login_flow import LoginFlow
from durastore_tui.tui.servers.navigator import Navigator
from durastore_tui.tui.servers.other_logins import follow_others
from durastore_tui.tui.servers.resume import remember, save_visits
from durastore_tui.tui.start import Found, Services

if TYPE_CHECKING:
    from collections.abc import Callable

    from durastore_tui.config.profile import Profile
    from durastore_tui.core.jobs import Job
    from durastore_tui.tui.places import Place

MOST_HELD = 8
JOBS_END_WITHIN = 1.5
DROPPED = "You went to another server: what was to be asked here was dropped."


class Connections:
    """Changes `server` and `servers` of the app. `make_screen` gives the screen of a place."""

    def __init__(self, app: AppContext, make_screen: Callable[[Place], PlaceView]) -> None:
        self._app = app
        self._make_screen = make_screen
        self._login_flow = LoginFlow(app, self, app.start.connect or connector())
        self.connect = self._login_flow.connect
        self.ask_login = self._login_flow.ask
        self.login_closed = self._login_flow.closed
        self.use_store = self._login_flow.use_store

    def new_server(self, profile: Profile | None, login: Found | None = None) -> Server:
        """A server whose places begin at the root of this run."""
        server = Server(self._app, profile, login)
        server.places = Navigator(server, self._app.start.root, self._make_screen)
        return server

    def first_server(self) -> Server:
        """The server of the start, or a place for one."""
        start = self._app.start
        login = Found(start.profile, start.password) if start.profile and start.password else None
        server = self.new_server(start.profile, login)
        server.find, server.asked_store, server.begins_fresh = start.find, start.store, start.fresh
        return server

    async def take(self, event: ConnectionEvent) -> None:
        """Take the news of a connection."""
        await self._login_flow.take(event)

    def of_profile(self, name: str) -> Server | None:
        """The server with this profile, or None if the app has none."""
        return next((server for server in self._app.servers if name and server.name == name), None)

    def show_server(self, server: Server) -> None:
        """Show the place of this server instead of another one's; both stay as they are."""
        app = self._app
        if server is app.server:
            return
        remember(app.server)
        self._close_dialogs()
        app.clear_notifications()  # they speak of the one that is left; the list of messages keeps them
        left, app.server = app.server, server
        app.servers = [*(other for other in app.servers if other is not server), server]
        server.places.come_into_view()
        save_visits(server)
        app.entitle("")
        if left.services is None and not left.connecting:
            self._let_go(left)
        for oldest in app.servers[:-MOST_HELD]:
            self._let_go(oldest)
        if server.refused:
            self.ask_login(server.refused)

    def use_profile(self, name: str, then: Destination | None = None) -> None:
        """Show the server with this profile, then one of its places; log in first if necessary."""
        profiles.use_profile(self._app, name, then)

    def open_job(self, job: Job) -> None:
        """Show the job, at its own server if possible."""
        profiles.open_job(self._app, job)

    def show_profile_values(self, name: str | None = None) -> None:
        """Open the page of a profile, or of the one in view."""
        profiles.about(self._app, name)

    def begin_anew(self, server: Server, services: Services) -> None:
        """Start every place anew: it is of another login or store."""
        server.services = services
        services.session.cache.clear()
        if server.in_view:
            self._close_dialogs()
        server.places.begin_anew()

    def close_services(self, services: Services) -> None:
        """Close a connection that is no longer used, behind what is painted."""
        in_background(self._app, partial(services.close, gently=True), "close", "close the old connection")

    def _let_go(self, server: Server) -> None:
        self._app.servers.remove(server)
        server.places.close()
        if server.services:
            self.close_services(server.services)

    def _close_dialogs(self) -> None:
        while isinstance(self._app.screen, ModalScreen):
            self._app.screen.dismiss(None)

    # Jobs

    def follow_jobs(self, services: Services) -> None:
        """Take the jobs of every server with the first connection."""
        app = self._app
        if services.jobs is not app.runner:
            app.runner, app.jobs = services.jobs, services.jobs.all()
            app.runner.subscribe(self._job_moved)
            if trouble := services.jobs.journal_trouble:
                app.post_message(Told(trouble.sentence, "warning", stays=True))
        self.follow_other_logins(services)

    def follow_other_logins(self, services: Services | None) -> None:
        """Track the unfinished jobs of servers without a connection, if their login is known."""
        if services and services.logins:
            follow_others(self._app, services.logins)

    def _job_moved(self, job: Job) -> None:
        """Called on the runner's thread."""
        self._app.post_message(messages.JobChanged(job))

    def follows(self, profile: str) -> bool:
        """Whether this process tracks the jobs of this profile."""
        services = self._app.services
        logins = services.logins if services else None
        return self.of_profile(profile) is not None or (logins is not None and logins.known(profile))

    # The end

    async def close_all(self) -> None:
        """Close every connection; jobs are in the journal, and the next process tracks them."""
        if self._app.runner:
            await asyncio.to_thread(self._app.runner.stop, JOBS_END_WITHIN)
        for server in self._app.servers:
            if server.services:
                await server.services.close()

    def may_ask(self) -> bool:
        """Whether a dialog may open: the worker that opens it is of no server, or of the one in view."""
        asker = _asker()
        if asker is None or asker.in_view:
            return True
        self._app.post_message(Told(DROPPED, "warning", profile=asker.name))
        return False


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
