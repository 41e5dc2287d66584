"""Makes every picture of this folder from the real app on the real stand-in, with time held still.

.venv/bin/python screenshots/make.py [NAME]...
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from unittest.mock import patch

from pictures import IN_ANSI, PICTURES, WITHOUT_COLOUR, Picture

from durastore_tui.config.profile import Profile, demo
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import Found, Start
from durastore_tui.tui.tour.hands import Hands, NotSeen

HERE = Path(__file__).parent
SIZES = ((120, 36), (80, 24))
MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PORTS = ("--port", "18751", "--edge-port", "18752")  # the edge's port is part of every streaming host
AT_MOMENT = """
import sys, time
back, real = float(sys.argv.pop(1)), time.time
time.time = lambda: real() + back
from durastore_tui.__main__ import main
main()
"""
FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
LOOKS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "ansi": {"TEXTUAL_THEME": "durastore-ansi"},
    "no-color": {"NO_COLOR": "1"},
}


class StillClock:
    """Stands at one moment; sleeping takes real time."""

    def now(self) -> datetime:
        return MOMENT

    def monotonic(self) -> float:
        return monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@contextmanager
def stand_in() -> Iterator[tuple[Profile, Secret]]:
    """A stand-in of its own for each picture, for which it is MOMENT now; gives whom the app logs in as."""
    back = (MOMENT - datetime.now(UTC)) / timedelta(seconds=1)
    words = ["-c", AT_MOMENT, str(back), "sandbox", "--exit-with-stdin", "--speed", "45", *PORTS]
    with subprocess.Popen([sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        ready = json.loads(child.stdout.readline())
        profile = demo("lakeshore", ready["url"], "root", Path(ready["ca_file"]))
        yield profile, Secret(ready["users"]["root"])


async def shoot(picture: Picture, size: tuple[int, int], start: Start) -> str:
    """Plays its steps and gives the last screen as SVG; raises NotSeen."""
    app = DurastoreApp(start)
    async with app.run_test(size=size, notifications=True) as pilot:
        hands = Hands(app)
        if picture.connected:
            await hands.until(lambda: app.services)
        for step in picture.steps:
            if step.fits(narrow=hands.narrow):
                await hands.perform(step, 30)
        await pilot.pause()
        compositor = app.screen._compositor
        with_what_lies_below = partial(compositor.render_update, screen_stack=app._background_screens)
        with patch.object(compositor, "render_update", with_what_lies_below):
            svg = app.export_screenshot(title="durastore-tui")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return svg.replace("Fira Code, monospace", FONT).replace('"Fira Code"', FONT)


async def unplayed() -> Found:
    """The demo's button is in the picture, and not pressed."""
    raise NotSeen("the demo", "")


def looks_of(name: str) -> Iterator[str]:
    """In which colours it is taken."""
    yield ""
    if name in IN_ANSI:
        yield "ansi"
    if name in WITHOUT_COLOUR:
        yield "no-color"


def take(name: str, look: str, columns: int, rows: int) -> None:
    """Takes one picture; ends the program when what it is of never comes."""
    picture = PICTURES[name]
    file = HERE / f"{'-'.join(filter(None, (name, look)))}-{columns}x{rows}.svg"
    with tempfile.TemporaryDirectory() as folder, stand_in() as (profile, password):
        around = {"XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder, **LOOKS[look]}
        os.environ.update(around)
        meant = replace(profile, read_only=picture.read_only)
        start = Start(meant, password, clock=StillClock()) if picture.connected else Start(demo=unplayed)
        try:
            file.write_text(asyncio.run(shoot(picture, (columns, rows), start)))
        except NotSeen as never:
            sys.exit(f"{file.name}: never came: {never.words}\n{never.screen}")
        finally:
            for variable in around:
                del os.environ[variable]
    print(file.name)


def main() -> None:
    """Makes the named pictures, or all; in other colours at one size alone."""
    for name in sys.argv[1:] or PICTURES:
        for look in looks_of(name):
            for columns, rows in SIZES if not look else SIZES[:1]:
                take(name, look, columns, rows)


if __name__ == "__main__":
    main()
