"""`y`: what can be copied here, a letter each; the first one again by `y`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.widgets.facts import Fact, Facts, Hint
from durastore_tui.tui.widgets.sheet import Sheet

LETTERS = "abcdefghilmnoprstuvwxyz"
SHOWN = 60


class CopySheet(Sheet[Copyable]):
    """Dismisses with what was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(letter, f"take('{letter}')", "copy", show=False) for letter in LETTERS
    ]

    def __init__(self, there: Sequence[Copyable]) -> None:
        super().__init__()
        self._there = {one.letter: one for one in there}

    def heading(self) -> str:
        return "Copy"

    def body(self) -> Iterable[Widget]:
        yield Facts(tuple(Hint(one.letter, one.what) for one in self._there.values()))
        first = next(iter(self._there.values()))
        yield Facts((Fact("", ""), Fact(first.letter, first.in_short[:SHOWN], "dim")))

    def keys(self) -> str:
        return "a letter copies · esc or q closes"

    def action_take(self, letter: str) -> None:
        if letter in self._there:
            self.dismiss(self._there[letter])
