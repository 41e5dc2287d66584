"""Spaces: what is there, how it streams, how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.core.resource import Empty, Failed, Loading, NotAllowed, Ready, Stale
from durastore_tui.core.tasks.model import SNAPSHOT_STORES
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

    def columns(self) -> tuple[Column, ...]:
        return (
            Column("space", "SPACE", 24, is_id=True),
            self._second_column(),
            Column("items", "ITEMS", 7, 7, right=True),
            Column("read", "READ", 6, 6, right=True, drop=1),
        )

    @property
    def _snapshots(self) -> bool:
        """Whether the store's spaces go to snapshots; such stores stream nothing."""
        services = self.durastore.services
        return services is not None and services.session.store.type in SNAPSHOT_STORES

    def _second_column(self) -> Column:
        if self._snapshots:
            return Column("snapshot", "SNAPSHOT", 16, 44, is_id=True)
        return Column("streaming", "STREAMING", 12, 20)

    def row(self, view: SpaceView) -> Row:
        name = Cell(view.space, "dim" if view.space.startswith(SYSTEM_PREFIX) else "")
        match view.properties:
            case Ready(value, at) | Stale(value, at):
                return Row(view.space, (name, *self._cells(view, value), Cell(age(at, self.now), "dim", at)))
            case NotAllowed():
                return Row(view.space, (name, Cell(badge("forbidden"), "bad"), NOT_HELD, NOT_HELD))
            case Failed():
                return Row(view.space, (name, Cell(badge("failed"), "bad"), NOT_HELD, NOT_HELD))
            case Empty() | Loading():
                return Row(view.space, (name, NOT_HELD, NOT_HELD, NOT_HELD))

    def _cells(self, view: SpaceView, properties: SpaceProperties) -> tuple[Cell, Cell]:
        from durastore_tui.services.streaming import state_of

        if self._snapshots:
            return Cell(properties.snapshot_id or "", "dim"), _count(properties.count or "")
        state = state_of(properties, view.job)
        streaming = Cell(badge(state.glyph, state.word), MARKS[state.glyph].shade, state.word)
        return streaming, _count(properties.count or "")

    def do_mark(self) -> None:
        self.table.toggle_mark()
        self.draw_lines()

    def about(self, view: SpaceView) -> tuple[Block, ...]:
        return space_blocks(view, tuple(self.next_keys()), self.now)


def _count(text: str) -> Cell:
    """A number with its thousands apart; `1000+` stays one."""
    digits = text.removesuffix("+")
    if not digits.isdecimal():
        return Cell(text, "dim", -1)
    return Cell(f"{int(digits):,}{text[len(digits) :]}", "", int(digits))
