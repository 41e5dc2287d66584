"""A modal sheet: Cancel has the focus, esc and q close it, and it takes no consent for its first moments."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button

from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.terminal.keys_in_turn import KeysInTurn
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.literal import literal
from durastore_tui.tui.widgets.modal import Modal

T = TypeVar("T")
FRAME = 8
"""Lines of a sheet around its body, with what sheets.tcss puts between them; the body gets the rest."""


class SheetBody(VerticalScroll, can_focus=False):
    """What does not fit scrolls under the sheet's own keys; the focus stays on fields and buttons."""


class Sheet(Modal[T], Generic[T]):
    """Dismisses with None when closed without a choice."""

    GUARD: ClassVar[float] = 0.3
    """Seconds after the first paint before a key or a click can consent; by the time at which it was made, so that
    keys which waited behind a stalled screen do not count either, nor one that is held down since before."""

    CSS_PATH: ClassVar = STYLES / "sheets.tcss"
    AUTO_FOCUS = "#cancel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "close", show=False),
        Binding("down,j", "scroll_body(1)", "down", show=False),
        Binding("up,k", "scroll_body(-1)", "up", show=False),
        Binding("pagedown,ctrl+d", "scroll_body(8)", "page down", show=False),
        Binding("pageup,ctrl+u", "scroll_body(-8)", "page up", show=False),
        Binding("right", "app.focus_next", "next", show=False),
        Binding("left", "app.focus_previous", "previous", show=False),
    ]

    @dataclass
    class Copy(Message):
        """`text` is wanted in the clipboard, a tuple as a list; `what` names it for the toast; `keep` holds the control
        characters that it was made with. Bubbles to the app."""

        text: str | tuple[str, ...]
        what: str
        keep: str = ""

    painted_at: float | None = None
    acted_at = 0.0

    # What a sheet consists of.

    @abstractmethod
    def heading(self) -> str:
        """The first line."""

    @abstractmethod
    def body(self) -> Iterable[Widget]:
        """What stands between the heading and the buttons."""

    def buttons(self) -> Iterable[Button]:
        """Beside Cancel."""
        return ()

    def keys(self) -> str:
        """The last line: which keys there are."""
        return "esc or q closes"

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Facts((Words(self.heading(), "strong"),), classes="sheet-heading")
            with SheetBody(classes="sheet-body"):
                yield from self.body()
            with Horizontal(classes="sheet-buttons"):
                yield button(self.cancel_word(), "cancel")
                yield from self.buttons()
            yield Facts((Words(self.keys(), "dim"),), classes="sheet-keys")

    def cancel_word(self) -> str:
        """Of the button that has the focus."""
        return "Cancel"

    def on_resize(self) -> None:
        self.query_one(SheetBody).styles.max_height = max(1, self.rows - FRAME)

    # Guard.

    def on_mount(self) -> None:
        self.call_after_refresh(self._mark_painted)

    def _mark_painted(self) -> None:
        self.painted_at = monotonic()

    def on_key(self, event: events.Key) -> None:
        self.acted_at = self.app.pressed_at if isinstance(self.app, KeysInTurn) else event.time

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.acted_at = event.time

    @property
    def takes_consent(self) -> bool:
        """Whether the last key or click came late enough to be an answer to what this sheet shows."""
        return self.painted_at is not None and self.acted_at - self.painted_at >= self.GUARD

    # Keys.

    @on(Button.Pressed, "#cancel")
    def action_close(self) -> None:
        self.dismiss(None)

    def action_scroll_body(self, lines: int) -> None:
        body = self.query_one(SheetBody)
        body.scroll_to(y=body.scroll_offset.y + lines, animate=False)

    def copy(self, text: str, what: str, keep: str = "") -> None:
        """Asks the app to put text into the clipboard."""
        self.post_message(self.Copy(text, what, keep))


def button(word: str, name: str, *, danger: bool = False, off: bool = False) -> Button:
    """One line high; the word is no markup."""
    made = Button(literal(word), id=name, compact=True, disabled=off)
    made.set_class(danger, "danger")
    return made
