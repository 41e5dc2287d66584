"""Stream URLs: raw and percent-encoded where they differ, copied from here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from durastore_tui.core.text import safe
from durastore_tui.tui.glyphs import badge, glyph
from durastore_tui.tui.widgets.columns import Cell, Column, Row
from durastore_tui.tui.widgets.facts import Block, Fact, Facts, Gap, Words
from durastore_tui.tui.widgets.resource_table import ResourceTable
from durastore_tui.tui.widgets.sheet import Sheet, button

if TYPE_CHECKING:
    from durastore_tui.services.urls import UrlRow

COLUMNS = (Column("item", "Item", 20, 48, is_id=True), Column("url", "URL", 30, is_id=True))


class UrlSheet(Sheet[None]):
    """Opens at once and fills by `add`; `y` copies the URLs that can be used, a line each."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy_urls", "copy", show=False)]

    def __init__(self, space: str, asked: int) -> None:
        super().__init__()
        self.space = space
        self.asked = asked
        self._rows: list[UrlRow] = []

    def heading(self) -> str:
        return "Stream URL" if self.asked == 1 else f"{self.asked:,} stream URLs"

    def body(self) -> Iterable[Widget]:
        yield Facts(self._blocks(), id="urls-said")
        if self.asked > 1:
            table = ResourceTable(empty="", id="urls")
            table.set_columns(COLUMNS)
            yield table

    def buttons(self) -> Iterable[Button]:
        yield button("Copy", "copy", off=True)

    def cancel_word(self) -> str:
        return "Close"

    def keys(self) -> str:
        return "y copy · esc or q close"

    def add(self, row: UrlRow) -> None:
        """Takes one result in; a failure stays in its row."""
        self._rows.append(row)
        self.query_one("#urls-said", Facts).show(self._blocks())
        self.query_one("#copy", Button).disabled = not self._usable
        if self.asked > 1:
            self.query_one(ResourceTable).set_rows([_row(made) for made in self._rows])

    @property
    def _usable(self) -> list[str]:
        return [row.encoded for row in self._rows if row.encoded]

    def _blocks(self) -> tuple[Block, ...]:
        if self.asked == 1:
            return (
                _one(self.space, self._rows[0])
                if self._rows
                else (Words(f"{glyph('sent')} Asking the server.", "accent"),)
            )
        failed = sum(1 for row in self._rows if row.error)
        words = f"{len(self._rows) - failed:,} of {self.asked:,} made" + (f", {failed:,} failed" if failed else "")
        return (Words(self.space, "accent", exact=True), Words(words, "bad" if failed else "dim"), Gap())

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "copy":
            self.action_copy_urls()

    def action_copy_urls(self) -> None:
        if urls := self._usable:
            self.copy("\n".join(urls), "the URL" if len(urls) == 1 else f"{len(urls):,} URLs")


def _one(space: str, row: UrlRow) -> tuple[Block, ...]:
    about = (Fact("space", space, exact=True), Fact("item", row.content_id, exact=True), Gap())
    if row.error or not row.encoded:
        return (*about, Words(badge("failed", row.error or "the server gave no URL"), "bad"))
    if row.raw == row.encoded:
        return (*about, Words(row.encoded, "strong", exact=True))
    return (
        *about,
        Fact("as joined", row.raw or "", "dim", exact=True),
        Fact("to use", row.encoded, "strong", exact=True),
        Gap(),
        Words("The server joins host and item without encoding; what is copied is percent-encoded.", "dim"),
    )


def _row(made: UrlRow) -> Row:
    said = Cell(badge("failed", made.error), "bad") if made.error else Cell(made.encoded or "")
    return Row(made.content_id, (Cell(safe(made.content_id)), said))
