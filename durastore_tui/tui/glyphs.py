"""Every state as a glyph and a word; a plain ASCII glyph where the terminal cannot show the other."""

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.tui.widgets.columns import Shade


@dataclass(frozen=True, slots=True)
class Mark:
    """One state's looks."""

    glyph: str
    ascii: str
    shade: Shade


MARKS: Mapping[str, Mark] = {
    "seen": Mark("●", "*", "good"),
    "settling": Mark("◐", "o", "accent"),
    "accepted": Mark("◌", ".", "accent"),
    "sent": Mark("◌", ".", "accent"),
    "asked": Mark("~", "~", "accent"),
    "on": Mark("●", "*", ""),
    "off": Mark("○", "-", "dim"),
    "late": Mark("▲", "!", "warn"),
    "unknown": Mark("?", "?", "warn"),
    "lost": Mark("?", "?", "warn"),
    "failed": Mark("✕", "x", "bad"),
    "refused": Mark("✕", "x", "bad"),
    "forbidden": Mark("⊘", "#", "bad"),
}


def glyph(state: str) -> str:
    """The state's glyph in the form this terminal can show."""
    raise NotImplementedError


def badge(state: str, word: str = "") -> str:
    """Glyph and word: "● seen"; `word` stands in for the state's own name."""
    raise NotImplementedError
