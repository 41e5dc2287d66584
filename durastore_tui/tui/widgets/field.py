"""One parameter of a task as a form field: label, input, and what is wrong with it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Param, Value
from durastore_tui.core.tasks.reading import read
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.text_input import TextInput


class Field(Vertical):
    """The parameter's help stands under the input until a sentence says what is wrong."""

    DEFAULT_CLASSES: ClassVar[str] = "field"

    def __init__(self, param: Param, label: str, text: str = "", hint: str = "", *, secret: bool = False) -> None:
        super().__init__(id=f"field-{param.name}")
        self.param = param
        self.wrong = False
        """Whether a sentence stands there that says what is wrong."""
        self._secret = secret
        self._label, self._text, self._hint = label, text, hint or param.help
        self._said = Words(self._hint, "dim")
        self._takes_focus = False

    def compose(self) -> ComposeResult:
        yield Facts((Words(self._label, "strong"),))
        example = f"e.g. {self.param.example}" if self.param.example else ""
        yield TextInput(self._text, placeholder=example, password=self._secret, compact=True)
        yield Facts((self._said,), classes="field-says")

    def on_mount(self) -> None:
        if self._takes_focus:
            self.query_one(Input).focus()

    @property
    def text(self) -> str:
        """What is typed, as it is."""
        return self.query_one(Input).value if self.is_mounted else self._text

    @text.setter
    def text(self, text: str) -> None:
        self.query_one(Input).value = text

    def read(self) -> Value | None:
        """The checked value, or None for nothing typed where nothing is needed; shows and raises BadInput."""
        try:
            value = read(self.param, self.query_one(Input).value)
            if value is None and self.param.required:
                raise BadInput(self.param.name, f"this is needed: {self.param.help}")
        except BadInput as wrong:
            self.says(wrong.sentence)
            raise
        self.hint(self._hint)
        return value

    @on(Input.Changed)
    def _show_as_sent(self) -> None:
        """Under the input: how the value is sent, where that is not as it was typed, and what to know about it."""
        if self.param.normalise is None and self.param.warn is None:
            return
        try:
            value = read(self.param, self.query_one(Input).value)
        except BadInput:  # said when the form is left: a person may be in the middle of a word
            if not self.wrong:
                self.hint(self._hint)
            return
        self.wrong = False
        sent = " ".join(value) if isinstance(value, tuple) else str(value or "")
        if value is not None and (warning := self.param.warning(value)):
            self._say(Words(warning, "warn"))
        elif sent != self.text.strip():
            self._say(Words(f"Sent as {sent}", "dim"))
        else:
            self.hint(self._hint)

    def hint(self, text: str) -> None:
        """Replaces what stands under the input."""
        self._hint, self.wrong = text, False
        self._say(Words(text, "dim"))

    def says(self, wrong: str) -> None:
        """Shows a sentence that says what is wrong."""
        self.wrong = True
        self._say(Words(wrong, "bad"))

    def focus_input(self) -> None:
        """Puts the focus on the input, once it is there."""
        self._takes_focus = not self.is_mounted
        if self.is_mounted:
            self.query_one(Input).focus()

    def _say(self, words: Words) -> None:
        self._said = words
        for says in self.query(".field-says").results(Facts):
            says.show((words,))
