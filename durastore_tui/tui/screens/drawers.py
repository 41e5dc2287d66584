"""The drawers of a place: jobs and requests, one at a time, open from place to place."""

from __future__ import annotations

from collections.abc import Sequence

from textual.timer import Timer

from durastore_tui.core.resource import Ready
from durastore_tui.tui.columns import Row
from durastore_tui.tui.context import PlaceView
from durastore_tui.tui.details.request_facts import COLUMNS, row
from durastore_tui.tui.handlers.everywhere import JOBS, REQUESTS
from durastore_tui.tui.screens.jobs_drawer import JobsDrawer
from durastore_tui.tui.widgets.drawer import Drawer
from durastore_tui.tui.widgets.requests_drawer import SHOWN, RequestsDrawer

REST = 0.3
"""Seconds after an answer before the requests are drawn: they come in bursts."""


class Drawers:
    """Shows in a place the drawer that the app notes as open."""

    def __init__(self, place: PlaceView) -> None:
        self._place = place
        self._drawing_soon: Timer | None = None

    def show(self) -> None:
        """Show the drawer that is open, and no other."""
        wanted = self._place.durastore.drawer
        there = [drawer for drawer in self._place.screen.query(Drawer) if drawer.kind == wanted]
        for drawer in self._place.screen.query(Drawer):
            if drawer not in there:
                drawer.remove()
        if wanted and not there:
            self._place.screen.query_one("#shell").mount(self._made(wanted), after="#body")
        else:
            self.draw()

    def draw(self) -> None:
        """Draw what is in the open drawer."""
        self._drawing_soon = None
        if self._place.durastore.drawer == JOBS:
            for jobs in self._place.screen.query(JobsDrawer):
                jobs.show(self._place.durastore.jobs, self._place.now)
        elif self._place.durastore.drawer == REQUESTS and (rows := self._newest_requests()):
            for requests in self._place.screen.query(RequestsDrawer):
                requests.show(rows)

    def draw_requests_soon(self) -> None:
        """Draw the requests, if they are open: one was answered."""
        if self._drawing_soon is None and self._place.durastore.drawer == REQUESTS:
            self._drawing_soon = self._place.screen.set_timer(REST, self.draw)

    def _made(self, kind: str) -> Drawer:
        if kind == JOBS:
            return JobsDrawer(self._place.durastore.jobs, self._place.now)
        return RequestsDrawer(COLUMNS, self._newest_requests())

    def _newest_requests(self) -> Ready[Sequence[Row]] | None:
        if (session := self._place.session) is None:
            return None
        newest = reversed(session.log.numbered()[-SHOWN:])
        return Ready(tuple(row(str(number), request) for number, request in newest), self._place.now)
