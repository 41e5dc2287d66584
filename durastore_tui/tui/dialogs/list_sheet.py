"""Ids pasted or typed, one a line: a list that somebody else made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import events, on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.tui.columns import Cell, Column, Row
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.resource_table import ResourceTable
from durastore_tui.tui.widgets.sheet import Sheet, button
from durastore_tui.tui.widgets.text_input import TextInput


class Lines(TextInput):
    """Takes a paste of many lines whole, where an input takes the first one."""

    @dataclass
    class Pasted(Message):
        """Lines as they came."""

        lines: tuple[str, ...]

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(tuple(event.text.splitlines())))


class ListSheet(Sheet[tuple[str, ...]]):
    """Dismisses with the ids, exact, each once and in order. Enter adds what was typed; on an empty line it goes on."""

    AUTO_FOCUS = "#line"

    def __init__(self, title: str, space: str) -> None:
        super().__init__()
        self.title_words = title
        self.space = space
        self._ids: dict[str, None] = {}

    def heading(self) -> str:
        return self.title_words

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.space, "accent", exact=True), Gap(), Words("Content ids, one a line", "strong")))
        yield Lines(placeholder="paste the list here, or type an id and press enter", id="line", compact=True)
        yield Facts((Gap(),))
        table = ResourceTable(empty="Nothing was pasted yet.", id="ids")
        table.set_columns((Column("id", "CONTENT ID", 20, is_id=True),))
        yield table

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on", off=True)

    def keys(self) -> str:
        return "enter adds, and goes on when the line is empty · esc cancels · nothing is sent from this form"

    @on(Lines.Pasted)
    def pasted(self, event: Lines.Pasted) -> None:
        self._add(event.lines)

    @on(Input.Submitted)
    def typed(self, event: Input.Submitted) -> None:
        if event.value:
            self._add([event.value])
            event.input.clear()
        elif self._ids:
            self.go_on()

    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        self.dismiss(tuple(self._ids))

    def _add(self, lines: Iterable[str]) -> None:
        self._ids |= dict.fromkeys(line for line in lines if line)
        rows = [Row(item, (Cell(item),)) for item in self._ids]
        self.query_one(ResourceTable).set_rows(rows)
        self.query_one("#go-on", Button).disabled = not rows
