"""What a tour and the pictures are made of: keys that are pressed, and words that are seen before it goes on."""

from enum import StrEnum
from typing import NamedTuple

NAMED = {
    "enter": "enter",
    "escape": "esc",
    "tab": "tab",
    "space": "space",
    "down": "down",
    "up": "up",
    "pagedown": "pgdn",
    "end": "end",
    "backspace": "backspace",
    "ctrl+r": "^r",
    "ctrl+u": "^u",
    "ctrl+c": "^c",
}
"""Keys by Textual's name, and as people write them; any other word is typed letter by letter."""


class Cue(StrEnum):
    """What happens beside the keys, behind the app's back."""

    UNPLUG = "unplug"
    PLUG_IN = "plug in"
    COMMAND = "command"


class Step(NamedTuple):
    """Keys, and what must be seen after them: `wide` and `narrow` only where there are two panes, or one.

    With `says` it begins with a caption, which a person reads first. `only` is the layout that it is for, "" for any.
    `command` are the words of a headless command, `{snapshot}` the id in view. `leaves` ends the app, to be started
    again. `picture` names the one that is taken then."""

    says: str = ""
    keys: tuple[str, ...] = ()
    sees: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()
    narrow: tuple[str, ...] = ()
    only: str = ""
    cue: Cue | None = None
    command: tuple[str, ...] = ()
    leaves: bool = False
    picture: str = ""

    @property
    def shown_keys(self) -> str:
        """The keys as a person writes them."""
        return "  ".join(NAMED.get(key, key) for key in self.keys)

    def expected(self, *, narrow: bool) -> tuple[str, ...]:
        """What must be seen in this layout."""
        return (*self.sees, *(self.narrow if narrow else self.wide))

    def fits(self, *, narrow: bool) -> bool:
        """Whether it is for this layout."""
        return self.only in ("", "narrow" if narrow else "wide")


class Scene(NamedTuple):
    """`after` are the scenes without which it makes no sense: what they change is still there."""

    name: str
    title: str
    steps: tuple[Step, ...]
    after: tuple[str, ...] = ()
