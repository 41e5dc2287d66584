"""A password or token that shows itself to nobody by accident."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """Holds the text; `repr` and `str` never say it."""

    _text: str

    def reveal(self) -> str:
        """The text itself: for the transport alone."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._text)
