"""The form before streaming is enabled: open or secure, and which pages may play it."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import hls
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button

ORIGINS = next(param for param in hls.ENABLE.params if param.name == "allowedOrigins")
TYPES = (("OPEN", "whoever knows the address can stream"), ("SECURE", "viewers need signed cookies, which expire"))


@dataclass(frozen=True, slots=True)
class EnableChoice:
    """What the confirm sheet is then made from."""

    secure: bool
    origins: tuple[str, ...]


class EnableSheet(Sheet[EnableChoice]):
    """Nothing is sent from here; a wrong origin is said on its field."""

    AUTO_FOCUS = "#type"

    def __init__(self, space: str, *, secure: bool = False, origins: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.space = space
        self.secure = secure
        self.origins = origins

    def heading(self) -> str:
        return hls.ENABLE.title

    def body(self) -> Iterable[Widget]:
        yield Facts((Words(self.space, "accent", exact=True), Gap(), Words("Who may stream", "strong")))
        yield Choice(TYPES, chosen=int(self.secure), id="type")
        yield Facts((Gap(),))
        yield Field(
            ORIGINS,
            "Web pages that may play it",
            " ".join(self.origins),
            f"Scheme and host, apart by blanks; nothing means {ORIGINS.default}.",
        )

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on")

    def keys(self) -> str:
        return "tab next · space chooses · esc cancels · nothing is sent from this form"

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        field = self.query_one(Field)
        try:
            origins = field.read()
        except BadInput:
            field.focus_input()
            return
        secure = bool(self.query_one(Choice).chosen)
        self.dismiss(EnableChoice(secure, origins if isinstance(origins, tuple) else ()))
