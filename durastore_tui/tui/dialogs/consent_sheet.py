"""What sheets that want a yes have in common: `y`, or a word that must be typed first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.sheet import Sheet, button
from durastore_tui.tui.widgets.text_input import TextInput


class ConsentSheet(Sheet[bool]):
    """`verb` words the button. With `typed` the button is off until that was typed, and `y` is just a letter."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "say_yes", "yes", show=False)]

    def __init__(self, verb: str, typed: str | None, *, danger: bool) -> None:
        super().__init__()
        self.verb = verb
        self.typed = typed
        self.danger = danger
        self.set_class(danger, "-danger")

    def typing(self) -> Iterable[Widget]:
        """The field for the word, where one is wanted."""
        if self.typed is not None:
            yield Facts((Gap(), Words(f"Type {self.typed} to go on", "strong")))
            yield TextInput(placeholder="tab, then type it here", id="typed", compact=True, select_on_focus=False)

    def buttons(self) -> Iterable[Button]:
        yield button(self.verb, "yes", danger=self.danger, off=self.typed is not None)

    def keys(self) -> str:
        yes = "" if self.typed is not None else f"y {self.verb.lower()} · "
        return f"{yes}{self.further_keys()}esc or q cancel"

    def further_keys(self) -> str:
        """Keys of the sheet's own, as in "c copy as curl · "."""
        return ""

    @on(Input.Changed, "#typed")
    def compare(self, typed: Input.Changed) -> None:
        self.query_one("#yes", Button).disabled = typed.value != self.typed

    @on(Input.Submitted, "#typed")
    def go_to_button(self) -> None:
        self.query_one("#yes", Button).focus()

    @on(Button.Pressed, "#yes")
    def consent(self) -> None:
        if self.takes_consent:
            self.dismiss(True)

    def action_say_yes(self) -> None:
        if self.typed is None:
            self.consent()
