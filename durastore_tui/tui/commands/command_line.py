"""`:`: one line that says where to go or what to do, with completion and a memory."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.suggester import Suggester
from textual.widgets import Input, Label

from durastore_tui.config import places
from durastore_tui.core.errors import BadInput
from durastore_tui.core.glyphs import Shade, sign
from durastore_tui.core.text import HIDDEN, safe
from durastore_tui.services.command_history import CommandHistory
from durastore_tui.tui.commands.commands import Run, completions, help_of, understood
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.modal import Modal
from durastore_tui.tui.widgets.text_input import TextInput

MOST_OFFERED = 40


class CommandLine(Modal[Run]):
    """Dismisses with what is to be run, or None; what is not understood is explained, and nothing is done."""

    CSS_PATH: ClassVar = STYLES / "command_line.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", show=False),
        Binding("tab", "complete(1)", "complete", show=False),
        Binding("shift+tab", "complete(-1)", "complete", show=False),
        Binding("up", "recall(-1)", "older", show=False),
        Binding("down", "recall(1)", "newer", show=False),
    ]

    def __init__(self, shell: PlaceScreen) -> None:
        super().__init__()
        self.shell = shell
        self._history = CommandHistory(places.commands())
        self._kept = [*self._history.lines(), ""]
        self._at = len(self._kept) - 1
        self._offered: tuple[str, ...] = ()
        self._turn = -1

    def compose(self) -> ComposeResult:
        with Vertical(id="command"):
            yield Facts(id="command-says")
            with Horizontal(id="command-line"):
                yield Label(":", id="command-colon", markup=False)
                yield TextInput(compact=True, select_on_focus=False, suggester=_Ghost(self.shell))

    def on_mount(self) -> None:
        self._offered = completions(self.shell, "")
        self._say_what_is_offered()

    @property
    def _line(self) -> Input:
        return self.query_one(Input)

    def _write(self, text: str) -> None:
        self._line.value = text
        self._line.cursor_position = len(text)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self._turn < 0 or event.value != self._offered[self._turn]:
            self._offered, self._turn = completions(self.shell, event.value), -1
        self._say_what_is_offered()

    def _say_what_is_offered(self) -> None:
        words = [line.split()[-1] for line in self._offered[:MOST_OFFERED]]
        more = [sign("more")] if len(self._offered) > MOST_OFFERED else []
        self._say(help_of(self.shell, self._line.value), " ".join((*words, *more)))

    def _say(self, *sentences: str, shade: Shade = "dim") -> None:
        lines = tuple(Words(safe(text), shade) for text in sentences if text)
        self.query_one("#command-says", Facts).show(lines)

    # Keys

    @on(Input.Submitted)
    def _run(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if not text:
            self.dismiss(None)
            return
        try:
            run = understood(self.shell, text)
        except BadInput as wrong:
            self._say(wrong.sentence, shade="warn")
        else:
            self._history.add(text)
            self.dismiss(run)

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace" and not self._line.value:
            self.dismiss(None)

    def action_complete(self, step: int) -> None:
        """The likeliest first, then one after the other."""
        if count := len(self._offered):
            self._turn = (self._turn + step) % count if self._turn >= 0 else (0 if step > 0 else count - 1)
            self._write(self._offered[self._turn])

    def action_recall(self, step: int) -> None:
        self._kept[self._at] = self._line.value
        self._at = max(0, min(len(self._kept) - 1, self._at + step))
        self._write(self._kept[self._at])


class _Ghost(Suggester):
    """The likeliest completion, behind what is typed; right takes it."""

    def __init__(self, shell: PlaceScreen) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._shell = shell

    async def get_suggestion(self, value: str) -> str | None:
        likeliest = next(iter(completions(self._shell, value)), None) if value else None
        # Textual paints it as it is. Tab still completes to a name with characters that a terminal obeys or hides.
        return None if likeliest is None or HIDDEN.search(likeliest) else likeliest
