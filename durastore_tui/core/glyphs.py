"""Every state as a glyph and a word; a plain ASCII glyph where the terminal cannot show the other."""

import locale
import os
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

Shade = Literal["", "dim", "strong", "accent", "good", "warn", "bad", "badge", "danger"]
"""A look by its meaning; themes and terminals give each its colour."""


class Mark(NamedTuple):
    """One state's looks."""

    glyph: str
    ascii: str
    shade: Shade


MARKS: Mapping[str, Mark] = {
    "confirmed": Mark("●", "*", "good"),
    "in_progress": Mark("◐", "o", "accent"),
    "accepted": Mark("◌", ".", "accent"),
    "sent": Mark("◌", ".", "accent"),
    "asked": Mark("~", "~", "accent"),
    "on": Mark("●", "*", ""),
    "shown": Mark("◎", "+", ""),
    "off": Mark("○", "-", "dim"),
    "overdue": Mark("▲", "!", "warn"),
    "unknown": Mark("?", "?", "warn"),
    "no_reply": Mark("?", "?", "warn"),
    "paused": Mark("■", "=", "warn"),
    "unverified": Mark("◎", "+", ""),
    "superseded": Mark("○", "-", "dim"),
    "abandoned": Mark("○", "-", "dim"),
    "failed": Mark("✕", "x", "bad"),
    "rejected": Mark("✕", "x", "bad"),
    "forbidden": Mark("⊘", "#", "bad"),
}


SIGNS: Mapping[str, tuple[str, str]] = {
    "cursor": ("▌", ">"),
    "mark": ("✓", "*"),
    "up": ("↑", "^"),
    "down": ("↓", "v"),
    "more": ("…", "~"),
    "full": ("━", "#"),
    "rest": ("─", "-"),
    "dot": ("·", "."),
    "apart": ("›", ">"),
}


PLAIN = str.maketrans(
    {drawn: plain for drawn, plain, *_ in (*MARKS.values(), *SIGNS.values())}
    | {"▌": "|", "│": "|", "▔": "-", "▁": "_", "\N{RIGHT-POINTING MAGNIFYING GLASS}": "? "}
    | dict.fromkeys("▂▃▄▅▆▇█", "#")
    | dict.fromkeys("╭╮╯╰", "+")
    | {"“": '"', "”": '"', "’": "'", "⟨": "<", "⟩": ">"}
)
"""What we, and what Textual's scroll bars, borders and palette draw, in ASCII and as wide."""


@cache
def ascii_only() -> bool:
    """Whether this terminal wants ASCII: DURASTORE_ASCII=1, a console without the font, or a locale without UTF-8."""
    chosen = os.environ.get("DURASTORE_ASCII")
    if chosen is not None:
        return chosen not in ("", "0")
    plain = os.environ.get("TERM", "") in ("linux", "vt100", "vt220") or _is_plain_locale()
    return plain or "utf" not in locale.getencoding().lower()


def _is_plain_locale() -> bool:
    """Python itself turns the locale C into one with UTF-8 (PEP 538); whoever said C by name meant it."""
    said = os.environ.get("LC_ALL"), os.environ.get("LC_CTYPE"), os.environ.get("LANG")
    return said in ((None, "C.UTF-8", "C"), (None, "C.UTF-8", "POSIX"))


def glyph(state: str) -> str:
    """The state's glyph in the form this terminal can show."""
    mark = MARKS[state]
    return mark.ascii if ascii_only() else mark.glyph


def badge(state: str, word: str = "") -> str:
    """Glyph and word: "● confirmed"; `word` stands in for the state's own name."""
    return f"{glyph(state)} {word or state.replace('_', ' ')}"


def sign(name: str) -> str:
    """A sign that is no state: cursor, mark, up, down, more, full, rest, dot, apart."""
    return SIGNS[name][ascii_only()]
