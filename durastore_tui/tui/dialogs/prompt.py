"""One line of input above the keys, for a filter, a prefix or a place to go to."""

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.widgets.literal import literal
from durastore_tui.tui.widgets.modal import Modal
from durastore_tui.tui.widgets.text_input import TextInput


class Prompt(Modal[str | None]):
    """Dismisses with the text, or None on esc; `changed` is called at each keystroke (live filters)."""

    CSS_PATH: ClassVar = STYLES / "sheets.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 (as in Textual)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "close", show=False)]

    def __init__(
        self, label: str, text: str = "", hint: str = "", changed: Callable[[str], None] | None = None
    ) -> None:
        super().__init__()
        self.label = label
        self.text = text
        self.hint = hint
        self.changed = changed

    def compose(self) -> ComposeResult:
        with Horizontal(id="prompt"):
            yield Label(literal(self.label), id="prompt-label")
            yield TextInput(self.text, compact=True, select_on_focus=False)
            yield Label(literal(self.hint), id="prompt-hint")

    @on(Input.Changed)
    def tell(self, event: Input.Changed) -> None:
        if self.changed:
            self.changed(event.value)

    @on(Input.Submitted)
    def close_with_text(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)
