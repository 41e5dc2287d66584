"""Which streaming is meant, where an old server has both kinds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button

from durastore_tui.core.jobs import JobKind
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.streaming import LEGACY, distribution
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.sheet import Sheet, button

if TYPE_CHECKING:
    from durastore_tui.api.spaces import SpaceProperties


class FamilySheet(Sheet[str]):
    """Dismisses with HLS or RTMP."""

    AUTO_FOCUS = "#family"
    BINDINGS = [Binding("enter", "go_on", "go on", show=False)]  # noqa: RUF012 (as in Textual)

    def __init__(self, kind: JobKind, space: str, shown: SpaceProperties, families: tuple[str, ...]) -> None:
        super().__init__()
        self.kind, self.space, self.shown, self.families = kind, space, shown, families

    def heading(self) -> str:
        return f"{self.kind.capitalize()}: which streaming"

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.space, "accent", exact=True), Gap()))
        yield Choice(tuple((family, str(distribution(self.shown, family))) for family in self.families), id="family")
        if not all(FAMILIES[family].answers for family in self.families):
            yield Facts((Gap(), Words(LEGACY, "warn")))

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on")

    def keys(self) -> str:
        return "space chooses · enter goes on · esc cancels · nothing is sent from this form"

    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        self.dismiss(self.families[self.query_one(Choice).chosen])
