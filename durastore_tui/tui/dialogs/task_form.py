"""The form of any task: its parameters, each checked as it is typed, or the body as it is; and what would be sent."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Param, Task, Value
from durastore_tui.core.tasks.reading import read
from durastore_tui.tui.details.task_facts import Filled
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

WAYS = (("form", "each parameter, checked"), ("raw body", "sent as it is, nothing checked"))
RAW = 1
BODY = Param("body", "sent as it is; nothing is sent for nothing", '{"spaceId": "…"}', required=False)


class TaskSheet(Sheet[Filled]):
    """A task that only looks is sent from here; a change is consented to on its own sheet. `before` fills it in."""

    AUTO_FOCUS = "#way"
    BINDINGS = [Binding("enter", "go_on", "go on", show=False)]  # noqa: RUF012 (as in Textual)

    def __init__(self, task: Task, known: bool, path: str, before: Filled | None = None) -> None:
        super().__init__()
        self.declared = task
        self.known = known
        self.path = path
        self.before = before

    def heading(self) -> str:
        return self.declared.title

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.declared.help), Gap()))
        before = self.before
        if self.known:
            yield Choice(WAYS, chosen=int(before is not None and before.values is None), id="way")
            yield Facts((Gap(),))
        held = (before.values if before else None) or {}
        for param in self.declared.params:
            yield Field(param, _label(param), _text(held.get(param.name)), _hint(param))
        yield Field(BODY, "Body", before.body.decode() if before and before.values is None else "")
        yield Facts(id="preview")

    def buttons(self) -> Iterable[Button]:
        yield button("Go on" if self.declared.changes else "Send", "go-on")

    def keys(self) -> str:
        nothing = " · nothing is sent from this form" if self.declared.changes else ""
        return f"tab next · enter {'goes on' if nothing else 'sends'} · esc cancels{nothing}"

    def on_mount(self) -> None:
        self._show_way()
        if not self.known:
            self._body.focus_input()

    @property
    def _body(self) -> Field:
        return self.query_one("#field-body", Field)

    @property
    def raw(self) -> bool:
        """Whether the body is typed as it is."""
        return not self.known or self.query_one("#way", Choice).chosen == RAW

    @property
    def _shown(self) -> tuple[Field, ...]:
        return tuple(field for field in self.query(Field) if (field.param is BODY) == self.raw)

    @on(Choice.Changed)
    def _show_way(self) -> None:
        if self.raw and not self._body.text:
            with suppress(BadInput):
                self._body.text = self._filled_form().body.decode()
        for field in self.query(Field):
            field.display = field in self._shown
        self._preview()

    @on(Input.Changed)
    def _edited(self, event: Input.Changed) -> None:
        field = event.input.parent
        if isinstance(field, Field) and event.value:
            with suppress(BadInput):
                field.read()
        self._preview()

    def _filled(self) -> Filled:
        """Raises BadInput; shows nothing."""
        if self.raw:
            return Filled(self._body.text.encode())
        return self._filled_form()

    def _filled_form(self) -> Filled:
        task = self.declared
        fields = (field for field in self.query(Field) if field.param is not BODY)
        sent = task.checked({field.param.name: read(field.param, field.text) for field in fields})
        return Filled(task.request_body(sent), sent)

    def _preview(self) -> None:
        try:
            filled = self._filled()
        except BadInput as wrong:
            self._say(Words(wrong.sentence, "dim"))
        else:
            body = filled.body.decode()
            self._say(Words(f"POST {self.path}", exact=True), *([Words(body, "dim", exact=True)] if body else []))

    def _say(self, *words: Words) -> None:
        self.query_one("#preview", Facts).show((Gap(), *words))

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        for field in self._shown:
            try:
                field.read()
            except BadInput:
                field.focus_input()
                return
        try:
            self.dismiss(self._filled())
        except BadInput as wrong:
            self._say(Words(wrong.sentence, "bad"))


def _label(param: Param) -> str:
    return param.name if param.required else f"{param.name} (optional)"


def _hint(param: Param) -> str:
    choices = f"one of {', '.join(param.choices)}" if param.choices else ""
    default = f"{param.default} when empty" if param.default else ""
    return "; ".join(filter(None, (param.help, choices, default)))


def _text(value: Value | None) -> str:
    """A wire value as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(value) if isinstance(value, tuple) else str(value)
