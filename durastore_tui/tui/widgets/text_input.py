"""A line of input that shows hostile text as every other widget does, and keeps it exact."""

from typing import Any

from rich.highlighter import Highlighter
from rich.text import Text
from textual.widgets import Input

from durastore_tui.core.text import HIDDEN, safe

UNSHOWN = "\N{REPLACEMENT CHARACTER}"


class _Visible(Highlighter):
    """One visible character for each one that a terminal obeys or hides, so that every position stays what it is."""

    def __call__(self, text: str | Text) -> Text:
        return Text(HIDDEN.sub(_one_character, str(text)), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Change no colours."""


def _one_character(found: Any) -> str:
    shown = safe(found[0])
    return shown if len(shown) == 1 else UNSHOWN


class TextInput(Input):
    """Textual's own input paints its value as it is, and a terminal obeys what is pasted or filled in."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, highlighter=_Visible(), **options)
