"""The app: one history of places, one list of actions, and a server that may come and go."""

from textual.app import App

from durastore_tui.tui.start import Found, Start

__all__ = ["DurastoreApp", "Found", "Start"]


class DurastoreApp(App[None]):
    """Paints first and connects after; never ends because a server failed. Exit code: `return_code`."""

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
