"""Plays the scenes: a caption, keys, and no step further before what was promised is seen."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.tui.context import AppContext
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.tour.caption import Said
from durastore_tui.tui.tour.hands import LONGEST_WAIT, Hands, NotSeen
from durastore_tui.tui.tour.steps import Cue, Scene, Step
from durastore_tui.tui.widgets.facts import Fact, Gap, Words

LEAST_READING, LETTERS_A_SECOND = 2.0, 16.0
BETWEEN_KEYS = 0.5
STEERED, BY_ITSELF = "space goes on · esc leaves", "by itself · space hurries · esc leaves"
END = "That was the tour. The stand-in and all that was done to it go away now; durastore-tui --demo keeps one."


class Ran(NamedTuple):
    """A headless command and what came of it; `lines` as it printed them."""

    line: str
    lines: tuple[str, ...]
    exit_code: int


class Stage(Protocol):
    """What happens behind the app's back."""

    async def unplug(self, unplugged: bool) -> None:
        """Takes the line to the server away, or gives it back."""

    async def command(self, words: Sequence[str]) -> Ran:
        """Runs a headless command against the same server."""


class CaptionedApp(AppContext):
    """The app of the tour, as the player knows it."""

    @abstractmethod
    def caption(self, said: Said) -> None:
        """Show a caption on the screen in front, and on those that come."""


class Player:
    """Where the tour is. It outlives an app: a step may leave it, and the next one begins in another.

    `by_itself` waits for no person but for as long as a caption takes to read, divided by `pace`."""

    def __init__(
        self,
        scenes: Sequence[Scene],
        stage: Stage,
        *,
        by_itself: bool = False,
        pace: float = 1.0,
        clock: Clock | None = None,
        wait: float = LONGEST_WAIT,
    ) -> None:
        self.scenes = tuple(scenes)
        self.clock = clock or WallClock()
        self.between_keys = BETWEEN_KEYS / pace
        self.missed: list[str] = []
        self.over = False
        self._stage = stage
        self._by_itself = by_itself
        self._pace = pace
        self._wait = wait
        self._steps = [(number, step) for number, scene in enumerate(self.scenes) for step in scene.steps]
        self._at = 0
        self._turn: asyncio.Event | None = None
        self.said = self._caption(*self._steps[0])

    def leave(self) -> None:
        """Nothing more is played."""
        self.over = True

    def go_on(self) -> None:
        """The person has read the caption."""
        if self._turn:
            self._turn.set()

    async def play(self, app: CaptionedApp, hands: Hands) -> None:
        """Plays on until the end, or until a step leaves this app."""
        while not self.over and self._at < len(self._steps):
            number, step = self._steps[self._at]
            self._at += 1
            if not step.fits(narrow=hands.narrow):
                continue
            if step.says:
                app.caption(self._caption(number, step))
                await self._read(step.says)
            try:
                await self._perform(app, hands, step)
            except NotSeen as never:
                await self._miss(app, hands, number, never)
            if step.leaves:
                return
        if not self.over:
            self.over = True
            app.caption(self._said(len(self.scenes) - 1, END))
            await self._read(END)
            app.exit()

    async def _perform(self, app: CaptionedApp, hands: Hands, step: Step) -> None:
        await hands.until(lambda: app.services, self._wait)  # a server that answers first sends everybody home
        if step.cue is Cue.COMMAND:
            await self._show_command(app, step)
        elif step.cue:
            await self._stage.unplug(step.cue is Cue.UNPLUG)
        await hands.perform(step, self._wait)

    async def _show_command(self, app: CaptionedApp, step: Step) -> None:
        words = [word.format(snapshot=app.places.here.place.snapshot) for word in step.command]
        ran = await self._stage.command(words)
        lines = (Words(line, exact=True) for line in ran.lines)
        app.push_screen(ReadingScreen(f"$ {ran.line}", (Fact("exit code", str(ran.exit_code)), Gap(), *lines)))

    async def _miss(self, app: CaptionedApp, hands: Hands, number: int, never: NotSeen) -> None:
        """Says so, and goes on with the next scene: the rest of this one hangs on it."""
        title = self.scenes[number].title
        self.missed.append(f"{title}: {never.words} was not seen within {self._wait:.0f} s")
        words = f"This did not happen within {self._wait:.0f} s: “{never.words}”. The tour goes on with the next scene."
        app.caption(self._said(number, words))
        await self._read(words)
        while self._at < len(self._steps) and self._steps[self._at][0] == number:
            self._at += 1
        while len(app.screen_stack) > 1 and app.screen.is_modal:
            app.screen.dismiss(None)

    async def _read(self, sentence: str) -> None:
        self._turn = asyncio.Event()
        waits: set[asyncio.Task[Any]] = {asyncio.create_task(self._turn.wait())}
        if self._by_itself:
            seconds = (LEAST_READING + len(sentence) / LETTERS_A_SECOND) / self._pace
            waits.add(asyncio.ensure_future(self.clock.sleep(seconds)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()

    def _caption(self, number: int, step: Step) -> Said:
        return self._said(number, step.says, step.shown_keys)

    def _said(self, number: int, sentence: str, keys: str = "") -> Said:
        steering = BY_ITSELF if self._by_itself else STEERED
        return Said(number + 1, len(self.scenes), self.scenes[number].title, sentence, keys, steering)
