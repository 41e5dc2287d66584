"""Spaces: what is there, how it streams, how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.core.errors import ReadCancelled
from durastore_tui.core.glyphs import badge
from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Stale
from durastore_tui.core.tasks.model import SNAPSHOT_STORES
from durastore_tui.services.streaming import states_of
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.details.space_facts import SpaceView, space_blocks, stream_cell
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.space_list import SpaceListScreen
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.wording import age, short_size

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties

NOT_HELD = Cell("·", "dim")
SYSTEM_PREFIX = "x-duracloud"


class SpacesScreen(SpaceListScreen):
    """The list that opens first."""

    scope = Scope.SPACES
    BINDINGS = bindings(Scope.SPACES)

    def __init__(self, place: Place) -> None:
        super().__init__(place, "This store has no spaces.", self.columns, self.row, self.about, has_figures=True)

    def columns(self) -> tuple[Column, ...]:
        if self._snapshots:
            second = [Column("snapshot", "SNAPSHOT", 16, 44, is_id=True)]
        else:
            second = [Column("streaming", "STREAMING", 12, 20)] if self.spaces.store_streams else []
        return (
            Column("space", "SPACE", 24, is_id=True),
            *second,
            Column("items", "ITEMS", 7, 9, right=True),
            Column("size", "SIZE", 8, 8, right=True, drop=2),
            Column("read", "READ", 6, 6, right=True, drop=1),
        )

    @property
    def _snapshots(self) -> bool:
        """Whether the store's spaces go to snapshots; such stores stream nothing."""
        services = self.server.services
        return services is not None and services.session.store.type in SNAPSHOT_STORES

    def row(self, view: SpaceView) -> Row:
        name = Cell(view.space, "dim" if view.space.startswith(SYSTEM_PREFIX) else "")
        match view.properties:
            case Ready(value, at) | Stale(value, at):
                return Row(view.space, (name, *self._cells(view, value), Cell(age(at, self.now), "dim", at)))
            case NotAllowed():
                known = Cell(badge("forbidden"), "bad")
            case Empty() | Loading() | Failed(ReadCancelled()):
                known = NOT_HELD
            case Failed():
                known = Cell(badge("failed"), "bad")
        return Row(view.space, (name, known, *(NOT_HELD for _ in self.columns()[2:])))

    def _cells(self, view: SpaceView, properties: SpaceProperties) -> tuple[Cell, ...]:
        figures = _figures(view, properties)
        if self._snapshots:
            return Cell(properties.snapshot_id or "", "dim"), *figures
        if not self.spaces.store_streams:
            return figures
        return stream_cell(states_of(properties, view.jobs)), *figures

    def read(self, again: bool = False) -> None:
        super().read(again)
        self.spaces.read_night(again)

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        return space_blocks(view, self.lines.next_keys, self.now, whole=False)


def _figures(view: SpaceView, properties: SpaceProperties) -> tuple[Cell, Cell]:
    """Items and size as last night's report has them, else what the space itself tells, which is no size."""
    counted = view.counted
    if counted is None:
        return _count(properties.count or ""), Cell("", "dim", -1)
    return Cell(f"{counted.items:,}", "", counted.items), Cell(short_size(counted.bytes), "", counted.bytes)


def _count(text: str) -> Cell:
    """A number with its thousands apart; `1000+` stays one."""
    digits = text.removesuffix("+")
    if not digits.isdecimal():
        return Cell(text, "dim", -1)
    return Cell(f"{int(digits):,}{text[len(digits) :]}", "", int(digits))
