"""A yes to something that changes nothing at the server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Button

from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.sheet import Sheet, button


class Question(NamedTuple):
    """`verb` words the button."""

    title: str
    subject: str
    effect: str
    verb: str


class AskSheet(Sheet[bool]):
    """`y` is yes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "say_yes", "yes", show=False)]

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.question = question

    def heading(self) -> str:
        return self.question.title

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.question.subject, "accent", exact=True), Gap(), Words(self.question.effect)))

    def buttons(self) -> Iterable[Button]:
        yield button(self.question.verb, "yes")

    def keys(self) -> str:
        return f"y {self.question.verb.lower()} · esc or q cancel"

    @on(Button.Pressed, "#yes")
    def action_say_yes(self) -> None:
        if self.takes_consent:
            self.dismiss(True)
