"""`n`: what was said since the start, newest first."""

from collections.abc import Sequence

from durastore_tui.core.glyphs import Shade
from durastore_tui.tui.context import Severity
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.messages import Note
from durastore_tui.tui.widgets.facts import Fact, Words
from durastore_tui.tui.wording import on_clock

SHADES: dict[Severity, Shade] = {"information": "", "warning": "warn", "error": "bad"}


class NotesScreen(ReadingScreen):
    """Each with its time; the toasts themselves are put away."""

    def __init__(self, notes: Sequence[Note], here: str) -> None:
        """`here` is the profile in view: what is about another one names it."""
        several = bool({note.profile for note in notes if note.profile} - {here})
        lines = tuple(Fact(on_clock(note.at), _text(note, several), SHADES[note.severity]) for note in notes)
        super().__init__("Messages", lines or (Words("Nothing was said yet.", "dim"),))


def _text(note: Note, several: bool) -> str:
    """With the server that it is about, where there were several."""
    return f"{note.profile}: {note.text}" if several and note.profile else note.text
