"""How long a link is good: a few usual times, or a number of minutes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from durastore_tui.core.tasks.model import Param, Value
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.wording import on_clock

PRESETS = {"1 hour": 60, "8 hours": 480, "1 day": 1440}
OTHER = "other"


class Minutes(Vertical):
    """Says beside each choice until when that would be; `now` is the time in UTC."""

    DEFAULT_CLASSES: ClassVar[str] = "field"

    def __init__(self, param: Param, now: Callable[[], datetime]) -> None:
        super().__init__(id=f"field-{param.name}")
        self.param = param
        self._now = now

    def compose(self) -> ComposeResult:
        usual = list(PRESETS.values()).index(int(self.param.default))
        yield Facts((Words("Good for", "strong"),))
        options = [(word, f"until about {self._until(minutes)}") for word, minutes in PRESETS.items()]
        yield Choice((*options, (OTHER, "a number of minutes")), usual, id="minutes")
        yield Field(replace(self.param, required=True), "Minutes", hint="a whole number, 1 or more")

    def on_mount(self) -> None:
        self._show_number()

    @on(Choice.Changed, "#minutes")
    def _show_number(self) -> None:
        other = self._preset is None
        number = self.query_one(Field)
        number.display = other
        if other:
            number.focus_input()

    @property
    def _preset(self) -> int | None:
        presets = (*PRESETS.values(), None)
        return presets[self.query_one(Choice).chosen]

    def read(self) -> Value | None:
        """The minutes; shows and raises BadInput."""
        if (preset := self._preset) is not None:
            return preset
        return self.query_one(Field).read()

    def focus_input(self) -> None:
        """Puts the focus on the number."""
        self.query_one(Input).focus()

    def _until(self, minutes: int) -> str:
        return on_clock(self._now() + timedelta(minutes=minutes))
