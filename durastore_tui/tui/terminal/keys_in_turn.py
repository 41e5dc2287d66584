"""One key after the other: a key that is typed ahead goes to what the one before it opened, and is never lost."""

from __future__ import annotations

from collections import deque
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer

LONGEST = 0.5
"""Seconds after which the next key is let in whatever became of the one before: a widget that went away with it never
says that it is done."""
A_LOOK = 0.01
STILL_HELD = 1.1
"""Seconds in which a key that is held down comes again, its keyboard's first pause included."""
LAPS = 2
"""Once for the key, once for what a widget made of it: a field that enter was pressed in says so in a message."""


class KeyDone(Message):
    """Follows a key on its way from the focus up to the app, where all that the key set going has been done by then."""

    def __init__(self, turn: int, lap: int = 1) -> None:
        super().__init__()
        self.turn = turn
        self.lap = lap


def _anew(event: Key | Paste) -> Key | Paste:
    """The same event before it was on its way, made at the same time."""
    again = Key(event.key, event.character) if isinstance(event, Key) else Paste(event.text)
    again.time = event.time
    return again


class KeysInTurn(App[None]):
    """Textual gives a burst of keys to whatever has the focus when the first of them comes, and lets each find its
    binding when it is through: the letters of `/maps` would all have gone to the list, and to its actions."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed_at = 0.0
        """When the last key was pressed; of one that is held down, when that began. Monotonic seconds."""
        self._last_key: Key | None = None
        self._begun: Key | Paste | None = None
        self._begun_on: Screen[Any] | None = None
        self._ahead: deque[Key | Paste] = deque()
        self._turn = 0
        self._in_turn = False
        self._held = False
        self._impatient: Timer | None = None

    def hold_keys(self) -> None:
        """Keep the keys that are typed until `admit_keys`: nothing is there yet that could take them."""
        self._held = self._in_turn = True

    def admit_keys(self) -> None:
        """Let the keys that were held go on, one after the other."""
        self._held = False
        self.call_later(self._done, self._turn)

    @property
    def keys_are_done(self) -> bool:
        """Whether all that the typed keys set going has been done."""
        return not (self._in_turn or self._ahead)

    async def on_event(self, event: Event) -> None:
        if not isinstance(event, Key | Paste):
            await super().on_event(event)
        elif event.is_forwarded:
            if event is self._begun and self.screen_stack and self.screen is not self._begun_on:
                self._ahead.appendleft(_anew(event))  # a screen that opened meanwhile would take it, composed or not
            else:
                await super().on_event(event)
        elif self._in_turn:
            self._ahead.append(event)
            if self._impatient is None and not self._held:
                self._wait_no_longer_than_that()
        elif self._is_settled:
            await self._begin(event)
        else:
            self._ahead.append(event)
            self._in_turn = True
            self.call_later(self._done, self._turn)

    async def _begin(self, event: Key | Paste) -> None:
        self._in_turn = True
        self._turn += 1
        if isinstance(event, Key):
            self._note_press(event)
        self._begun, self._begun_on = event, self.screen if self.screen_stack else None
        self._target: MessagePump = (self.focused or self.screen) if self.screen_stack else self
        await super().on_event(event)
        self._follow(KeyDone(self._turn))

    def _note_press(self, key: Key) -> None:
        last, self._last_key = self._last_key, key
        if last is None or last.key != key.key or key.time - last.time > STILL_HELD:
            self.pressed_at = key.time

    def _follow(self, done: KeyDone) -> None:
        if not self._target.post_message(done):
            self.call_later(self._done, done.turn)

    async def on_key_done(self, event: KeyDone) -> None:
        if event.turn == self._turn and event.lap < LAPS:
            self._follow(KeyDone(event.turn, event.lap + 1))
        else:
            self.call_later(self._done, event.turn)

    async def _done(self, turn: int) -> None:
        """Once what the key opened can take the next one."""
        if turn != self._turn or not self._in_turn:
            return
        if self._ahead and not self._is_settled:
            self.set_timer(A_LOOK, lambda: self._done(turn))
        else:
            await self._next()

    async def _next(self) -> None:
        if self._impatient:
            self._impatient.stop()
            self._impatient = None
        if self._ahead and self.screen_stack and not self.screen.is_mounted:
            self.set_timer(A_LOOK, self._next)  # its bindings would look for what is not there yet
            return
        self._in_turn = False
        if self._ahead:
            await self._begin(self._ahead.popleft())
            if self._ahead:
                self._wait_no_longer_than_that()

    def _wait_no_longer_than_that(self) -> None:
        self._impatient = self.set_timer(LONGEST, self._next)

    @property
    def _is_settled(self) -> bool:
        if not self.screen_stack:
            return True
        return self.screen.is_mounted and self.screen.is_current and bool(self.screen.size)  # it has been laid out
