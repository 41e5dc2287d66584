"""Keys of a scope, made from the registry; each can be bound anew by its action's id."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingType

from durastore_tui.config import places
from durastore_tui.tui.actions import ACTIONS, Scope, key
from durastore_tui.tui.keys import own_keys
from durastore_tui.tui.messages import Told
from durastore_tui.tui.widgets.bars import JobsStrip

if TYPE_CHECKING:
    from durastore_tui.tui.context import AppContext

TOLD = 3
"""Problems in the message at the start."""


def bindings(scope: Scope) -> list[BindingType]:
    """One binding an action; the screen's `act` looks whether it may run, and says why not."""
    return [
        Binding(action.key, f"act('{action.id}')", action.label, id=action.id, show=False)
        for action in ACTIONS
        if scope in action.scopes
    ]


def take_own_keys(app: AppContext) -> None:
    """Takes keys.toml, where there is one, and says what of it was not taken."""
    path = places.keys()
    if not os.path.exists(path):  # noqa: PTH110 (a folder that is closed to us holds no keys, and is no error)
        own_keys.use({})
        return
    from durastore_tui.tui.keys.key_file import read

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
