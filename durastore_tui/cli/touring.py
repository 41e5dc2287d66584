"""The tour's own world: a stand-in and a state folder that begin with it and go with it."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from durastore_tui.cli.demo import Demo
from durastore_tui.cli.exits import Exit
from durastore_tui.cli.options import DEFAULT_WORLD
from durastore_tui.cli.start import no_screen, use_real_size
from durastore_tui.config import places
from durastore_tui.config.profile import Environment, Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.tui import garbage

LEAST = os.terminal_size((80, 24))
FOLDERS = ("XDG_STATE_HOME", "XDG_CONFIG_HOME")


def tour(*, by_itself: bool, pace: float) -> int:
    """Plays the nine scenes; 0 at their end and when somebody leaves, 1 when something was never seen. Raises
    BadInput where it cannot be drawn."""
    garbage.not_yet()
    if sentence := no_screen(os.environ) or _too_small(os.get_terminal_size(sys.stderr.fileno())):
        raise BadInput("terminal", sentence)
    use_real_size(os.environ)
    with _own_folders():
        demo = Demo(DEFAULT_WORLD, None, fresh=False, read_only=False)
        demo.launch()
        with closing(demo):
            return _played(demo, by_itself, pace)


def _too_small(size: os.terminal_size) -> str | None:
    """The UI gets by with less; what a scene waits for would be out of view. A terminal that tells no size says 0."""
    if not all(size) or (size.columns >= LEAST.columns and size.lines >= LEAST.lines):
        return None
    least, found = (f"{each.columns} x {each.lines}" for each in (LEAST, size))
    return f"the tour needs a terminal of {least}; this one is {found}"


def _played(demo: Demo, by_itself: bool, pace: float) -> int:
    from durastore_tui.cli.tour_stage import StandInStage
    from durastore_tui.tui.start import Found, Start
    from durastore_tui.tui.terminal.lifecycle import run
    from durastore_tui.tui.tour.app import TourApp
    from durastore_tui.tui.tour.player import Player
    from durastore_tui.tui.tour.scenes import SCENES
    from durastore_tui.tui.visits import Visits

    async def find() -> Found:
        server = await demo.server()
        stage.meet(server.profile)
        garbage.seldom()
        return Found(replace(server.profile, read_only=True), server.password, server.notice)

    stage = StandInStage()
    player = Player(SCENES, stage, by_itself=by_itself, pace=pace)
    begun = Start(Profile(demo.world, "", demo.user, Environment.DEMO, read_only=True), find=find)
    while not player.over:
        app = TourApp(begun._replace(visits=Visits(places.visits)), player)
        run(app)
        if app.return_code:
            return app.return_code
    for sentence in player.missed:
        sys.stderr.write(f"durastore-tui: {sentence}\n")
    return Exit.FAILED if player.missed else Exit.DONE


@contextmanager
def _own_folders() -> Iterator[None]:
    """Nobody's jobs, profiles and keys are touched or shown, here and in the commands that a scene runs."""
    before = {name: os.environ.get(name) for name in FOLDERS}
    with tempfile.TemporaryDirectory(prefix="durastore-tour-") as folder:
        os.environ.update(dict.fromkeys(FOLDERS, folder))
        try:
            if folder not in str(places.state()):
                raise BadInput("folder", "This platform gives the tour no state folder of its own.")
            yield
        finally:
            os.environ.update({name: value for name, value in before.items() if value is not None})
            for name in [name for name, value in before.items() if value is None]:
                del os.environ[name]
