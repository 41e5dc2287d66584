"""The form of a storage policy: class and days; what AWS refuses is said, and goes on by a choice of its own only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.storage import ARCHIVES
from durastore_tui.core.tasks import policy
from durastore_tui.services import policies
from durastore_tui.services.changes import policy_changes
from durastore_tui.services.jobs.order import Order
from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Block, Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, SheetBody, button

CLASSES = (
    ("STANDARD_IA", "read seldom and at once; from 30 days on"),
    ("ONEZONE_IA", "the same in one zone alone; from 30 days on"),
    ("INTELLIGENT_TIERING", "AWS moves items by how often they are read"),
    ("GLACIER_IR", "archive that can be read at once"),
    ("GLACIER", "archive; can't be read or streamed before a thaw"),
    ("DEEP_ARCHIVE", "archive; can't be read or streamed before a thaw"),
    *((refused, "the server takes it, AWS refuses it") for refused in policy.REFUSED_BY_AWS),
)
HINT = f"{' and '.join(sorted(policy.FROM_30_DAYS))} need 30 or more."
DAYS = next(param for param in policy.SET.params if param.name == policies.DAYS)


@dataclass(frozen=True, slots=True)
class Subject:
    """The spaces that are meant, and the ones of them that stream."""

    spaces: tuple[str, ...]
    streaming: tuple[str, ...]


class PolicySheet(Sheet[Order]):
    """Nothing is sent from here."""

    AUTO_FOCUS = "#class"

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self.subject = subject

    def heading(self) -> str:
        return policy.SET.title

    def body(self) -> Iterable[Widget]:
        yield Facts(tuple(_subject(self.subject)))
        yield Choice(CLASSES, id="class")
        yield Facts((Gap(),))
        yield Field(DAYS, "Days at standard storage before that", DAYS.example, HINT)
        yield Facts(id="policy-warns")

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on")
        yield button("Go on all the same", "anyway", danger=True, off=True)

    def keys(self) -> str:
        return "tab next · esc cancels · nothing is sent from this form"

    def on_mount(self) -> None:
        self._warn()

    @on(Choice.Changed)
    @on(Input.Changed)
    def _edited(self) -> None:
        """Who changes the wish is told anew what AWS refuses."""
        self.query_one("#anyway", Button).disabled = True
        self._warn()

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        field = self.query_one(Field)
        try:
            days = field.read()
        except BadInput:
            field.focus_input()
            return
        assert isinstance(days, int)  # noqa: S101 (the parameter is a number that is needed)
        try:
            self.dismiss(self._order(days, unchecked=False))
        except BadInput as wrong:
            self._warn(wrong.sentence)
            self.query_one("#anyway", Button).disabled = False

    @on(Button.Pressed, "#anyway")
    def go_on_anyway(self) -> None:
        if self.takes_consent:
            days = self.query_one(Field).read()
            assert isinstance(days, int)  # noqa: S101 (it was read before this button came on)
            self.dismiss(self._order(days, unchecked=True))

    def _order(self, days: int, *, unchecked: bool) -> Order:
        return policy_changes.draft(self.subject.spaces, self._chosen, days, unchecked=unchecked)

    @property
    def _chosen(self) -> str:
        return CLASSES[self.query_one(Choice).chosen][0]

    def _warn(self, refusal: str = "") -> None:
        """What the class on show would mean; with a refusal, how to go on all the same."""
        said: list[Block] = [Words(sentence, "bad") for sentence in self._sentences()]
        if refusal:
            said = [Words(f"{refusal}.", "bad"), Words("It can be sent all the same; it will fail after a minute.")]
        self.query_one("#policy-warns", Facts).show((Gap(), *said) if said else ())
        self.call_after_refresh(self._bring_on_screen, bool(said))

    def _bring_on_screen(self, warned: bool) -> None:
        """A low terminal has no room for all: a warning goes before the heading."""
        body = self.query_one(SheetBody)
        if warned:
            body.scroll_end(animate=False)
        else:
            body.scroll_home(animate=False)

    def _sentences(self) -> tuple[str, ...]:
        if self._chosen not in ARCHIVES:
            return ()
        return policy_changes.warnings(self._order(0, unchecked=True), self.subject.streaming)


def _subject(subject: Subject) -> Iterator[Block]:
    spaces = subject.spaces
    yield Words(spaces[0] if len(spaces) == 1 else f"{len(spaces):,} spaces: {', '.join(spaces)}", "accent", exact=True)
    yield Words("Items move there as they age. Every other lifecycle rule is removed.")
