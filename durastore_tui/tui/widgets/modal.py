"""What lies over a place and takes every key: sheets, forms, pages to read."""

from math import inf
from time import time
from typing import ClassVar, Generic, TypeVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from durastore_tui.tui.widgets.looks import LOOKS

T = TypeVar("T")


class Modal(ModalScreen[T], Generic[T]):
    """No key reaches the app from here; ctrl+c, with nothing selected to copy, still asks to leave, and ctrl+z puts it
    into the background."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+z", "app.suspend_process", show=False)]

    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)
    opened_at = inf
    """By the clock that toasts go by."""

    def on_mount(self) -> None:
        self.opened_at = time()

    @property
    def rows(self) -> int:
        """How many rows there are for it: all, but for those that a tour keeps on every screen."""
        kept: int = getattr(self.app, "rows_kept", 0)
        return self.app.size.height - kept

    def action_close(self) -> None:
        self.dismiss(None)

    def action_copy_text(self) -> None:
        try:
            super().action_copy_text()
        except SkipAction:
            self.call_later(self.run_action, "app.help_quit")
