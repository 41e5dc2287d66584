"""How long an answer is waited for, on one line of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from durastore_tui.core.clock import Clock, waiting_words

if TYPE_CHECKING:
    from durastore_tui.api.request_log import Request, RequestLog


class WaitingLine:
    """Draws `waiting for DuraCloud, 34 s` each second, and takes it away when the answer comes."""

    def __init__(self, screen: TextIO, clock: Clock, log: RequestLog) -> None:
        self._screen = screen
        self._clock = clock
        self._log = log
        self._drawn = False

    async def run(self) -> None:
        """Draw until this is cancelled."""
        unsubscribe = self._log.subscribe(self.clear)
        try:
            while True:
                await self._clock.sleep(1)
                self.draw()
        finally:
            unsubscribe()
            self.clear()

    def draw(self) -> None:
        """Show the present wait, if it is a long one."""
        if words := waiting_words(self._log.waiting_since, self._clock.now()):
            self._write(f"\r{words}\x1b[K")
            self._drawn = True

    def clear(self, _: Request | None = None) -> None:
        """Take the line away, before anything else is printed."""
        if self._drawn:
            self._write("\r\x1b[K")
            self._drawn = False

    def _write(self, text: str) -> None:
        self._screen.write(text)
        self._screen.flush()
