"""Keeps the screens of the places of one server that were visited, and shows one at a time."""

from __future__ import annotations

from collections.abc import Callable

from durastore_tui.tui.context import PlaceView, Server, ServerScreen
from durastore_tui.tui.places import History, Lens, Place
from durastore_tui.tui.servers.resume import remember, save_visits

MakeScreen = Callable[[Place], PlaceView]

KEPT = 12


class Navigator:
    """One place at a time lies on the frame, which is at the bottom of Textual's stack. While its server is out of view
    only the history moves."""

    def __init__(self, server: Server, root: Place, make_screen: MakeScreen) -> None:
        self._server = server
        self._app = server.app
        self._root = root
        self._make_screen = make_screen
        self._history = History(root)
        self._screens: dict[Place, PlaceView] = {}
        self._unread: set[PlaceView] = set()

    @property
    def here(self) -> PlaceView:
        """The screen of the place that is shown, also under a sheet."""
        return self._screen(self._history.here)

    def go(self, place: Place, lens: Lens | None = None) -> None:
        """Shows a place and remembers it; with a `lens` it is looked at like that, else as it was left."""
        remember(self._server)
        here = self._history.go(place)
        if lens:
            self._screen(here).look(lens)
        self._shown(here)

    def up(self) -> bool:
        """To where this place was opened from; False at a root."""
        remember(self._server)
        return self._shown(self._history.up())

    def walk(self, steps: int) -> None:
        """Back or forth in the order of visiting."""
        remember(self._server)
        self._shown(self._history.walk(steps))

    def toggle(self) -> None:
        """To the place before this one."""
        remember(self._server)
        self._shown(self._history.toggle())

    def begin_anew(self) -> None:
        """Forgets every place but the root, which is shown: another login or store has other places."""
        self._history.restart(self._root)
        self._show(self._root)
        for place in [place for place in self._screens if place != self._root]:
            self._forget(place)
        self._screen(self._root).begin()

    @property
    def at_root(self) -> bool:
        """Whether the person is where everything begins."""
        return self._history.here == self._root

    def begin(self) -> None:
        """With the first login: where the person is by now stays."""
        for screen in tuple(self._screens.values()):
            if screen.screen.is_mounted:
                screen.begin()

    def read_again(self) -> None:
        """With a new login of the same person: what is in view now, the other places once they are."""
        self._unread = set(self._screens.values()) - {self.here}
        self.here.read(again=True)

    def come_into_view(self) -> None:
        """Takes the place of another server's screens."""
        self._put_on_top(self.here)

    def close(self) -> None:
        """Lets every screen go, out of view."""
        for place in tuple(self._screens):
            self._forget(place)

    def _shown(self, place: Place | None) -> bool:
        if place:
            self._show(place)
            remember(self._server)
            save_visits(self._server)
        return place is not None

    def _show(self, place: Place) -> None:
        screen = self._screen(place)
        if self._server.in_view:
            self._put_on_top(screen)
        if screen in self._unread:
            self._unread.discard(screen)
            screen.read(again=True)
        for old in [kept for kept in self._screens if kept not in (self._root, place)][:-KEPT]:
            self._forget(old)

    def _put_on_top(self, screen: PlaceView) -> None:
        for left in self._app.screen_stack:
            if isinstance(left, ServerScreen) and left is not screen.screen:
                left.reads.interrupt()
        if self._app.screen_stack[1:]:
            self._app.switch_screen(screen.screen)
        else:
            self._app.push_screen(screen.screen)

    def _screen(self, place: Place) -> PlaceView:
        """The living screen of a place: its cursor, filter and sort are still there."""
        screen = self._screens.pop(place, None)
        if screen is None:
            screen = self._make_screen(place)
            screen.server = self._server
            self._app.install_screen(screen.screen, f"place-{id(screen)}")
        self._screens[place] = screen
        return screen

    def _forget(self, place: Place) -> None:
        screen = self._screens.pop(place)
        self._unread.discard(screen)
        self._app.uninstall_screen(screen.screen)
        if screen.screen.is_running:
            screen.screen.remove()
