"""Connecting: to the server of the start, to others beside it, and again when a login is no longer good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from durastore_tui.core.errors import BadInput, DuraStoreError, Rejected, Unauthorized
from durastore_tui.tui import messages
from durastore_tui.tui.background import in_background
from durastore_tui.tui.context import AppContext, Destination, Link, Server
from durastore_tui.tui.messages import ConnectionEvent, Told
from durastore_tui.tui.servers.profiles import log_in
from durastore_tui.tui.servers.resume import go_on, read_visits, remember, save_visits
from durastore_tui.tui.start import Connect, Found, Services
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request
    from durastore_tui.config.profile import Profile

NO_LONGER = "The server no longer accepts this login (status 401)."


class NoServer(DuraStoreError):
    """Nobody said where to connect."""

    reason = "No server was named."
    next_step = "Try again opens the form; --demo starts a server to play with."


class ServerList(Protocol):
    """What the flow changes of the servers that the app has."""

    def of_profile(self, name: str) -> Server | None:
        """The server with this profile, or None if the app has none."""

    def new_server(self, profile: Profile | None) -> Server:
        """A server whose places begin at the root of this run."""

    def show_server(self, server: Server) -> None:
        """Show the place of this server instead of another one's."""

    def begin_anew(self, server: Server, services: Services) -> None:
        """Start every place anew: it is of another login or store."""

    def close_services(self, services: Services) -> None:
        """Close a connection that is no longer used."""

    def follow_jobs(self, services: Services) -> None:
        """Take the jobs of every server with the first connection."""


