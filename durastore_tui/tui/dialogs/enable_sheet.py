"""The form before streaming is enabled or switched: open or secure, and which pages may play it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.services.jobs.families import FAMILIES
from durastore_tui.services.streaming import LEGACY
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

TYPES = {
    "HLS": (("OPEN", "whoever knows the address can stream"), ("SECURE", "viewers need signed cookies, which expire")),
    "RTMP": (("OPEN", "whoever knows the address can stream"), ("SECURE", "viewers need signed URLs, which expire")),
}


@dataclass(frozen=True, slots=True)
class EnableChoice:
    """What the confirm sheet is then made from; type OPEN or SECURE."""

    type: str
    origins: tuple[str, ...]


class EnableSheet(Sheet[EnableChoice]):
    """Nothing is sent from here; a wrong origin is said on its field. `to` is the type when there is no choice."""

    AUTO_FOCUS = "#type, Input, #go-on"
    BINDINGS = [Binding("enter", "go_on", "go on", show=False)]  # noqa: RUF012 (as in Textual)

    def __init__(self, space: str, family: str = "HLS", *, to: str | None = None) -> None:
        super().__init__()
        self.space, self.family, self.to = space, family, to

    def heading(self) -> str:
        return f"Switch {self.family} to {self.to}" if self.to else FAMILIES[self.family].enable.title

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.space, "accent", exact=True), *_legacy(self.family), Gap()))
        if self.to:
            yield Facts((Words(dict(TYPES[self.family])[self.to]), Gap()))
        else:
            yield Facts((Words("Who may stream", "strong"),))
            yield Choice(TYPES[self.family], id="type")
            yield Facts((Gap(),))
        for param in FAMILIES[self.family].enable.params:
            if param.name == "allowedOrigins":
                yield Field(
                    param,
                    "Web pages that may play it",
                    hint=f"Scheme and host, apart by blanks; nothing means {param.default}.",
                )

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on")

    def keys(self) -> str:
        return "tab next · space chooses · enter goes on · esc cancels · nothing is sent from this form"

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def action_go_on(self) -> None:
        origins: tuple[str, ...] = ()
        for field in self.query(Field):
            try:
                read = field.read()
            except BadInput:
                field.focus_input()
                return
            origins = read if isinstance(read, tuple) else ()
        self.dismiss(EnableChoice(self.to or self._chosen(), origins))

    def _chosen(self) -> str:
        return TYPES[self.family][self.query_one(Choice).chosen][0]


def _legacy(family: str) -> tuple[Words, ...]:
    return () if FAMILIES[family].answers else (Words(LEGACY, "warn"),)
