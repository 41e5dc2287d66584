"""What plays a person: the lines that a screen shows, and the key that gives a character."""

from typing import Any

from textual.keys import _character_to_key
from textual.screen import Screen


def read_lines(screen: Screen[Any]) -> list[str]:
    """The text of a screen, line by line, without blanks at the end."""
    strips = screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


def key_of(character: str) -> str:
    """Textual's name of the key that types this character."""
    return character if character.isalnum() else _character_to_key(character)