class LoginFlow:
    """Connects servers; what comes of it returns as a message, which `take` takes."""

    def __init__(self, app: AppContext, servers: ServerList, open_services: Connect) -> None:
        self._app = app
        self._servers = servers
        self._open_services = open_services

    async def take(self, event: ConnectionEvent) -> None:
        """Take the news of a connection."""
        match event:
            case messages.LoginWanted():
                self._log_in(event)
            case messages.ConnectFailed():
                self._connect_failed(event)
            case messages.Connected():
                await self._connected(event)
            case messages.StoreChosen():
                self._store_chosen(event)
            case messages.Asked():
                self._asked(event)

    def connect(self) -> None:
        """Connects as the start or the form says, or opens the form."""
        server = self._app.server
        if server.login or server.find:
            self._connect_to(server)
        elif server.profile:
            log_in(self._app, server.profile)
        else:
            self.ask()

    def _connect_to(self, server: Server) -> None:
        server.failure, server.connecting = None, True
        server.set_link(Link("connecting…", since=self._app.start.clock.now()))
        group = f"connect {id(server)}"  # one server's slowness cancels no other's
        in_background(self._app, partial(self._connect, server), group, "connect", exclusive=True)

    async def _connect(self, server: Server) -> None:
        try:
            found = server.login or await self._found(server)
            if server.services is None:
                server.profile = found.profile
            notice = await read_visits(server)
            services = await self._opened(server, found)
        except (DuraStoreError, BadInput) as error:
            self._app.post_message(messages.ConnectFailed(server, error))
        else:
            notices = " ".join(filter(None, (found.notice, notice)))
            self._app.post_message(messages.Connected(server, services, notices))

    async def _found(self, server: Server) -> Found:
        assert server.find  # noqa: S101 (connect looked)
        return await server.find()

    async def _opened(self, server: Server, found: Found) -> Services:
        """On the store that was asked for, or was the current one."""
        if server.is_of(found.profile) and server.services:
            store: str | None = server.services.session.store.id
        else:
            store = server.asked_store
        services = await self._open_services(found.profile, found.password, store, self._app.start.clock)
        visit = self._app.visits.last(found.profile.name)
        session = services.session
        if store is None and visit and visit.store in {each.id for each in session.stores} - {session.store.id}:
            await session.use_store(str(visit.store))
        return services

    def ask(self, words: str = "") -> None:
        """Opens the form for the server in view, or says in the open one why it did not work."""
        from durastore_tui.tui.dialogs.connect import ConnectScreen

        if isinstance(self._app.screen, ConnectScreen):
            self._app.screen.refused(words)
        else:
            form = ConnectScreen(self._app.profile, self._app.start.login, words, self._app.server.then)
            self._app.push_screen(form, self.closed)

    def closed(self, _: None) -> None:
        """Closed without a connection: the list says so, and offers to try again."""
        server = self._app.server
        if server.services is None and server.failure is None and not server.connecting:
            server.failure = NoServer("nothing", None, "")
            server.set_link(Link("not connected", failed=True))

    def _log_in(self, event: messages.LoginWanted) -> None:
        profile = self._app.start.sealed(event.profile)
        server = self._servers.of_profile(profile.name)
        if server is None and self._app.server.profile is None:
            server = self._app.server
        elif server is None:
            server = self._servers.new_server(profile)
            self._app.servers.insert(0, server)
        server.login, server.refused, server.then = Found(profile, event.password), "", event.then
        if server.services is None:
            server.profile = profile
        self._connect_to(server)
        self._servers.show_server(server)

    def _connect_failed(self, event: messages.ConnectFailed) -> None:
        from durastore_tui.tui.dialogs.connect import ConnectScreen

        server, error = event.server, event.error
        if not self._app.screen_stack or server not in self._app.servers:
            return
        server.connecting = False
        server.failure = Rejected("connect", None, error.sentence) if isinstance(error, BadInput) else error
        server.set_link(Link("no connection", failed=True))
        if isinstance(error, Unauthorized) or (server.in_view and isinstance(self._app.screen, ConnectScreen)):
            self._want_login(server, sentence(error))

    async def _connected(self, event: messages.Connected) -> None:
        from durastore_tui.tui.dialogs.connect import ConnectScreen

        server, services, before = event.server, event.services, event.server.services
        session = services.session
        if not self._app.screen_stack or server not in self._app.servers:  # somebody left while we connected
            await services.close()
            return
        if server.in_view and isinstance(self._app.screen, ConnectScreen):
            self._app.screen.dismiss()
        session.log.subscribe(partial(self._request_logged, server, services))
        self._servers.follow_jobs(services)
        server.connecting, server.failure, server.refused = False, None, ""
        same = server.is_of(session.profile)
        server.profile = session.profile
        self._give(server, services, before, same)
        server.set_link(Link("connected", ms=server.link.ms))
        self._app.entitle("")
        if event.notice:
            self._app.post_message(Told(event.notice))

    def _give(self, server: Server, services: Services, before: Services | None, same: bool) -> None:
        """Hands the services to the places: those of the same login stay, and so does whoever did not wait for one."""
        if before:
            self._servers.close_services(before)
        if before and same:
            services.session.window = before.session.window
            server.services = services
            server.places.read_again()
        elif before:
            self._servers.begin_anew(server, services)
            go_on(server)
        else:
            server.services = services
            server.places.begin()
            if server.then or server.places.at_root:
                go_on(server)
            else:
                remember(server)
                save_visits(server)

    def use_store(self, store_id: str, then: Destination | None = None) -> None:
        """Make another store the current one, then go to `then`."""
        in_background(self._app, partial(self._use_store, store_id, then), "store", "use another store", exclusive=True)

    async def _use_store(self, store_id: str, then: Destination | None) -> None:
        server, services = self._app.server, self._app.services
        if services is None:
            return
        try:
            store = services.session.listed(store_id)
            await services.session.learn(store)
        except (DuraStoreError, BadInput) as error:
            self._app.post_message(Told(sentence(error), "error", profile=server.name))
        else:
            self._app.post_message(messages.StoreChosen(server, store, then))

    def _store_chosen(self, event: messages.StoreChosen) -> None:
        from durastore_tui.services.reports import Reports
        from durastore_tui.services.snapshot_list import Preservation
        from durastore_tui.services.spaces import Spaces

        services = event.server.services
        if services is None:
            return
        session = services.session
        session.store = event.store  # here, so that no row is drawn of one store between the columns of another
        anew = services._replace(spaces=Spaces(session), reports=Reports(session), preservation=Preservation(session))
        self._servers.begin_anew(event.server, anew)
        if event.then:
            event.server.places.go(*event.then)

    # Answers and refusals

    def _asked(self, event: messages.Asked) -> None:
        server = event.server
        if server.services is None or server.services.session is not event.session:
            return  # an old login's last words
        if event.status is None:
            server.set_link(Link("no answer", failed=True))
        else:
            server.set_link(Link("connected", ms=event.ms))
        if event.status == messages.UNAUTHORIZED and not server.connecting:
            self._want_login(server, NO_LONGER)

    def _want_login(self, server: Server, words: str) -> None:
        """Asks for a password in place; for a server out of view once somebody goes there."""
        server.login = None
        if server.in_view:
            self.ask(words)
        elif not server.refused:
            self._app.add_note(f"{words} Open that server to enter the password again.", "warning", server.name)
        server.refused = words

    def _request_logged(self, server: Server, services: Services, request: Request) -> None:
        if not request.given_up:
            self._app.post_message(messages.Asked(server, services.session, request.ms, request.status))
