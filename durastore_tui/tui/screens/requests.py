"""Requests: what went over the wire since the start, newest first, without its secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from durastore_tui.core.curl import curl
from durastore_tui.core.resource import Ready
from durastore_tui.core.urls import address
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Column, Row
from durastore_tui.tui.context import Link
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.details import request_facts
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.screens.table_screen import LONG_REST, TableContent, TableScreen
from durastore_tui.tui.widgets.facts import Block

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request


class RequestsScreen(TableScreen):
    """Its ids are the numbers of the requests; the log is at hand, so that nothing is waited for."""

    scope = Scope.REQUESTS
    BINDINGS = bindings(Scope.REQUESTS)

    def __init__(self, place: Place) -> None:
        super().__init__(
            place,
            TableContent(
                one="request",
                many="requests",
                empty="Nothing was asked yet.",
                filter_hint="in path, status, body, answer as far as kept",
                columns=self.columns,
                row=self.row_of,
                detail=self.about_it,
                open=self.open_one,
                read_names=self.read_names,
                title=self.title_of,
            ),
        )
        self._requests: dict[str, Request] = {}
        self._soon: Timer | None = None

    def columns(self) -> tuple[Column, ...]:
        return request_facts.COLUMNS

    def read_names(self) -> None:
        self._soon = None
        if session := self.session:
            self._requests = {str(number): request for number, request in reversed(session.log.numbered())}
            self.names_read(Ready(tuple(self._requests), self.now))

    def row_of(self, name: str) -> Row | None:
        request = self._requests.get(name)
        return request_facts.row(name, request) if request else None

    def title_of(self, name: str) -> str:
        request = self._requests.get(name)
        return request_facts.title(request) if request else ""

    def about_it(self, name: str) -> tuple[Block, ...]:
        request = self._requests.get(name)
        return tuple(request_facts.blocks(request)) if request else ()

    def link_changed(self, link: Link) -> None:
        """Something was answered: the list follows after a rest, and only while it is seen."""
        super().link_changed(link)
        if self.in_view and self._soon is None:
            self._soon = self.set_timer(LONG_REST, self.read_names)

    def on_screen_resume(self) -> None:
        self.read_names()

    def look(self, lens: Lens) -> None:
        """The request that is meant may be newer than the list."""
        if self.is_mounted:
            self.read_names()
        super().look(lens)

    def open_one(self, name: str) -> None:
        self.app.push_screen(ReadingScreen(self.title_of(name), self.about_it(name)))

    def answer_copy(self) -> Copyable | str:
        if (request := self._requests.get(self.table.cursor_key or "")) is None:
            return ""
        return Copyable("y", "the request with its answer", request_facts.as_text(request), "\n")

    def request_copy(self) -> Copyable | str:
        request, session = self._requests.get(self.table.cursor_key or ""), self.session
        if request is None or session is None:
            return ""
        body = request.body.encode() if request.method == "POST" else None
        url, endpoint = address(session.endpoint.url, request.path), session.endpoint
        line = curl(request.method, url, user=endpoint.user, body=body, ca_file=endpoint.ca_file)
        what = "the request as curl" if request.whole else "the request as curl, masked or cut as shown"
        return Copyable("c", what, line)
