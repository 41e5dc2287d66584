"""`?`: the keys of this place, out of the registry."""

from collections.abc import Iterator

from durastore_tui.core.tasks.model import Tier
from durastore_tui.tui.actions import ACTIONS, Action, Scope
from durastore_tui.tui.screens.reading import ReadingScreen
from durastore_tui.tui.widgets.facts import Block, Fact, Heading, Words

CONSENT = {
    Tier.LOOK: "",
    Tier.CHANGE: " Changes the server: a sheet asks first.",
    Tier.DANGER: " Changes the server for good: the space id is typed first.",
}
MOVES = (
    ("↑ ↓  j k", "a row up or down"),
    ("pgup pgdn  ^u ^d", "a page, half a page"),
    ("home end  G", "the first row, the last one held"),
    ("tab", "between the list and its panel"),
    ("ctrl+p", "the same commands as with :"),
    ("ctrl+c", "twice leaves"),
)


class HelpScreen(ReadingScreen):
    """Lower case looks, capitals change the server."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"Keys in {scope}", tuple(_blocks(scope)))


def _blocks(scope: Scope) -> Iterator[Block]:
    yield Words("Lower-case keys look; capitals change the server, and never without a sheet that asks.", "dim")
    for title, here in ((scope.upper(), scope), ("ANYWHERE", Scope.ANYWHERE)):
        yield Heading(title)
        yield from (_fact(action) for action in ACTIONS if here in action.scopes)
    yield Heading("MOVING")
    yield from (Fact(keys, what) for keys, what in MOVES)


def _fact(action: Action) -> Fact:
    return Fact(action.key_text, f"{action.help}{CONSENT[action.tier]}", "strong" if action.changes else "")
