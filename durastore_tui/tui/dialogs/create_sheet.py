"""The form before a snapshot is taken: what the space is now, and what the snapshot is to be called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.widget import Widget
from textual.widgets import Button, Input

from durastore_tui.core.errors import BadInput
from durastore_tui.core.tasks import snapshots
from durastore_tui.tui.widgets.facts import Block, Fact, Facts, Gap, Words
from durastore_tui.tui.widgets.field import Field
from durastore_tui.tui.widgets.sheet import Sheet, button
from durastore_tui.tui.wording import size

if TYPE_CHECKING:
    from durastore_tui.api.reports import Sample
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.api.stores import Store

PARAMS = {param.name: param for param in snapshots.CREATE.params}
MOST = 512
BRIDGE_GONE = "Hosted servers of today may have lost the bridge that copies; then the server refuses, and says so."


class Source(NamedTuple):
    """The space as it is now; `counted` are last night's figures where the login may read them."""

    space: str
    store: Store
    properties: SpaceProperties
    counted: Sample | None


class CreateSheet(Sheet[tuple[str, str]]):
    """Dismisses with description and e-mail; nothing is sent from here."""

    AUTO_FOCUS = "#field-description Input"

    def __init__(self, source: Source, email: str) -> None:
        super().__init__()
        self.source, self.email = source, email

    def heading(self) -> str:
        return snapshots.CREATE.title

    def body(self) -> Iterable[Widget]:
        yield Facts(tuple(_facts(self.source)))
        yield Field(PARAMS["description"], "Description", hint=_counter(""))
        yield Field(PARAMS["userEmail"], "E-mail of who hears about it", self.email)

    def buttons(self) -> Iterable[Button]:
        yield button("Go on", "go-on")

    def keys(self) -> str:
        return "tab next · enter goes on · esc cancels · nothing is sent from this form"

    @on(Input.Changed, "#field-description Input")
    def count(self, event: Input.Changed) -> None:
        self.query_one("#field-description", Field).hint(_counter(event.value))

    @on(Input.Submitted)
    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        read = []
        for name in ("description", "userEmail"):
            field = self.query_one(f"#field-{name}", Field)
            try:
                read.append(str(field.read()))
            except BadInput:
                field.focus_input()
                return
        self.dismiss((read[0], read[1]))


def _facts(source: Source) -> Iterable[Block]:
    properties, counted = source.properties, source.counted
    yield Words(source.space, "accent", exact=True)
    yield Gap()
    yield Fact("store", f"{source.store.id} {source.store.type}")
    if counted:
        yield Fact("holds", f"{counted.items:,} items, {size(counted.bytes)}, in the report of {counted.day}")
    else:
        yield Fact("holds", f"{properties.count or 'no number of'} items; how many bytes is not known")
    if properties.count == "0":
        yield Words("It is empty, and of an empty space no snapshot is taken.", "bad")
    if properties.snapshot_id:
        yield Fact("snapshot", f"{properties.snapshot_id} is under way", "bad", exact=True)
    yield Words(
        "It becomes read-only at once. Once it is preserved, all its items are deleted from this store.", "warn"
    )
    yield Words(BRIDGE_GONE, "dim")
    yield Gap()


def _counter(text: str) -> str:
    left = MOST - len(text)
    return f"{len(text)} of {MOST} characters" if left >= 0 else f"{len(text)} of {MOST} characters: {-left} too many"
