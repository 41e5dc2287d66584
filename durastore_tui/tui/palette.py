"""The palette: actions of this place, screens, stores, spaces and themes, found by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from durastore_tui.core.text import safe
from durastore_tui.tui import actions
from durastore_tui.tui.history import Place
from durastore_tui.tui.screens.shell import Shell
from durastore_tui.tui.themes import THEMES

MOST_SPACES = 500  # each typed character weighs every entry
Entry = tuple[str, str, Callable[[], object]]


class Commands(Provider):
    """Everything that `act` can do here, and the places that have a name."""

    async def discover(self) -> Hits:
        for name, help_text, run in self._entries():
            yield DiscoveryHit(Content(name), run, name, help_text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help_text, run in (*self._entries(), *self._spaces()):
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), run, name, help_text)

    def _entries(self) -> Iterator[Entry]:
        shell = self.screen
        if not isinstance(shell, Shell):
            return
        for action in actions.of(shell.scope):
            why = shell.why_not(action)
            yield f"{action.key_text}  {action.label}", why or action.help, partial(shell.action_act, action.id)
        app = shell.durastore
        for store in app.services.session.stores if app.services else ():
            yield (
                f"store {safe(store.id)} {safe(store.type)}",
                "Make this store the current one.",
                partial(app.use_store, store.id),
            )
        for theme in THEMES:
            yield f"theme {theme.name}", "Change the look.", partial(setattr, app, "theme", theme.name)

    def _spaces(self) -> Iterator[Entry]:
        shell = self.screen
        if isinstance(shell, Shell):
            for space in shell.durastore.space_names[:MOST_SPACES]:
                place = Place("space", space, parent=Place("spaces"))
                yield safe(space), "Open this space.", partial(shell.durastore.places.go, place)
