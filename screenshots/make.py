"""Makes every picture of this folder from the real app on the real stand-in, with time held still.

.venv/bin/python screenshots/make.py [NAME]...
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import platformdirs
from textual.pilot import Pilot

from durastore_tui.config.profile import demo
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import Start

HERE = Path(__file__).parent
WIDE, NARROW = (120, 36), (80, 24)
MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PORTS = ("--port", "18751", "--edge-port", "18752")  # the edge's port is part of every streaming host
FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"


class StillClock:
    """Stands at one moment; sleeping takes real time."""

    def now(self) -> datetime:
        return MOMENT

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@dataclass(frozen=True)
class Stage:
    """The app in front of the camera."""

    app: DurastoreApp
    pilot: Pilot[None]

    @property
    def text(self) -> str:
        """What the screen says."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    @property
    def narrow(self) -> bool:
        """Whether there is one pane alone."""
        return self.app.size.width < 100

    async def sees(self, words: str, times: int = 1) -> None:
        """Waits until the words are on the screen, so many times."""
        try:
            async with asyncio.timeout(30):
                while self.text.count(words) < times:
                    await self.pilot.pause(0.05)
        except TimeoutError:
            sys.exit(f"never came: {words}\n{self.text}")

    async def press(self, *keys: str) -> None:
        """Presses keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Presses the keys of a text."""
        await self.press(*text)

    async def go_to(self, space: str) -> None:
        """Puts the cursor on a space by its name."""
        await self.sees("20 spaces")
        await self.press("slash", *space, "enter")
        await self.sees(f"/ {space}")


async def spaces(stage: Stage) -> None:
    """The list that opens first."""
    await stage.sees("733,120")
    await stage.sees("◎ SECURE")


async def contents(stage: Stage) -> None:
    """The items of a space, page by page."""
    await stage.go_to("oral-histories-hls")
    await stage.press("enter")
    if stage.narrow:  # one pane: the space has a page of its own
        await stage.sees("created")
        await stage.press("enter")
    await stage.sees("CONTENT ID")
    await stage.sees("interview-edith-jones")


async def snapshot_contents(stage: Stage) -> None:
    """A row of a large snapshot, by its name."""
    await stage.sees("20 spaces")
    await stage.press("4", "slash", *"newspapers", "enter")
    await stage.sees("/ newspapers")
    await stage.press("enter")
    await stage.sees("enter contents")
    await stage.press("enter")
    await stage.sees("184,233 items")
    await stage.press("g", *"lakeshore-herald/issue-005000", "enter")
    await stage.sees("80,002")


async def urls(stage: Stage) -> None:
    """The URL of an item, raw and encoded."""
    await contents(stage)
    await stage.press("u")
    await stage.sees("https://")


async def many_urls(stage: Stage) -> None:
    """All playlists of a year, by a pattern."""
    await stage.go_to("oral-histories-hls")
    await stage.press("u", "ctrl+u")
    await stage.type("oh/1962/*playlist.m3u8")
    await stage.press("enter")
    await stage.sees(" made.")


async def link(stage: Stage) -> None:
    """A signed-cookies link, its token masked."""
    await stage.go_to("lectures-secure")
    await stage.press("u", "ctrl+u")
    await stage.type("lectures/2000-fall/BIO-210_lecture-07-playlist.m3u8")
    await stage.press("enter")
    await stage.sees("Leads on to")
    await stage.press("tab", "tab", "enter")
    await stage.sees("token=•••")


async def enable(stage: Stage) -> None:
    """The form refuses an origin before anything is sent."""
    await stage.go_to("dance-archive")
    await stage.press("E")
    await stage.sees("Who may stream")
    await stage.press("down", "tab")
    await stage.type("library.lakeshore.example")
    await stage.press("enter")
    await stage.sees("has no scheme")


async def confirm(stage: Stage) -> None:
    """What a change does now and later, what undoes it, and the exact request."""
    await stage.go_to("dance-archive")
    await stage.press("E")
    await stage.sees("Who may stream")
    await stage.press("down", "tab")
    await stage.type("https://library.lakeshore.example")
    await stage.press("enter")
    await stage.sees("POST /task/enable-hls")


async def accepted(stage: Stage) -> None:
    """A change that was sent: asked for, and no evidence yet."""
    await stage.sees("20 spaces")
    await stage.press(*"jjjjjj", "E")
    await stage.sees("Who may stream")
    await stage.press("down", "tab", "enter")
    await stage.sees("POST /task/enable-hls")
    await stage.pilot.pause(0.5)  # a sheet takes no consent at once
    await stage.press("y")
    await stage.sees("◌ accepted")
    await stage.press("k", "b")
    await stage.sees("~ enabling")


async def delete(stage: Stage) -> None:
    """What can't be undone wants the name typed."""
    await stage.go_to("campus-events")
    await stage.press("X")
    await stage.sees("POST /task/delete-hls")
    await stage.press("tab")
    await stage.type("campus-ev")


async def switch(stage: Stage) -> None:
    """Between OPEN and SECURE: the host changes, and both requests."""
    await stage.go_to("campus-events")
    await stage.press("W")
    await stage.sees("viewers need signed cookies")
    await stage.press("enter")
    await stage.sees("The host changes")


