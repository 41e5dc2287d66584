"""Where everything is written to, and as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks.model import Param
from durastore_tui.services.export import Form
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

FILE = Param("file", "a new file; what an earlier export left of it is gone on with", "~/contents.csv")
MEANINGS = {
    Form.CSV: "a table; the file opens in a spreadsheet",
    Form.JSON: "one array, as -o json prints it",
    Form.JSONL: "one object a line, as -o jsonl prints it",
}


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What is then written."""

    path: Path
    form: Form = Form.CSV


class ExportSheet(Sheet[ExportChoice]):
    """The suffix of the file follows the form, until somebody types a name without it."""

    AUTO_FOCUS = "#form"

    def __init__(self, what: str, before: ExportChoice) -> None:
        super().__init__()
        self.what, self.before = what, before

    def heading(self) -> str:
        return "Export everything"

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.what, "accent", exact=True), Gap(), Words("Written as", "strong")))
        yield Choice([(form.value, MEANINGS[form]) for form in Form], list(Form).index(self.before.form), id="form")
        yield Facts((Gap(),))
        yield Field(FILE, "File", str(self.before.path))

    def buttons(self) -> Iterable[Button]:
        yield button("Export", "export")

    def keys(self) -> str:
        return "tab next · space chooses · esc cancels · called .partial until it is whole"

    @property
    def form(self) -> Form:
        return list(Form)[self.query_one(Choice).chosen]

    @on(Choice.Changed)
    def _rename(self) -> None:
        typed = self.query_one(Input)
        name, dot, suffix = typed.value.rpartition(".")
        if dot and suffix in list(Form):
            typed.value = f"{name}.{self.form}"

    @on(Input.Submitted)
    @on(Button.Pressed, "#export")
    def export(self) -> None:
        field = self.query_one(Field)
        try:
            path = Path(str(field.read())).expanduser()
        except (BadInput, RuntimeError):
            field.focus_input()
            return
        self.dismiss(ExportChoice(path, self.form))
