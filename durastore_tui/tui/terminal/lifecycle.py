"""How the app ends: signals unmount it first, and a crash says one line that holds no values."""

import asyncio
import os
import signal
import sys
import threading
from functools import partial
from types import FrameType

from rich.text import Text
from textual._context import active_message_pump
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.worker import WorkerFailed

ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
PATIENCE = 3.0


def run(app: App[None]) -> None:
    """Runs the app. A signal that comes while it takes the terminal waits until it can give it back."""
    before = {ending: signal.getsignal(ending) for ending in ENDINGS}
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        app.run()
    finally:
        for ending, handler in before.items():
            signal.signal(ending, handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)


def end_on_signals(app: App[None]) -> None:
    """Lets each signal end the app in order, with exit code 128 + its number. Call it inside the running loop.

    A terminal that stopped reading blocks the loop: then a thread ends the process after 3 s."""
    loop = asyncio.get_running_loop()

    def end(number: int, _: FrameType | None) -> None:
        loop.call_soon_threadsafe(partial(app.exit, return_code=128 + number))
        last_resort = threading.Timer(PATIENCE, os._exit, (128 + number,))
        last_resort.daemon = True
        last_resort.start()

    for ending in ENDINGS:
        signal.signal(ending, end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)


class LifecycleApp(App[None]):
    """Ends with one line where Textual would print a traceback, and writes to its terminal."""

    @property
    def is_ending(self) -> bool:
        """Whether `exit` was called."""
        return self._exit

    def write_to_terminal(self, text: str) -> None:
        """Write a control sequence as it is; nothing while there is no terminal."""
        if self._driver:
            self._driver.write(text)

    def _handle_exception(self, error: Exception) -> None:
        if not goes(self, error):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        if not self._exit_renderables:  # what fails after the first failure only follows from it
            self.bell()
            self._exit_renderables.append(Text(crash_line(), no_wrap=True, overflow="ignore"))
        self._close_messages_no_wait()


def sender_of(message: Message) -> MessagePump | None:
    """Who posted the message."""
    return message._sender


def goes(app: App[None], error: Exception) -> bool:
    """Whether it only means that somebody goes: a screen that Textual takes down hears on, and looks for parts of
    itself that are gone already, or that it did not get any more."""
    cause = error.error if isinstance(error, WorkerFailed) else error
    at_work = active_message_pump.get(None)
    ends = app._exit or not app.is_running or (isinstance(at_work, DOMNode) and at_work._pruning)
    return ends and isinstance(cause, NoMatches)


def crash_line() -> str:
    """Type and place of the exception in hand: a traceback would print locals, and those hold secrets."""
    error = sys.exc_info()[1]
    if error is None:
        return "durastore-tui ended because of an error that left no trace."
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f" ({at.tb_frame.f_globals.get('__name__', '?')}:{at.tb_lineno})" if at else ""
    return f"durastore-tui ended because of a defect: {type(error).__name__}{where}. Jobs are kept in the journal."
