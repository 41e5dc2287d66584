"""The four fixed lines around a body; alone on the first paint, before the screen of a place is loaded."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from durastore_tui.tui import actions
from durastore_tui.tui.actions import Scope
from durastore_tui.tui.context import Server
from durastore_tui.tui.places import Place, crumb
from durastore_tui.tui.widgets.bars import CrumbBar, Crumbs, JobsStrip, KeyBar, Status, StatusBar
from durastore_tui.tui.widgets.facts import Hint
from durastore_tui.tui.widgets.looks import LOOKS
from durastore_tui.tui.widgets.too_small import TooSmall
from durastore_tui.tui.write_window import lock_words

TOO_NARROW, TOO_LOW = "-too-narrow", "-too-low"
BY_WIDTH = [(0, TOO_NARROW), (60, "-narrow"), (100, "-wide")]
BY_HEIGHT = [(0, TOO_LOW), (16, "-short"), (24, "-tall")]


def compose_frame(body: ComposeResult) -> ComposeResult:
    """The four lines around the body, and what stands instead where the terminal has no room."""
    with Vertical(id="shell"):
        yield StatusBar()
        yield CrumbBar()
        with Horizontal(id="body"):
            yield from body
        yield JobsStrip()
        yield KeyBar()
    yield TooSmall()


class FrameScreen(Screen[None]):
    """What can be shown before anything is known of the server; every place lies over it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)
    HORIZONTAL_BREAKPOINTS = BY_WIDTH
    VERTICAL_BREAKPOINTS = BY_HEIGHT

    def __init__(self, server: Server, root: Place) -> None:
        super().__init__()
        self._server = server
        self._root = root

    def compose(self) -> ComposeResult:
        yield from compose_frame(())

    def on_mount(self) -> None:
        profile = self._server.profile
        self.query_one(StatusBar).show(
            Status(
                environment=profile.environment if profile else "",
                profile=profile.name if profile else "no server",
                login=profile.user if profile else "",
                lock=lock_words(None, bool(profile and profile.read_only)),
                colour=profile.colour if profile else None,
                connection=self._server.link.words,
            )
        )
        self.query_one(CrumbBar).show(Crumbs((crumb(self._root),)))
        shown = (action for action in actions.of(Scope(self._root.screen)) if action.bar)
        hints = (Hint(each.key_text, each.label, on=each.task is None, changes=each.changes) for each in shown)
        self.query_one(KeyBar).show(tuple(hints))
