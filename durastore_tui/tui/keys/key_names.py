"""Keys as people write them and as Textual calls them, and which of them a plain terminal can't be trusted with."""

import re
import unicodedata
from functools import cache
from string import punctuation

from durastore_tui.core.errors import BadInput
from durastore_tui.core.nearest import did_you_mean

CALLED_OTHERWISE = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
SHORT = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter", "del": "delete", "ins": "insert"}
SHOWN = {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn"}
ARROWS = ("up", "down", "left", "right")
SENT = {
    *("enter", "escape", "space", "tab", "backspace", "delete", "insert", "home", "end", "pageup", "pagedown"),
    *ARROWS,
    *(f"{held}+{arrow}" for held in ("shift", "ctrl") for arrow in ARROWS),
    *(f"f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "ctrl+left_square_bracket",
    "shift+tab",
}
"""What a plain xterm sends as a key of its own, but for the characters; more needs the Kitty protocol."""
TAKEN = {
    "ctrl+h": "is backspace to many terminals",
    "ctrl+i": "is tab to a terminal",
    "ctrl+j": "is a new line to a terminal",
    "ctrl+m": "is enter to a terminal",
    "ctrl+left_square_bracket": "is escape to a terminal",
    "ctrl+s": "stops the output of many terminals",
    "ctrl+q": "starts the output of many terminals again",
    "ctrl+z": "is what puts a program into the background",
    "ctrl+b": "belongs to tmux",
    "ctrl+a": "belongs to screen",
    "ctrl+c": "always leaves",
    "tab": "moves the focus",
    "shift+tab": "moves the focus",
}
"""Keys that no action may have, and why."""


def name_of(written: str) -> str:
    """Textual's name of a key as a person writes it: "?", "esc", "^r", "ctrl+r"; raises BadInput, with the nearest."""
    if len(written) == 1:
        if written.isprintable() and not written.isspace():
            return _of_character(written)
        raise BadInput("key", "a key that can't be seen is written by its name, as in space or enter")
    text = re.sub(r"^(\^|c-|ctrl-)(?=.)", "ctrl+", written.strip().lower())
    held, plus, last = text.rpartition("+")
    last = SHORT.get(last, _of_character(last) if len(last) == 1 else last)
    name = f"{held}{plus}{last}"
    if name in SENT or (not held and name in _characters()):
        return name
    if held:
        raise BadInput("key", f"{written} is no key that a plain terminal sends")
    raise BadInput("key", f"there is no key {written}{did_you_mean(name, (*SENT, *SHORT, *_characters()))}")


def text_of(name: str) -> str:
    """How people write it: "question_mark" is "?", "ctrl+r" is "^r"."""
    held, _, last = name.rpartition("+")
    last = _characters().get(last) or SHOWN.get(last, last)
    return f"^{last}" if held == "ctrl" and len(last) == 1 else f"{held}+{last}" if held else last


@cache
def _characters() -> dict[str, str]:
    return {_of_character(character): character for character in punctuation}


def _of_character(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character).lower().replace("-", "_").replace(" ", "_")
    return CALLED_OTHERWISE.get(name, name)
