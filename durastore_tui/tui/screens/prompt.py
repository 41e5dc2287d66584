"""One line of input above the keys, for a filter, a prefix or a place to go to."""

from collections.abc import Callable

from textual.screen import ModalScreen


class Prompt(ModalScreen[str | None]):
    """Dismisses with the text, or None on esc; `changed` is called at each keystroke (live filters)."""

    def __init__(
        self, label: str, text: str = "", hint: str = "", changed: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self.label = label
        self.text = text
        self.hint = hint
        self.changed = changed
