"""keys.toml: a key, or a list of keys, for each action by its id. What can't be taken is named with its line."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from durastore_tui.config import places, toml_lines
from durastore_tui.config.config_file import read_text
from durastore_tui.core.errors import BadInput
from durastore_tui.core.nearest import did_you_mean
from durastore_tui.tui.actions import ACTIONS, BY_ID, Scope, key
from durastore_tui.tui.context import AppContext
from durastore_tui.tui.keys import key_names, own_keys
from durastore_tui.tui.messages import Told
from durastore_tui.tui.widgets.bars import JobsStrip
from durastore_tui.tui.widgets.line_list import MOVES

OPEN = "list.open"
TOLD = 3
"""Problems in the message at the start."""


class Chosen(NamedTuple):
    """What of a file counts: Textual's names by id, a comma between several; how people write them; and a sentence
    for each line that was not taken, or is better not so."""

    keymap: Mapping[str, str]
    shown: Mapping[str, str]
    problems: tuple[str, ...]


class Wish(NamedTuple):
    """A line of the file that makes sense by itself."""

    id: str
    keys: tuple[str, ...]
    line: int


class Bound(NamedTuple):
    """What a key can be for, with the keys that it has from us; `scopes` are the places where it works."""

    id: str
    keys: tuple[str, ...]
    scopes: frozenset[Scope]


BOUND = {
    **{action.id: Bound(action.id, (action.key,), action.scopes) for action in ACTIONS},
    **{move.id: Bound(move.id, tuple(move.key.split(",")), frozenset({Scope.ANYWHERE})) for move in MOVES if move.id},
}


def take_own_keys(app: AppContext) -> None:
    """Takes keys.toml, where there is one, and says what of it was not taken."""
    path = places.keys()
    if not os.path.exists(path):  # noqa: PTH110 (a folder that is closed to us holds no keys, and is no error)
        own_keys.use({})
        return
    chosen = read(path)
    own_keys.use(chosen.shown, chosen.problems)
    app.set_keymap(dict(chosen.keymap))
    here = app.places.here
    here.draw_lines()
    here.screen.query(JobsStrip).refresh()
    if chosen.problems:
        more = len(chosen.problems) - TOLD
        rest = f" And {more} more." if more > 0 else ""
        words = f"{' '.join(chosen.problems[:TOLD])}{rest} {key('command')}keys shows this again beside all keys."
        app.post_message(Told(words, "warning", stays=True))


def read(path: Path) -> Chosen:
    """Raises nothing: a file that can't be read is a problem like any other."""
    try:
        return chosen(read_text(path, "keys") or "", path.name)
    except BadInput as wrong:
        return Chosen({}, {}, (wrong.sentence,))


def chosen(text: str, file: str = "keys.toml") -> Chosen:
    """Checks a text against the registry; what is wrong leaves our key where it is."""
    try:
        table = dict(_flat(toml_lines.parsed(text, file, "keys")))
    except BadInput as wrong:
        return Chosen({}, {}, (wrong.sentence,))
    lines = {".".join(at): line for at, line in toml_lines.lines(text)}
    wishes: list[Wish] = []
    problems: list[tuple[int, str]] = []
    for name, value in table.items():
        line = lines.get(name, 1)
        try:
            wishes.append(Wish(name, _keys(name, value), line))
        except BadInput as wrong:
            problems.append((line, f"{_stays(name)}{wrong.sentence}"))
    while clash := _clash(wishes):
        wishes.remove(clash[0])
        problems.append((clash[0].line, clash[1]))
    problems += [(wish.line, words) for wish in wishes if (words := _against_the_rule(wish))]
    return Chosen(
        {wish.id: ",".join(wish.keys) for wish in wishes},
        {wish.id: " ".join(map(key_names.text_of, wish.keys)) for wish in wishes},
        tuple(f"{file}, line {line}: {words}{'' if words.endswith('?') else '.'}" for line, words in sorted(problems)),
    )


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, object]]:
    """`list.down` without quotes is a table in a table to TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _keys(name: str, value: object) -> tuple[str, ...]:
    if name not in BOUND:
        raise BadInput("keys", f"there is no action {name}{did_you_mean(name.lower(), BOUND)}")
    written = value if isinstance(value, list) else [value]
    if not written or not all(isinstance(key, str) and key for key in written):
        raise BadInput("keys", f'{name} is a key in quotes, or a list of them, as in {name} = "f5"')
    keys = tuple(map(key_names.name_of, written))
    for taken in keys:
        if taken in key_names.TAKEN:
            raise BadInput("keys", f"{key_names.text_of(taken)} {key_names.TAKEN[taken]}")
    return keys


def _stays(name: str) -> str:
    return f"{name} stays on {' '.join(map(key_names.text_of, BOUND[name].keys))}: " if name in BOUND else ""


def _clash(wishes: list[Wish]) -> tuple[Wish, str] | None:
    """A wish for a key that something else has in the same place; of two wishes the later one."""
    wished = {wish.id: wish for wish in wishes}
    for wish in reversed(wishes):
        for other in BOUND.values():
            theirs = wished[other.id].keys if other.id in wished else other.keys
            shared = [key for key in wish.keys if key in theirs]
            if shared and _meet(BOUND[wish.id], other) and not _is_earlier(wish, wished.get(other.id)):
                key = key_names.text_of(shared[0])
                return wish, f"{_stays(wish.id)}{key} is {_label(other.id)} in the same place"
    return None


def _is_earlier(wish: Wish, other: Wish | None) -> bool:
    return other is not None and wish.line < other.line


def _meet(one: Bound, other: Bound) -> bool:
    """Whether they stand in one place, and are two things: enter in a list is its place's own way to open."""
    if one.id == other.id or (OPEN in (one.id, other.id) and "enter" in one.keys and "enter" in other.keys):
        return False
    return Scope.ANYWHERE in one.scopes | other.scopes or bool(one.scopes & other.scopes)


def _label(name: str) -> str:
    return f"{name} ({BY_ID[name].label})" if name in BY_ID and BY_ID[name].label != name else name


def _against_the_rule(wish: Wish) -> str | None:
    """Taken all the same: whose keys they are may know what they do."""
    action = BY_ID.get(wish.id)
    capitals = [key for key in wish.keys if len(key) == 1 and key.isupper()]
    if action and action.changes and len(capitals) < len(wish.keys):
        return f"{wish.id} changes the server, and only capitals should; taken all the same"
    if action and not action.changes and capitals:
        return f"{wish.id} changes nothing, and capitals should change the server; taken all the same"
    return None
