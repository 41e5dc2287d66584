"""One URL for the camera of a phone; any key that closes a sheet closes it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from durastore_tui.core.glyphs import ascii_only
from durastore_tui.services.qr_code import fitting
from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.modal import Modal
from durastore_tui.tui.widgets.qr_code import QrCode

CAPTION = 1


class QrScreen(Modal[None]):
    """A code that does not fit whole is none: then it says so."""

    CSS_PATH: ClassVar = STYLES / "qr.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,z,enter", "close", "close", show=False)]

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def compose(self) -> ComposeResult:
        with Vertical(id="qr"):
            lines = None if ascii_only() else fitting(self._url, self.app.size.width, self.rows - CAPTION)
            if lines:
                yield QrCode(lines)
                yield Facts((Words("the URL as it is copied · esc closes", "dim"),), classes="caption")
            else:
                yield Facts((Words(self._why_none(), "warn"), Words("esc closes", "dim")))

    def _why_none(self) -> str:
        if ascii_only():
            return "This terminal shows no block characters, of which the code is drawn. y copies the URL."
        return "The terminal is too small for this code: make it larger, or the letters smaller. y copies the URL."
