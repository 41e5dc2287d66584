"""Items and size of spaces out of last night's report, and how the one in view grew (protocol §10.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from durastore_tui.core.errors import Unauthorized
from durastore_tui.core.resource import Empty, Resource
from durastore_tui.tui.facts.space_facts import SpaceView
from durastore_tui.tui.messages import message
from durastore_tui.tui.screens.space_reader import SpaceReader

if TYPE_CHECKING:
    from durastore_tui.api.reports import Night


@message
class NightCounted(Message):
    """Last night's figures of the whole store, or why not: they are for administrators."""

    night: Resource[Night]


@message
class GrowthRead(Message):
    """How this space grew is held now."""

    space: str


class SpaceFigures(SpaceReader):
    """Without the report the properties still tell, which count no further than 1,000."""

    def figures_changed(self) -> None:
        """Every space may read otherwise now."""
        self.draw_space()

    def view(self, space: str) -> SpaceView:
        view, services = super().view(space), self.server.services
        if services is None:
            return view
        return replace(view, counted=services.reports.of(space), growth=services.reports.growth(space))

    @work(group="night", exclusive=True, exit_on_error=False, description="read last night's report")
    async def read_night(self, again: bool = False) -> None:
        """One request for the whole store, once a day at most unless `again`."""
        services = self.server.services
        if services is None or not (again or isinstance(services.reports.night, Empty)):
            return
        try:
            self.post_message(NightCounted(await services.reports.read_night()))
        except Unauthorized:
            return  # the app saw the 401 and asks for a login

    def read_around(self, space: str, again: bool = False) -> None:
        super().read_around(space, again)
        services = self.server.services
        if services and (again or isinstance(services.reports.growth(space), Empty)):
            self._read_growth(space)

    @work(group="growth", exclusive=True, exit_on_error=False, description="read how the space grew")
    async def _read_growth(self, space: str) -> None:
        if services := self.server.services:
            try:
                await services.reports.read_growth(space)
            except Unauthorized:
                return  # the app saw the 401 and asks for a login
            self.post_message(GrowthRead(space))

    @on(NightCounted)
    def _counted(self) -> None:
        self.figures_changed()

    @on(GrowthRead)
    def _grown(self) -> None:
        self.draw_space()
