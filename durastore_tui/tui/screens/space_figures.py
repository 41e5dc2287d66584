"""Items and size of spaces out of last night's report, and how the one in view grew (protocol §10.1)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import Empty
from durastore_tui.services.kinds_of_reads import NIGHTS, SPACE_GROWTH
from durastore_tui.tui.details.space_facts import SpaceView
from durastore_tui.tui.places import Place
from durastore_tui.tui.reads import read_work
from durastore_tui.tui.screens.space_reader import SpaceReader


class SpaceFigures(SpaceReader):
    """Without the report the properties still tell, which count no further than 1,000."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.reads.subscribe(NIGHTS, lambda store, state: self.figures_changed())
        self.reads.subscribe(SPACE_GROWTH, lambda key, state: self.draw_space())

    def figures_changed(self) -> None:
        """Every space may read otherwise now."""
        self.draw_space()

    def view(self, space: str) -> SpaceView:
        view, services = super().view(space), self.server.services
        if services is None:
            return view
        return replace(view, counted=services.reports.of(space), growth=services.reports.growth(space))

    @read_work("night", "read last night's report")
    async def read_night(self, again: bool = False) -> None:
        """One request for the whole store, once a day at most unless `again`."""
        services = self.server.services
        if services is None or not (again or isinstance(services.reports.night, Empty)):
            return
        with suppress(Unauthorized):  # the app saw the 401 and asks for a login
            await services.reports.read_night()

    def read_around(self, space: str, again: bool = False) -> None:
        super().read_around(space, again)
        services = self.server.services
        if services and (again or isinstance(services.reports.growth(space), Empty)):
            self._read_growth(space)

    @read_work("growth", "read how the space grew")
    async def _read_growth(self, space: str) -> None:
        if services := self.server.services:
            with suppress(Unauthorized):
                await services.reports.read_growth(space)
