"""Keeps the screens of the places that were visited, and shows one at a time."""

from __future__ import annotations

from textual.app import App

from durastore_tui.tui.history import History, Lens, Place
from durastore_tui.tui.screens.index import SCREENS
from durastore_tui.tui.screens.shell import Shell

KEPT = 12


class Navigator:
    """The root's screen lies at the bottom of Textual's stack; any other place lies on it, one at a time."""

    def __init__(self, app: App[None], root: Place) -> None:
        self._app = app
        self._root = root
        self._history = History(root)
        self._screens: dict[Place, Shell] = {}

    @property
    def root(self) -> Shell:
        """The screen that is there from the first paint."""
        return self._screen(self._root)

    @property
    def here(self) -> Shell:
        """The screen of the place that is shown, also under a sheet."""
        return self._screen(self._history.here)

    def go(self, place: Place, lens: Lens | None = None) -> None:
        """Shows a place and remembers it; with a `lens` it is looked at like that, else as it was left."""
        self._show(self._history.go(place))
        if lens:
            self.here.look(lens)

    def up(self) -> bool:
        """To where this place was opened from; False at a root."""
        return self._shown(self._history.up())

    def walk(self, steps: int) -> None:
        """Back or forth in the order of visiting."""
        self._shown(self._history.walk(steps))

    def toggle(self) -> None:
        """To the place before this one."""
        self._shown(self._history.toggle())

    def begin_anew(self) -> None:
        """Forgets every place but the root, which is shown: another server or store has other places."""
        self._history.restart(self._root)
        self._show(self._root)
        for place in [place for place in self._screens if place != self._root]:
            self._forget(place)

    def _shown(self, place: Place | None) -> bool:
        if place:
            self._show(place)
        return place is not None

    def _show(self, place: Place) -> None:
        screen, above = self._screen(place), len(self._app.screen_stack) > 1
        if place == self._root and above:
            self._app.pop_screen()
        elif place != self._root and above:
            self._app.switch_screen(screen)
        elif place != self._root:
            self._app.push_screen(screen)
        for old in [kept for kept in self._screens if kept not in (self._root, place)][:-KEPT]:
            self._forget(old)

    def _screen(self, place: Place) -> Shell:
        """The living screen of a place: its cursor, filter and sort are still there."""
        screen = self._screens.pop(place, None)
        if screen is None:
            screen = SCREENS[place.screen].load()(place)
            self._app.install_screen(screen, f"place-{id(screen)}")
        self._screens[place] = screen
        return screen

    def _forget(self, place: Place) -> None:
        screen = self._screens.pop(place)
        self._app.uninstall_screen(screen)
        if screen.is_running:
            screen.remove()
