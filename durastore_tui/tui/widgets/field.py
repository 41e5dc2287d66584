"""One parameter of a task as a form field: label, input, and what is wrong with it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Param, Value
from durastore_tui.core.tasks.reading import read
from durastore_tui.tui.widgets.facts import Facts, Words


class Field(Vertical):
    """The parameter's help stands under the input until a sentence says what is wrong."""

    DEFAULT_CLASSES: ClassVar[str] = "field"

    def __init__(self, param: Param, label: str, text: str = "", hint: str = "") -> None:
        super().__init__(id=f"field-{param.name}")
        self.param = param
        self._label, self._text, self._hint = label, text, hint or param.help

    def compose(self) -> ComposeResult:
        yield Facts((Words(self._label, "strong"),))
        yield Input(self._text, placeholder=f"e.g. {self.param.example}", compact=True)
        yield Facts((Words(self._hint, "dim"),), classes="field-says")

    def read(self) -> Value | None:
        """The checked value, or None for nothing typed where nothing is needed; shows and raises BadInput."""
        try:
            value = read(self.param, self.query_one(Input).value)
            if value is None and self.param.required:
                raise BadInput(self.param.name, f"this is needed: {self.param.help}")
        except BadInput as wrong:
            self._say(Words(wrong.sentence, "bad"))
            raise
        self._say(Words(self._hint, "dim"))
        return value

    def hint(self, text: str) -> None:
        """Replaces what stands under the input."""
        self._hint = text
        self._say(Words(text, "dim"))

    def focus_input(self) -> None:
        """Puts the focus on the input."""
        self.query_one(Input).focus()

    def _say(self, words: Words) -> None:
        self.query_one(".field-says", Facts).show((words,))
