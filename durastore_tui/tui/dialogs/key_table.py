"""Every key as a table to print: .github/KEYS.md holds this text, with our keys."""

from collections.abc import Iterable, Iterator

from durastore_tui.core.tasks.model import Tier
from durastore_tui.tui.actions import ACTIONS, Action, Scope
from durastore_tui.tui.keys import key_names, own_keys
from durastore_tui.tui.widgets.line_list import MOVES

HEAD = ("key", "does", "where", "id")
CONSENT = {
    Tier.LOOK: "",
    Tier.CHANGE: " A sheet asks first.",
    Tier.DANGER: " The space id is typed first.",
}
INTRO = """# Keys

Lower case looks; capitals change the server, and never without a sheet that asks. Sheets name their own keys on their
last line. Any key is bound anew by its id in `keys.toml`, beside `profiles.toml`: `filter = "f5"`, or several as in
`help = ["?", "f1"]`; what can't be taken is said at the start, with its line, and our key stays.
"""


def markdown() -> str:
    """The keys as they are now: everywhere, looks, changes, moving."""
    everywhere = [action for action in ACTIONS if Scope.ANYWHERE in action.scopes]
    here = [action for action in ACTIONS if action not in everywhere]
    parts = (
        ("Everywhere", map(_row, everywhere)),
        ("Looks", (_row(action) for action in here if not action.changes)),
        ("Changes", (_row(action) for action in here if action.changes)),
        ("Moving", moves()),
    )
    return "\n".join([INTRO, *(line for title, rows in parts for line in _table(title, rows))])


def moves() -> Iterator[tuple[str, str, str, str]]:
    """Keys, what they do, where, and the id, of what moves in a list."""
    for move in MOVES:
        keys = own_keys.text_of(move.id or "") or " ".join(map(key_names.text_of, move.key.split(",")))
        yield keys, f"{move.description.capitalize()}.", "lists, pages", move.id or ""


def places(*named: Action) -> str:
    """Where any of them works."""
    return ", ".join(str(scope) for scope in Scope if any(scope in action.scopes for action in named))


def _row(action: Action) -> tuple[str, str, str, str]:
    return action.key_text, f"{action.help}{CONSENT[action.tier]}", places(action), action.id


def _table(title: str, rows: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    yield from (f"## {title}", "", f"| {' | '.join(HEAD)} |", f"|{' --- |' * len(HEAD)}")
    for key, does, where, name in rows:
        yield f"| `{key}` | {does} | {where} | `{name}` |"
    yield ""
