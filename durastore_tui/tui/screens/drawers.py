"""The drawers of every place: jobs and requests, one at a time, kept open from place to place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.timer import Timer

from durastore_tui.core.resource import Ready
from durastore_tui.tui.context import Link
from durastore_tui.tui.facts.request_facts import COLUMNS, row
from durastore_tui.tui.handlers.everywhere import JOBS, REQUESTS
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.four_lines import FourLines
from durastore_tui.tui.widgets.columns import Row
from durastore_tui.tui.widgets.drawer import Drawer
from durastore_tui.tui.widgets.jobs_drawer import JobsDrawer
from durastore_tui.tui.widgets.requests_drawer import SHOWN, RequestsDrawer

REST = 0.3
"""Seconds after an answer before the requests are drawn: they come in bursts."""


class Drawers(FourLines):
    """Which one is open is the app's to know; what it is made of, the first paint has no use for."""

    _calls_soon: Timer | None = None

    def on_screen_resume(self) -> None:
        self.show_drawer()

    def show_drawer(self) -> None:
        wanted = self.durastore.drawer
        there = [drawer for drawer in self.query(Drawer) if drawer.kind == wanted]
        for drawer in self.query(Drawer):
            if drawer not in there:
                drawer.remove()
        if wanted and not there:
            self.query_one("#shell").mount(self._made(wanted), after="#body")
        else:
            self.draw_drawer()

    def _made(self, kind: str) -> Drawer:
        if kind == JOBS:
            return JobsDrawer(self.durastore.jobs, self.now)
        return RequestsDrawer(COLUMNS, self._newest_requests())

    def draw_drawer(self) -> None:
        self._calls_soon = None
        if self.durastore.drawer == JOBS:
            self._draw_jobs_drawer()
        elif self.durastore.drawer == REQUESTS:
            self._draw_calls()

    def _draw_jobs_drawer(self) -> None:
        for drawer in self.query(JobsDrawer):
            drawer.show(self.durastore.jobs, self.now)

    def _draw_calls(self) -> None:
        if rows := self._newest_requests():
            for drawer in self.query(RequestsDrawer):
                drawer.show(rows)

    def _newest_requests(self) -> Ready[Sequence[Row]] | None:
        if (session := self.session) is None:
            return None
        newest = reversed(session.log.numbered()[-SHOWN:])
        return Ready(tuple(row(str(number), request) for number, request in newest), self.now)

    def link_changed(self, link: Link) -> None:
        super().link_changed(link)
        if self.in_view and self._calls_soon is None and self.durastore.drawer == REQUESTS:
            self._calls_soon = self.set_timer(REST, self.draw_drawer)

    def on_requests_drawer_wanted(self) -> None:
        self.server.places.go(Place("requests"))
