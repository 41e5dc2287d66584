"""The rows at the top of every screen while the tour runs: which scene, what to look at, what is pressed."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical

from durastore_tui.tui.widgets.bars import LineBar, Part
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.looks import Span


class Said(NamedTuple):
    """`keys` are those that are pressed next; `steering` is what the person can press."""

    number: int
    of: int
    title: str
    sentence: str
    keys: str = ""
    steering: str = ""


class CaptionBar(LineBar):
    """Its first row."""

    GAP: ClassVar[Span] = ("  ", "")

    def __init__(self, said: Said) -> None:
        super().__init__()
        self._said = said

    def show(self, said: Said) -> None:
        """Replaces it."""
        self._said = said
        self.refresh()

    def parts(self, width: int) -> tuple[Sequence[Part], Sequence[Part]]:
        said = self._said
        number = Part(((f" TOUR {said.number} of {said.of} ", "badge"),))
        left = [number, Part(((said.title, "strong"),), 3)]
        if said.keys:
            left.append(Part((("press ", "dim"), (said.keys, "accent")), 2))
        return left, [Part(((said.steering, "dim"),), 1)]


class Caption(Vertical):
    """Three rows; the sentence has two of them."""

    ROWS: ClassVar[int] = 3

    def __init__(self, said: Said) -> None:
        super().__init__()
        self._said = said

    def compose(self) -> ComposeResult:
        yield CaptionBar(self._said)
        yield Facts((Words(self._said.sentence),))

    def show(self, said: Said) -> None:
        """Replaces all of it."""
        self._said = said
        if self.is_mounted:
            self.query_one(CaptionBar).show(said)
            self.query_one(Facts).show((Words(said.sentence),))
