"""Connecting: to the server of the start, to others beside it, and again when a login is no longer good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work

from durastore_tui.core.errors import BadInput, DuraStoreError, Rejected, Unauthorized
from durastore_tui.tui import messages
from durastore_tui.tui.background import in_background
from durastore_tui.tui.context import Link, Server
from durastore_tui.tui.messages import Told
from durastore_tui.tui.servers.held import Held
from durastore_tui.tui.servers.profiles import log_in
from durastore_tui.tui.servers.resume import go_on, read_visits, remember, save_visits
from durastore_tui.tui.start import Found, Services
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request
    from durastore_tui.tui.places import Lens, Place

NO_LONGER = "The server no longer accepts this login (status 401)."


class NoServer(DuraStoreError):
    """Nobody said where to connect."""

    reason = "No server was named."
    next_step = "Try again opens the form; --demo starts a server to play with."


class Servers(Held):
    """The app's share of it."""

    def connect(self) -> None:
        """Connects as the start or the form says, or opens the form."""
        server = self.server
        if server.login or server.find:
            self._connect_to(server)
        elif server.profile:
            log_in(self, server.profile)
        else:
            self.ask_login()

    def _connect_to(self, server: Server) -> None:
        server.failure, server.connecting = None, True
        server.set_link(Link("connecting…", since=self.start.clock.now()))
        group = f"connect {id(server)}"  # one server's slowness cancels no other's
        in_background(self, partial(self._connect, server), group, "connect", exclusive=True)

    async def _connect(self, server: Server) -> None:
        try:
            found = server.login or await self._found(server)
            if server.services is None:
                server.profile = found.profile
            notice = await read_visits(server)
            services = await self._opened(server, found)
        except (DuraStoreError, BadInput) as error:
            self.post_message(messages.ConnectFailed(server, error))
        else:
            notices = " ".join(filter(None, (found.notice, notice)))
            self.post_message(messages.Connected(server, services, notices))

    async def _found(self, server: Server) -> Found:
        assert server.find  # noqa: S101 (connect looked)
        return await server.find()

    async def _opened(self, server: Server, found: Found) -> Services:
        """On the store that was asked for, or was the current one."""
        if server.is_of(found.profile) and server.services:
            store: str | None = server.services.session.store.id
        else:
            store = server.asked_store
        services = await self.connect_to(found.profile, found.password, store, self.start.clock)
        visit = self.visits.last(found.profile.name)
        session = services.session
        if store is None and visit and visit.store in {each.id for each in session.stores} - {session.store.id}:
            await session.use_store(str(visit.store))
        return services

    def ask_login(self, words: str = "") -> None:
        """Opens the form for the server in view, or says in the open one why it did not work."""
        from durastore_tui.tui.dialogs.connect import ConnectScreen

        if isinstance(self.screen, ConnectScreen):
            self.screen.refused(words)
        else:
            form = ConnectScreen(self.profile, self.start.login, words, self.server.then)
            self.push_screen(form, self.login_closed)

    def login_closed(self, _: None) -> None:
        """Closed without a connection: the list says so, and offers to try again."""
        server = self.server
        if server.services is None and server.failure is None and not server.connecting:
            server.failure = NoServer("nothing", None, "")
            server.set_link(Link("not connected", failed=True))

    @on(messages.LoginWanted)
    def _log_in(self, event: messages.LoginWanted) -> None:
        profile = self.start.sealed(event.profile)
        server = self.held(profile.name)
        if server is None and self.server.profile is None:
            server = self.server
        elif server is None:
            server = self.new_server(profile)
            self.servers.insert(0, server)
        server.login, server.refused, server.then = Found(profile, event.password), "", event.then
        if server.services is None:
            server.profile = profile
        self._connect_to(server)
        self.show_server(server)

    @on(messages.ConnectFailed)
    def _connect_failed(self, event: messages.ConnectFailed) -> None:
        from durastore_tui.tui.dialogs.connect import ConnectScreen

        server, error = event.server, event.error
        if not self.screen_stack or server not in self.servers:
            return
        server.connecting = False
        server.failure = Rejected("connect", None, error.sentence) if isinstance(error, BadInput) else error
        server.set_link(Link("no connection", failed=True))
        if isinstance(error, Unauthorized) or (server.in_view and isinstance(self.screen, ConnectScreen)):
            self._want_login(server, sentence(error))

    @on(messages.Connected)
    async def _connected(self, event: messages.Connected) -> None:
        from durastore_tui.tui.dialogs.connect import ConnectScreen

        server, services, before = event.server, event.services, event.server.services
        session = services.session
        if not self.screen_stack or server not in self.servers:  # somebody left while we connected
            await services.close()
            return
        if server.in_view and isinstance(self.screen, ConnectScreen):
            self.screen.dismiss()
        session.log.subscribe(partial(self._request_logged, server, services))
        self.follow_jobs(services)
        server.connecting, server.failure, server.refused = False, None, ""
        same = server.is_of(session.profile)
        server.profile = session.profile
        self._give(server, services, before, same)
        server.set_link(Link("connected", ms=server.link.ms))
        self.entitle("")
        if event.notice:
            self.post_message(Told(event.notice))

    def _give(self, server: Server, services: Services, before: Services | None, same: bool) -> None:
        """Hands the services to the places: those of the same login stay, and so does whoever did not wait for one."""
        if before:
            self.close_services(before)
        if before and same:
            services.session.window = before.session.window
            server.services = services
            server.places.read_again()
        elif before:
            self.begin_anew(server, services)
            go_on(server)
        else:
            server.services = services
            server.places.begin()
            if server.then or server.places.at_root:
                go_on(server)
            else:
                remember(server)
                save_visits(server)

    @work(group="store", exclusive=True, exit_on_error=False, description="use another store")
    async def use_store(self, store_id: str, then: tuple[Place, Lens | None] | None = None) -> None:
        """Makes another store the current one; every place begins anew, and `then` is gone to."""
        server, services = self.server, self.services
        if services is None:
            return
        try:
            store = services.session.listed(store_id)
            await services.session.learn(store)
        except (DuraStoreError, BadInput) as error:
            self.post_message(Told(sentence(error), "error", profile=server.name))
        else:
            self.post_message(messages.StoreChosen(server, store, then))

    @on(messages.StoreChosen)
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
        self.begin_anew(event.server, anew)
        if event.then:
            event.server.places.go(*event.then)

    # Answers and refusals

    @on(messages.Asked)
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
            self.ask_login(words)
        elif not server.refused:
            self.add_note(f"{words} It is asked for again once you go there.", "warning", server.name)
        server.refused = words

    def _request_logged(self, server: Server, services: Services, request: Request) -> None:
        if not request.given_up:
            self.post_message(messages.Asked(server, services.session, request.ms, request.status))
