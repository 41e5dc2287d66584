"""The app that begins at the contents of a snapshot.

python -m tests.at_contents URL STORE SNAPSHOT
"""

import sys

from textual import on

from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.messages import Connected
from durastore_tui.tui.places import Place
from durastore_tui.tui.start import SPACES, Start


class AtContents(DurastoreApp):
    """Goes there as soon as a server answers."""

    def __init__(self, url: str, store: str, snapshot: str) -> None:
        profile = Profile("stand-in", url, "root", Environment.DEMO)
        super().__init__(Start(profile, Secret("rpw"), store, root=SPACES))
        self.snapshot = snapshot

    @on(Connected)
    def _there(self) -> None:
        place = Place("snapshot_contents", snapshot=self.snapshot, parent=Place("spaces"))
        self.call_later(self.places.go, place)


if __name__ == "__main__":
    AtContents(*sys.argv[1:]).run()
