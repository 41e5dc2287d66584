"""A modal sheet: Cancel has the focus, esc and q close it, and it takes no consent for its first moments."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from textual.message import Message
from textual.screen import ModalScreen

T = TypeVar("T")


class Sheet(ModalScreen[T], Generic[T]):
    """Dismisses with None when closed without a choice."""

    @dataclass
    class Copy(Message):
        """`text` is wanted in the clipboard; `what` names it for the toast. Bubbles to the app."""

        text: str
        what: str
