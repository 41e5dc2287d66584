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
from durastore_tui.tui.refresh import EVERY
from durastore_tui.tui.screens.space_figures import SpaceFigures
from durastore_tui.tui.widgets.inspector import Inspector


class SpaceScreen(SpaceFigures):
    """Everything known of the space of this place."""

    scope = Scope.SPACE
    BINDINGS = bindings(Scope.SPACE)

    def body(self) -> ComposeResult:
        yield Inspector(id="list")

    @property
    def space(self) -> str:
        return self.place.space or ""

    def read(self, again: bool = False) -> None:
        self.draw_space()
        if again or not isinstance(self.held(self.space), Ready):
            self.read_properties([self.space])
        self.read_around(self.space, again)
        self.read_night(again)

    def tick(self) -> None:
        super().tick()
        self.draw_space()

    def job_changed(self, job: Job) -> None:
        super().job_changed(job)
        if job.profile == self.server.name and job.space == self.space:
            self.read_properties([self.space])

    def read_on(self) -> None:
        self.read()
        self.read_again()

    def properties_changed(self, space: str) -> None:
        if space == self.space:
            self.look_at_edge(self.space)
            self.draw_space()

    def draw_space(self) -> None:
        blocks = space_blocks(self.view(self.space), self.lines.next_keys, self.now, whole=True)
        self.query_one("#list", Inspector).show(self.space, blocks)
        self.draw_lines()

    def shown(self) -> Resource[Any]:
        return self.held(self.space)

    def asked_every(self) -> timedelta:
        return EVERY

    def read_again(self) -> None:
        """One request; the access list and how it grew stay until somebody asks."""
        self.read_properties([self.space])

    def open_cursor(self) -> None:
        self.server.places.go(self.place.child("contents"))

    def copyables(self) -> Iterator[Copyable]:
        yield Copyable("y", "the space id", self.space)
        yield from property_copies(self.space_properties(self.space))

    def request_copy(self) -> Copyable | str:
        return curl_copy(self.session, "HEAD", space_path(self.space), {}, "the space's properties")
