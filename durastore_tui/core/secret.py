"""A password or token that shows itself to nobody by accident."""

from dataclasses import dataclass

from durastore_tui.core.text import sendable


@dataclass(frozen=True, slots=True)
class Secret:
    """Holds the text; `repr` and `str` never say it."""

    _text: str

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
