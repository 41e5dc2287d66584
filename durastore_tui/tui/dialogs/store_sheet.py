"""Which store is meant, where several could be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import Button

from durastore_tui.tui.widgets.choice import Choice
from durastore_tui.tui.widgets.facts import Facts, Words
from durastore_tui.tui.widgets.sheet import Sheet, button

if TYPE_CHECKING:
    from durastore_tui.api.stores import Store


class StoreSheet(Sheet["Store"]):
    """Nothing is sent from here."""

    AUTO_FOCUS = "#store"

    def __init__(self, stores: Sequence[Store]) -> None:
        super().__init__()
        self.stores = tuple(stores)

    def heading(self) -> str:
        return "Several stores keep snapshots"

    def body(self) -> Iterable[Widget]:
        yield Facts((Words("Which one is meant"),))
        yield Choice([(store.id, store.type) for store in self.stores], id="store")

    def buttons(self) -> Iterable[Button]:
        yield button("This one", "go-on")

    def keys(self) -> str:
        return "space chooses · tab next · esc cancels"

    @on(Button.Pressed, "#go-on")
    def go_on(self) -> None:
        self.dismiss(self.stores[self.query_one(Choice).chosen])
