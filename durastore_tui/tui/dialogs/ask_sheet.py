"""A yes to something that changes nothing at the server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.widget import Widget

from durastore_tui.tui.dialogs.consent_sheet import ConsentSheet
from durastore_tui.tui.widgets.facts import Facts, Gap, Words


class Question(NamedTuple):
    """`verb` words the button; `typed` is what must be typed, where the answer is dangerous."""

    title: str
    subject: str
    effect: str
    verb: str
    typed: str | None = None


class AskSheet(ConsentSheet):
    """`y` is yes."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.verb, question.typed, danger=question.typed is not None)
        self.question = question

    def heading(self) -> str:
        return self.question.title

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.question.subject, "accent", exact=True), Gap(), Words(self.question.effect)))
        yield from self.typing()
