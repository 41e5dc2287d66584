"""One line above a list: how many there are of each kind, as a strip of their shares and in words."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from textual.strip import Strip
from textual.widget import Widget

from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.tui.widgets.looks import Line, Span, strip_of, width_of

STRIP = 16
GAP: Span = ("  ", "")


class Share(NamedTuple):
    """One kind: its word, its colour, how many."""

    word: str
    shade: Shade
    number: int


class Shares(Widget):
    """Kinds that do not fit in words are still in the strip."""

    ALLOW_SELECT = False
    _shares: tuple[Share, ...] = ()
    _words = ""

    def show(self, shares: Sequence[Share], words: str = "") -> None:
        """Replaces the line; `words` stand at its end."""
        if (tuple(shares), words) != (self._shares, self._words):
            self._shares, self._words = tuple(shares), words
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        spans: list[Span] = [("   ", "")]
        if self._shares and width >= 3 * STRIP:
            spans += [*strip(self._shares, STRIP), GAP]
        room = width - width_of(((self._words, "dim"),))
        for share in self._shares:
            word: Line = ((f"{share.number:,} ", share.shade), (share.word, "dim"), GAP)
            if width_of((*spans, *word)) <= room:
                spans += word
        spans.append((self._words, "dim"))
        return strip_of(self, spans, width)


def strip(shares: Sequence[Share], width: int) -> Line:
    """`width` cells: one for each kind that there is, and the others by their shares."""
    there = [share for share in shares if share.number]
    ends = [0, *accumulate(share.number * (width - len(there)) for share in there)]
    total = sum(share.number for share in there)
    cells = [1 + stop // total - start // total for start, stop in pairwise(ends)]
    return tuple((sign("full") * taken, share.shade or "dim") for share, taken in zip(there, cells, strict=True))
