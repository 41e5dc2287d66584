"""`?`: the keys of this place, and of every place, out of the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from durastore_tui.config import places
from durastore_tui.tui.actions import ACTIONS, Action, Scope
from durastore_tui.tui.dialogs import key_table
from durastore_tui.tui.dialogs.new_file import ask_where
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.keys import own_keys
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words
from durastore_tui.tui.widgets.sheet import Sheet

FILE = "durastore-keys.md"
RULE = "Lower-case keys look; capitals change the server, and never without a sheet that asks."
OTHERS = (
    Fact("tab", "Between the list and its panel."),
    Fact("ctrl+c", "Twice leaves, from anywhere."),
    Fact("mouse", "Rows, the keys of the last line and the crumbs of the second can be clicked."),
    Fact("ctrl+z", "Into the background, as with any program; fg comes back. Jobs rest as long."),
)
WhyNot = Callable[[Action], str | None]


class HelpScreen(ReadingScreen):
    """What is dimmed says why; `why_not` is asked once, as the page opens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy", show=False),
        Binding("a", "all", "all keys", show=False),
    ]

    def __init__(self, scope: Scope, why_not: WhyNot = lambda action: None) -> None:
        super().__init__(f"Keys in {scope}", tuple(_of_a_place(scope, why_not)))

    def action_copy(self) -> None:
        lines = (f"{block.label:<12}{block.value}" for block in self.blocks if isinstance(block, Fact))
        self.post_message(Sheet.Copy("\n".join((self.page_title, "", *lines)), "the keys of this place", "\n"))

    def action_all(self) -> None:
        self.app.switch_screen(KeysScreen())


class KeysScreen(ReadingScreen):
    """Every key of every place, and what of keys.toml was not taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy", show=False),
        Binding("w", "ask_file", "write a file", show=False),
    ]

    def __init__(self) -> None:
        super().__init__("All keys", tuple(_of_all()))

    def action_copy(self) -> None:
        self.post_message(Sheet.Copy(key_table.markdown(), "the table of keys", "\n"))

    def action_ask_file(self) -> None:
        hint = "a new file, to be printed"
        ask_where(self, FILE, hint, key_table.markdown, lambda path: f"The table of keys is in {path}.")


def _of_a_place(scope: Scope, why_not: WhyNot) -> Iterator[Block]:
    own = [action for action in ACTIONS if scope in action.scopes]
    yield Words(f"{scope.purpose} {RULE}", "dim")
    yield Words("y copies this, a shows the keys of every place, esc closes.", "dim")
    yield from _group("This place", (action for action in own if not action.changes), why_not)
    yield from _group("Changes", (action for action in own if action.changes), why_not)
    yield from _group("Everywhere", (action for action in ACTIONS if Scope.ANYWHERE in action.scopes), why_not)
    yield from _moving()


def _of_all() -> Iterator[Block]:
    yield Words(f"{RULE} y copies this as a table to print, w writes it to a file, esc closes.", "dim")
    yield Words(f"Any key is bound anew by its id, here in brackets, in {places.keys()}.", "dim")
    if problems := own_keys.problems():
        yield Heading("Not as it is written there")
        yield from (Words(problem, "warn") for problem in problems)
    for scope in (Scope.ANYWHERE, *(each for each in Scope if each is not Scope.ANYWHERE)):
        yield Heading("everywhere" if scope is Scope.ANYWHERE else scope)
        for action in (action for action in ACTIONS if scope in action.scopes):
            yield Fact(action.key_text, f"{action.help} [{action.id}]", "strong" if action.changes else "")
    yield from _moving()


def _group(title: str, group: Iterable[Action], why_not: WhyNot) -> Iterator[Block]:
    facts = [_fact(action, why_not(action)) for action in group]
    if facts:
        yield Heading(title)
        yield from facts


def _fact(action: Action, why: str | None) -> Fact:
    words = f"{action.help}{key_table.CONSENT[action.tier]}"
    if why:
        return Fact(action.key_text, f"{words} Not now: {why}", "dim")
    return Fact(action.key_text, words, "strong" if action.changes else "")


def _moving() -> Iterator[Block]:
    yield Heading("Moving")
    yield from (Fact(keys, what) for keys, what, _, _ in key_table.moves())
    yield from OTHERS
