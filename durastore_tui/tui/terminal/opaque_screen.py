"""A screen that fills the terminal."""

from textual.screen import Screen


class OpaqueScreen(Screen[None]):
    """Paints only while no other of its kind lies over it.

    Textual takes the one below for something that shines through, and paints the whole screen anew for each change
    there: hundreds of kilobytes while rows come in.
    """

    @property
    def is_on_top(self) -> bool:
        """Whether nothing lies over it: the one below is current to Textual, too. False while the app ends."""
        return self.app.screen_stack[-1:] == [self]

    def _compositor_refresh(self) -> None:
        if self.is_on_top or (self.app.screen_stack and not isinstance(self.app.screen, OpaqueScreen)):
            super()._compositor_refresh()
