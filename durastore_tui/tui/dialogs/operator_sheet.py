"""`O`: what operators do when the bridge did not do it by itself, and why nothing here cancels."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.snapshots import taken_apart
from durastore_tui.core.tasks import restores, snapshots
from durastore_tui.core.tasks.model import Task
from durastore_tui.services.changes.operator_tasks import cancellation, how_to_cancel
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

TASKS = (snapshots.CLEAN_UP, snapshots.COMPLETE, snapshots.COMPLETE_CANCEL, restores.COMPLETE)
CANCEL = len(TASKS)
SPACE, DAYS = restores.COMPLETE.params
NO_ID = "SNAPSHOT"


class OperatorSheet(Sheet[tuple[Task, str, int | None]]):
    """Dismisses with the task, the space, and the days that only one of them takes; nothing is sent from here."""

    AUTO_FOCUS = "#task"

    def __init__(self, space: str, snapshot: str | None) -> None:
        super().__init__()
        parts = taken_apart(snapshot) if snapshot else None
        self.space, self.snapshot = space, snapshot
        self.restored = parts.restore_space if parts else space

    def heading(self) -> str:
        return "Operator tasks"

    def body(self) -> Iterable[Widget]:
        options = [(task.title, "") for task in TASKS]
        yield Choice([*options, ("Cancel a snapshot", "no task does")], id="task")
        yield Facts(id="effect")
        yield Field(SPACE, "Space", self.space, "its exact id")
        days = Field(DAYS, "Days until every item is deleted")
        days.display = False
        yield days

    def on_mount(self) -> None:
        self._explain()

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on", danger=True)

    def keys(self) -> str:
        return "space chooses · tab next · esc cancels · nothing is sent from this form"

    @property
    def chosen(self) -> Task | None:
        """The chosen one; None for the cancel that has none."""
        number = self.query_one(Choice).chosen
        return TASKS[number] if number < CANCEL else None

    @on(Input.Changed, f"#field-{SPACE.name} Input")
    def _retype(self) -> None:
        self._explain()

    @on(Choice.Changed)
    def _choose(self) -> None:
        typed = self.query_one(f"#field-{SPACE.name} Input", Input)
        if typed.value in (self.space, self.restored):
            typed.value = self.restored if self.chosen is restores.COMPLETE else self.space
        self.query_one(f"#field-{DAYS.name}").display = self.chosen is restores.COMPLETE
        self.query_one(f"#field-{SPACE.name}").display = self.chosen is not None
        self.query_one("#go-on", Button).label = "Go on" if self.chosen else "Copy"
        self._explain()

    def _explain(self) -> None:
        task = self.chosen
        if task is None:
            words: tuple[Words, ...] = (Words(how_to_cancel(self.snapshot or NO_ID), exact=True),)
        else:
            typed = self.query_one(f"#field-{SPACE.name} Input", Input).value
            values = {SPACE.name: typed or "The space", DAYS.name: "that many"}
            effects = (task.worded(text, values) for text in (task.now, task.later, task.undo))
            words = (Words(task.help, "warn"), *(Words(effect) for effect in effects))
        self.query_one("#effect", Facts).show((Gap(), *words, Gap()))

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        task = self.chosen
        if task is None:
            self.copy(cancellation(self.snapshot or NO_ID), "the request to the bridge as curl")
            return
        read = []
        for name in (SPACE.name, DAYS.name) if task is restores.COMPLETE else (SPACE.name,):
            field = self.query_one(f"#field-{name}", Field)
            try:
                read.append(field.read())
            except BadInput:
                field.focus_input()
                return
        self.dismiss((task, str(read[0]), int(str(read[1])) if len(read) > 1 else None))
