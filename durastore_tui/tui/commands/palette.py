"""The palette: actions of this place, screens, stores, spaces and themes, found by name."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import Matcher

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.tui import actions
from durastore_tui.tui.handlers.write_window import open_window, shut_window
from durastore_tui.tui.places import Place
from durastore_tui.tui.screens.frame_lines import why_refused
from durastore_tui.tui.screens.place_screen import PlaceScreen
from durastore_tui.tui.servers.profiles import choices, known
from durastore_tui.tui.themes import THEMES
from durastore_tui.tui.widgets.bars import COLOURS
from durastore_tui.tui.widgets.literal import literal
from durastore_tui.tui.widgets.looks import visible

if TYPE_CHECKING:
    from durastore_tui.tui.context import AppContext

OPEN = "rw"
OF_SHADE = {"bad": "$error", "warn": "$warning", "good": "$success", "accent": "$accent", "dim": "$text-muted"}
MOST_SPACES = 500  # each typed character weighs every entry
Entry = tuple[str, str, Callable[[], object]]


class Palette(CommandPalette):
    """Textual's own, with keys that wait for the list: paging ends the app while the list has no lines yet."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page('down')", "Next page", show=False),
        Binding("pageup", "page('up')", "Previous page", show=False),
    ]

    async def action_page(self, direction: str) -> None:
        """One page up or down, once there is one."""
        commands = self.query_one(CommandList)
        if commands.scrollable_content_region:
            await commands.run_action(f"page_{direction}")


def _hit(score: float, shown: Content, run: Callable[[], object], name: str, help_text: str) -> Hit | DiscoveryHit:
    """One entry. Textual parses a help of type str as markup, and declares no other type."""
    said: Any = literal(help_text)
    if score:
        return Hit(score, shown, run, visible(name), said)
    return DiscoveryHit(shown, run, visible(name), said)


def _highlighted(matcher: Matcher, name: str) -> Content:
    """The name with the letters that match; the matcher's own way parses markup."""
    content = literal(name)
    for offset in matcher.fuzzy_search.match(matcher.query, content.plain)[1]:
        content = content.stylize(matcher.match_style, offset, offset + 1)
    return content


class Entries(Provider):
    """Subclasses say what is offered at once, and what more is found by name."""

    async def discover(self) -> Hits:
        for name, help_text, run in self.entries():
            yield _hit(0, self.dressed(name, literal(name)), run, name, help_text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, help_text, run in (*self.entries(), *self.more()):
            if (score := matcher.match(visible(name))) > 0:
                yield _hit(score, self.dressed(name, _highlighted(matcher, name)), run, name, help_text)

    def dressed(self, name: str, shown: Content) -> Content:
        """An entry in its colours."""
        return shown

    @abstractmethod
    def entries(self) -> Iterator[Entry]:
        """Name, help, and what is run."""

    def more(self) -> Iterator[Entry]:
        """What is too much to be listed."""
        yield from ()


class Stores(Entries):
    """The stores of this server."""

    def entries(self) -> Iterator[Entry]:
        if isinstance(self.screen, PlaceScreen):
            yield from _stores(self.screen.durastore)


class Profiles(Entries):
    """The servers that are held, the profiles of the file, and the way to any other server."""

    def entries(self) -> Iterator[Entry]:
        if isinstance(self.screen, PlaceScreen):
            yield from choices(self.screen.durastore)

    def dressed(self, name: str, shown: Content) -> Content:
        """The name in its profile's colour, PROD as the danger that it is."""
        profile = self._known.get(name)
        if profile is None:
            return shown
        word = len(shown) - len(profile.environment)
        careful = "bold $error" if profile.environment is Environment.PROD else "bold"
        colour = OF_SHADE.get(COLOURS.get(profile.colour or "", ""), "")
        return shown.stylize(colour, len("server "), word).stylize(careful, word)

    @cached_property
    def _known(self) -> dict[str, Profile]:
        """Looked up once: each row of each typed letter would read the whole file."""
        return known(self.screen.durastore) if isinstance(self.screen, PlaceScreen) else {}


class Commands(Entries):
    """Everything that `act` can do here, and the places that have a name."""

    def entries(self) -> Iterator[Entry]:
        shell = self.screen
        if not isinstance(shell, PlaceScreen):
            return
        for action in actions.of(shell.scope):
            why = why_refused(shell, action)
            yield f"{action.key_text}  {action.label}", why or action.help, partial(shell.action_act, action.id)
        yield from _stores(shell.durastore)
        yield from _writing(shell.durastore)
        for theme in THEMES:
            yield f"theme {theme.name}", "Change the look.", partial(setattr, shell.durastore, "theme", theme.name)

    async def search(self, query: str) -> Hits:
        word, _, span = query.strip().partition(" ")
        if word == OPEN and isinstance(self.screen, PlaceScreen):
            run = partial(open_window, self.screen.durastore, span)
            help_text = "Allow changes on a read-only profile for a limited time."
            yield _hit(1.0, literal(query), run, query, help_text)
        else:
            async for hit in super().search(query):
                yield hit

    def more(self) -> Iterator[Entry]:
        shell = self.screen
        if isinstance(shell, PlaceScreen):
            for space in shell.server.space_names[:MOST_SPACES]:
                place = Place("space", space, parent=Place("spaces"))
                yield space, "Open this space.", partial(shell.server.places.go, place)


def _writing(app: AppContext) -> Iterator[Entry]:
    yield f"{OPEN} 15m", "Open a read-only server for changes: 15m, 90s, 1h.", partial(open_window, app, "15m")
    yield "ro", "Read-only from now on.", partial(shut_window, app)


def _stores(app: AppContext) -> Iterator[Entry]:
    session = app.services.session if app.services else None
    for store in session.stores if session else ():
        here = session is not None and store is session.store
        words = "The current one." if here else "Make this store the current one."
        yield f"store {store.id} {store.type}", words, partial(app.connections.use_store, store.id)
