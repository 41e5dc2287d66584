"""The real app, whose keys are the tour's: a person's own steer the tour."""

from functools import partial
from typing import ClassVar

from textual import events
from textual.screen import Screen

from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.background import in_background
from durastore_tui.tui.start import Start
from durastore_tui.tui.styles import STYLES
from durastore_tui.tui.tour.caption import Caption, Said
from durastore_tui.tui.tour.hands import Hands, Played
from durastore_tui.tui.tour.player import CaptionedApp, Player

LEAVE = ("escape", "q", "ctrl+c")
GO_ON = ("space", "enter", "right")


class TourApp(DurastoreApp, CaptionedApp):
    """A caption lies on every screen; the rest of it is the app's."""

    CSS_PATH: ClassVar = [*DurastoreApp.CSS_PATH, STYLES / "tour.tcss"]
    rows_kept = Caption.ROWS

    def __init__(self, start: Start, player: Player) -> None:
        super().__init__(start)
        self.player = player
        self.said = player.said

    def on_mount(self) -> None:
        self.screen_change_signal.subscribe(self, self._caption_on, immediate=True)
        self._caption_on(self.screen)

    def on_ready(self) -> None:
        hands = Hands(self, rows_kept=Caption.ROWS, clock=self.player.clock, pause=self.player.between_keys)
        in_background(self, partial(self.player.play, self, hands), "tour", "the tour")

    def caption(self, said: Said) -> None:
        """Says it on the screen in front, and on those that come."""
        self.said = said
        if self.screen_stack:
            self._caption_on(self.screen)

    def _caption_on(self, screen: Screen[object]) -> None:
        for caption in screen.query(Caption):
            caption.show(self.said)
            return
        screen.mount(Caption(self.said))

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.MouseEvent | events.Paste) and not isinstance(event, Played):
            if isinstance(event, events.Key):
                self._steer(event.key)
            return
        await super().on_event(event)

    def _steer(self, key: str) -> None:
        if key in LEAVE:
            self.player.leave()
            self.exit()
        elif key in GO_ON:
            self.player.go_on()
