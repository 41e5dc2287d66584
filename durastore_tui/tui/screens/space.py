"""One space on a page of its own: where the terminal has no room for an inspector, or on `i`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from textual.app import ComposeResult

from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Ready, Resource
from durastore_tui.core.urls import space_path
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.copies import Copyable, curl_copy, property_copies
from durastore_tui.tui.details.space_facts import space_blocks
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.refresh import EVERY
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.screens.space_reader import SpaceReader
from durastore_tui.tui.widgets.inspector import Inspector


class SpaceScreen(PlaceScreen):
    """Everything known of the space of this place."""

    scope = Scope.SPACE
    BINDINGS = bindings(Scope.SPACE)

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.space = place.space or ""
        self.spaces = SpaceReader(self, self.draw_space, self._properties_changed, self.draw_space)

    def body(self) -> ComposeResult:
        yield Inspector(id="list")

    def read(self, again: bool = False) -> None:
        self.draw_space()
        if again or not isinstance(self.spaces.properties(self.space), Ready):
            self.spaces.read_properties([self.space])
        self.spaces.read_around(self.space, again)
        self.spaces.read_night(again)

    def tick(self) -> None:
        super().tick()
        self.draw_space()

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.profile == self.server.name and job.space == self.space:
            self.spaces.read_properties([self.space])

    def read_on(self) -> None:
        self.read()
        self.read_again()

    def _properties_changed(self, space: str) -> None:
        if space == self.space:
            self.spaces.check_host(self.space)
            self.draw_space()

    def draw_space(self) -> None:
        """Draw all that is known of the space."""
        blocks = space_blocks(self.spaces.view(self.space), self.lines.next_keys, self.now, whole=True)
        self.query_one("#list", Inspector).show(self.space, blocks)
        self.draw_lines()

    def shown(self) -> Resource[Any]:
        return self.spaces.properties(self.space)

    def asked_every(self) -> timedelta:
        return EVERY

    def read_again(self) -> None:
        """One request; the access list and how it grew stay until somebody asks."""
        self.spaces.read_properties([self.space])

    def open_cursor(self) -> None:
        self.server.places.go(self.place.child("contents"))

    def copyables(self) -> Iterator[Copyable]:
        yield Copyable("y", "the space id", self.space)
        yield from property_copies(self.spaces.raw_properties(self.space))

    def request_copy(self) -> Copyable | str:
        return curl_copy(self.session, "HEAD", space_path(self.space), {}, "the space's properties")
