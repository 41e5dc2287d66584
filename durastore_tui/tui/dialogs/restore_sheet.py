"""The form before a restore: ask the operators for it, or start it where the role allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores
from durastore_tui.core.tasks.model import Task
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Block, Fact, Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

if TYPE_CHECKING:
    from durastore_tui.services.capabilities import Standing

TASKS = (restores.REQUEST, restores.START)
EMAIL = next(param for param in restores.START.params if param.name == "userEmail")


class RestoreSheet(Sheet[tuple[Task, str]]):
    """Dismisses with the task and the e-mail; nothing is sent from here."""

    AUTO_FOCUS = "#task"

    def __init__(self, snapshot: str, standing: Standing, email: str) -> None:
        super().__init__()
        self.snapshot, self.standing, self.email = snapshot, standing, email

    def heading(self) -> str:
        return "Restore a snapshot"

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.snapshot, "accent", exact=True), Gap(), *_space(self.snapshot), Gap()))
        ask, start = TASKS
        yield Choice(
            (
                (ask.title, f"a mail to the operators; needs {ask.role.name}"),
                (start.title, f"a new space, at once; needs {start.role.name}{self._known()}"),
            ),
            chosen=int(self.standing.value == "allowed"),
            id="task",
        )
        yield Facts((Gap(),))
        yield Field(EMAIL, "E-mail of who hears about it", self.email)

    def _known(self) -> str:
        return ", which was refused before" if self.standing.value == "needs role" else ""

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on")

    def keys(self) -> str:
        return "space chooses · tab next · esc cancels · nothing is sent from this form"

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        field = self.query_one(Field)
        try:
            email = str(field.read())
        except BadInput:
            field.focus_input()
            return
        self.dismiss((TASKS[self.query_one(Choice).chosen], email))


def _space(snapshot: str) -> Iterable[Block]:
    parts = taken_apart(snapshot)
    if parts is None:
        yield Words("The server can't take this id apart, so it can't name a space for it.", "bad")
        return
    yield Fact("new space", parts.restore_space, exact=True)
    if parts.restore_space != parts.uncut_restore_space:
        yield Words(
            f"That is {parts.uncut_restore_space}, cut to 42 characters: another snapshot may want the same.", "warn"
        )