async def jobs(stage: Stage) -> None:
    """What was sent from here: steps, evidence, requests, and what to do."""
    await switch(stage)
    await stage.press("tab")
    await stage.type("campus-events")
    await stage.pilot.pause(0.5)  # a sheet takes no consent at once
    await stage.press("enter", "enter")
    await stage.sees("◌ accepted")
    await stage.press("5")
    await stage.sees("1 running")
    if stage.app.size.width < 100:
        await stage.press("enter")
    await stage.sees("delete sent")


async def streaming(stage: Stage) -> None:
    """Evidence, line by line, that a host answers."""
    await stage.sees("20 spaces")
    await stage.press("2")
    await stage.sees("of 20 read")
    await stage.sees("http: answered")  # of the first row, where the cursor rested
    await stage.press("G")
    await stage.sees("http: answered", times=2 if stage.narrow else 3)


async def policies(stage: Stage) -> None:
    """Storage policies: what was set from here, and the sheet that sets one."""
    await stage.sees("20 spaces")
    await stage.press("3")
    await stage.sees("LAST SET FROM HERE")
    await stage.press(*"jjjjjj", "P")
    await stage.sees("Set the storage policy")


async def connect(stage: Stage) -> None:
    """Without a server the form asks for one."""
    await stage.sees("Password")


async def help_(stage: Stage) -> None:
    """The keys of this place."""
    await stage.sees("733,120")
    await stage.press("question_mark")
    await stage.sees("Keys in")


async def listed(stage: Stage, space: str) -> None:
    """The list of snapshots, with the cursor on one of a space."""
    await stage.sees("20 spaces")
    await stage.press("4")
    await stage.sees("60 snapshots")
    await stage.sees("512.0 GB")
    await stage.press("slash", *space, "enter")
    await stage.sees("1 of 60")
    await stage.press("slash", "ctrl+u", "enter")
    await stage.sees("TB in")


async def snapshots(stage: Stage) -> None:
    """Every snapshot with its standing; the one that is copied shows how far it is."""
    await listed(stage, "wwii-oh")
    if stage.app.size.width >= 100:
        await stage.sees("of 11,902 items")


async def create(stage: Stage) -> None:
    """What a space is before a snapshot of it is taken."""
    await listed(stage, "oh-batch-2026-10")
    await stage.press("N")
    await stage.sees("to take a new snapshot of")
    await stage.press("backspace", "1", "enter")
    await stage.sees("of 512 characters")
    await stage.type("Oral histories, November")


async def restore(stage: Stage) -> None:
    """A restore, until when its items stay, and the space that they are in."""
    await listed(stage, "tdh-1-2025")
    await stage.press("r")
    await stage.sees("RESTORED SPACE")
    await stage.sees("1000+ items")


SHOTS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "spaces": spaces,
    "contents": contents,
    "snapshot-contents": snapshot_contents,
    "urls": urls,
    "many-urls": many_urls,
    "link": link,
    "enable": enable,
    "confirm": confirm,
    "accepted": accepted,
    "delete": delete,
    "switch": switch,
    "jobs": jobs,
    "streaming": streaming,
    "policies": policies,
    "snapshots": snapshots,
    "create": create,
    "restore": restore,
    "connect": connect,
    "help": help_,
}


@contextmanager
def stand_in() -> Iterator[Start]:
    """A stand-in of its own for each picture, whose world was made at MOMENT; gives what the app starts with."""
    words = [sys.executable, "-m", "durastore_tui", "sandbox", "--exit-with-stdin", "--speed", "45", *PORTS]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        ready = json.loads(child.stdout.readline())
        back = (MOMENT - datetime.now(UTC)) / timedelta(seconds=1)
        for path, body in (("clock", {"advance": back}), ("reset", {})):
            url = ready["url"].removesuffix("/durastore") + f"/sandbox/{path}"
            httpx.post(url, json=body, trust_env=False).raise_for_status()
        profile = demo("lakeshore", ready["url"], "root", Path(ready["ca_file"]))
        yield Start(profile, Secret(ready["users"]["root"]), clock=StillClock())


async def shoot(name: str, size: tuple[int, int], start: Start) -> None:
    """Plays one scene and keeps its last picture."""
    app = DurastoreApp(start)
    async with app.run_test(size=size, notifications=True) as pilot:
        await SHOTS[name](Stage(app, pilot))
        await pilot.pause()
        svg = app.export_screenshot(title="durastore-tui")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", FONT).replace('"Fira Code"', FONT)
    (HERE / f"{name}-{size[0]}x{size[1]}.svg").write_text(svg)


def main() -> None:
    """Makes the named pictures, or all."""
    for name in sys.argv[1:] or SHOTS:
        for size in (WIDE, NARROW):
            with tempfile.TemporaryDirectory() as state, stand_in() as start:
                platformdirs.user_state_dir = lambda *_, state=state: state  # no journal of a person in it
                asyncio.run(shoot(name, size, Start() if name == "connect" else start))
            print(f"{name} {size[0]}x{size[1]}")


if __name__ == "__main__":
    main()
