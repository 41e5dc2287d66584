"""Presses keys on a running app as a person would, and sees what a person sees."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Key

from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.core.glyphs import MARKS, SIGNS, ascii_only
from durastore_tui.tui.terminal.rehearsal import key_of, read_lines
from durastore_tui.tui.tour.steps import NAMED, Step
from durastore_tui.tui.widgets.sheet import Sheet

NARROW = 100
BETWEEN_LOOKS = 0.05
EYES = WallClock()
"""However fast the app's time goes, it is looked at in real time."""
LONGEST_WAIT = 60.0
A_MOMENT = 2.0


class Played(Key):
    """A key that no person pressed; the app takes it like any other."""


Played.handler_name = Key.handler_name


class NotSeen(Exception):
    """The words that did not come in time."""

    def __init__(self, words: str, screen: str) -> None:
        super().__init__(words)
        self.words = words
        self.screen = screen


class Hands:
    """`rows_kept` at the top of the screen are not the app's. A pause is taken on the clock after each key."""

    def __init__(self, app: App[Any], *, rows_kept: int = 0, clock: Clock | None = None, pause: float = 0.02) -> None:
        self.app = app
        self.clock = clock or WallClock()
        self._kept = rows_kept
        self._pause = pause

    @property
    def narrow(self) -> bool:
        """Whether there is one pane alone."""
        return self.app.size.width < NARROW

    @property
    def screen(self) -> str:
        """What the app shows, line by line; nothing once it ends."""
        if not self.app.screen_stack:
            return ""
        return "\n".join(read_lines(self.app.screen)[self._kept :])

    async def perform(self, step: Step, wait: float = LONGEST_WAIT) -> None:
        """Presses the keys of a step and waits until all its words are seen; raises NotSeen after `wait` seconds."""
        for key in step.keys:
            await self.press(key)
        await self.see(step.expected(narrow=self.narrow), wait)

    async def press(self, key: str) -> None:
        """Presses a key, or types a text; a sheet that has only just come gets its moment before."""
        if isinstance(sheet := self.app.screen, Sheet):
            await self.until(lambda: sheet.painted_at and monotonic() - sheet.painted_at > sheet.GUARD, A_MOMENT)
        for event in _events(key):
            self.app.post_message(event)
            await self.clock.sleep(self._pause / (1 if key in NAMED or len(key) == 1 else 8))

    async def see(self, words: tuple[str, ...], wait: float = LONGEST_WAIT) -> None:
        """Waits until all the words are seen at once, one that is named twice in two places; raises NotSeen."""
        if not await self.until(lambda: not self._missing(words), wait):
            raise NotSeen(", ".join(self._missing(words) or words), self.screen)

    def _missing(self, words: tuple[str, ...]) -> list[str]:
        screen = self.screen
        return [word for word, times in Counter(words).items() if screen.count(_drawn(word)) < times]

    async def until(self, true: Callable[[], object], wait: float = LONGEST_WAIT) -> bool:
        """Waits until it is true, for `wait` seconds at most."""
        try:
            async with asyncio.timeout(wait):
                while not true():
                    await EYES.sleep(BETWEEN_LOOKS)
        except TimeoutError:
            return False
        return True


def _drawn(word: str) -> str:
    """As this terminal shows it, which may have no sign but ASCII."""
    if ascii_only():
        for fine, plain in (*SIGNS.values(), *((mark.glyph, mark.ascii) for mark in MARKS.values())):
            word = word.replace(fine, plain)
    return word


def _events(key: str) -> Iterator[Played]:
    if key in NAMED:
        yield Played(key, " " if key == "space" else None)
        return
    for character in key:
        yield Played(key_of(character), character)
