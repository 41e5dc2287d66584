"""Text from the server on its way to a screen: what a terminal would obey or hide becomes visible."""

import re
import unicodedata
from functools import lru_cache
from json import dumps

_MARKS = (
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Accents and the like, which stand on the letter before them."""
_MOST_MARKS = 8
"""More of them on one letter are no writing, and cover the lines around it."""
HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1: a terminal obeys them
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u3164\ufeff\uffa0\ufff9-\ufffb"  # unseen
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # unseen, too
    "\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"  # blanks that look like others
    "\u200e\u200f\u2028-\u202e\u2060-\u206f"  # they reorder or break the line
    "\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff"  # terminals disagree on their width
    "\ud800-\udfff"  # cannot be encoded
    "]"
    "|(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f\u200c\u200d])"  # join nothing
    rf"|{_MARKS}(?<={_MARKS}{{{_MOST_MARKS + 1}}})"
)
"""A character that a terminal obeys, or that a person cannot see or tell from another."""
OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""A character that a terminal obeys, that reorders or breaks a line, or that cannot be encoded."""
_HALF = re.compile("[\ud800-\udfff]")


def sendable(text: str) -> bool:
    """Whether UTF-8 has a form for it: a wrong byte on the command line leaves half a character, which has none."""
    return not _HALF.search(text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"⟨{code:04X}⟩"


def safe(text: str) -> str:
    """One line that no terminal obeys: control characters as ␛, others as their code point in ⟨ ⟩."""
    return HIDDEN.sub(_shown, text)


def without_controls(text: str, keep: str = "") -> str:
    """Text for another program: only what is obeyed becomes visible, but for the characters in `keep`."""
    return OBEYED.sub(lambda found: found[0] if found[0] in keep else _shown(found), text)


def json_with_escapes(text: str) -> str:
    """JSON in which every hidden character of a string is an escape, which says exactly the same."""
    return HIDDEN.sub(lambda found: found[0] if found[0] in "\t\r\n" else dumps(found[0])[1:-1], text)


def cells(text: str) -> int:
    """Terminal columns that safe text takes; a joiner draws two characters in the place of one."""
    if text.isascii():
        return len(text)
    return sum(_width(now) for before, now in zip(" " + text, text, strict=False) if before != "\u200d")


@lru_cache(maxsize=4096)
def _width(character: str) -> int:
    if character in "\u200c\u200d" or "\u1160" <= character <= "\u11ff":
        return 0
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def middle(text: str, width: int) -> str:
    """Safe text in at most `width` columns: the middle goes, the end stays. Takes time in proportion to its length."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    start, of_tail = _tail(text, width // 2)
    return f"{text[: _head(text, width - 1 - of_tail)]}…{text[start:]}"


def _tail(text: str, room: int) -> tuple[int, int]:
    """Where the longest end that fits begins, and how many cells it takes."""
    start, taken = len(text), 0
    while start:
        joined = text[start - 1] == "\u200d" and start < len(text)
        more = _width(text[start - 1]) - (_width(text[start]) if joined else 0)
        if taken + more > room:
            break
        start, taken = start - 1, taken + more
    while start < len(text) and not _width(text[start]):
        start += 1
    return start, cells(text[start:])


def _head(text: str, room: int) -> int:
    """How many characters of the beginning fit."""
    stop = taken = 0
    while stop < len(text):
        taken += 0 if stop and text[stop - 1] == "\u200d" else _width(text[stop])
        if taken > room:
            break
        stop += 1
    return stop


_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|title|meta|script|style|h\d|p|div|form)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_html(text: str) -> bool:
    """Whether a text begins as a web page or a part of one does."""
    return bool(_PAGE.match(text.lstrip("\ufeff")))
