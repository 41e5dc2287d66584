"""A password or token that shows itself to nobody by accident."""

from collections.abc import Mapping
from dataclasses import dataclass

from durastore_tui.core.redact import LEAST, hold
from durastore_tui.core.text import sendable

VARIABLES = ("DURASTORE_PASSWORD", "DURACLOUD_PASSWORD")
"""What no child of ours is told."""


def for_children(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment without the passwords that it may hold."""
    return {name: value for name, value in environ.items() if name not in VARIABLES}


@dataclass(frozen=True, slots=True)
class Secret:
    """Holds the text; `repr` and `str` never say it."""

    _text: str

    def __post_init__(self) -> None:
        hold(self._text)

    def hold_with(self, before: str) -> None:
        """Has it masked in what it is a part of, too: in the base64 of a login."""
        if len(self._text) >= LEAST:
            hold(f"{before}{self._text}")

    def reveal(self) -> str:
        """The text itself: for the transport alone."""
        return self._text

    @property
    def sendable(self) -> bool:
        """Whether UTF-8 has a form for it."""
        return sendable(self._text)

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)
