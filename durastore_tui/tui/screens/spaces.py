"""Spaces: what is there, how it streams, how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Stale
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.glyphs import MARKS, badge
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.screens.space_list import SpaceList
from durastore_tui.tui.space_facts import SpaceView, space_blocks
from durastore_tui.tui.widgets.columns import Cell, Column, Row
from durastore_tui.tui.widgets.facts import Block
from durastore_tui.tui.wording import age

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties

NOT_HELD = Cell("·", "dim")
SYSTEM_PREFIX = "x-duracloud"


class SpacesScreen(SpaceList):
    """The list that opens first."""

    scope = Scope.SPACES
    BINDINGS = bindings(Scope.SPACES)
    empty = "This store has no spaces."
    columns = (
        Column("space", "SPACE", 24, is_id=True),
        Column("streaming", "STREAMING", 12, 20),
        Column("items", "ITEMS", 7, 7, right=True),
        Column("snapshot", "SNAPSHOT", 8, 8, drop=2, is_id=True),
        Column("read", "READ", 6, right=True, most=6, drop=1),
    )

    def row(self, view: SpaceView) -> Row:
        name = Cell(view.space, "dim" if view.space.startswith(SYSTEM_PREFIX) else "")
        match view.properties:
            case Ready(value, at) | Stale(value, at):
                return Row(view.space, (name, *self._cells(view, value), Cell(age(at, self.now), "dim", at)))
            case NotAllowed():
                return Row(view.space, (name, Cell(badge("forbidden", "forbidden"), "bad"), *(NOT_HELD,) * 3))
            case Failed():
                return Row(view.space, (name, Cell(badge("failed"), "bad"), *(NOT_HELD,) * 3))
            case Empty() | Loading():
                return Row(view.space, (name, *(NOT_HELD,) * 4))

    def _cells(self, view: SpaceView, properties: SpaceProperties) -> tuple[Cell, Cell, Cell]:
        from durastore_tui.services.streaming import state_of

        state = state_of(properties, view.job)
        count = properties.count or ""
        digits = count.removesuffix("+")
        shown = f"{int(digits):,}{count[len(digits) :]}" if digits.isdecimal() else count
        return (
            Cell(badge(state.glyph, state.word), MARKS[state.glyph].shade, state.word),
            Cell(shown, "", int(digits) if digits.isdecimal() else -1),
            Cell(properties.snapshot_id or "", "dim"),
        )

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        return space_blocks(view, tuple(self.next_keys()), self.now)
