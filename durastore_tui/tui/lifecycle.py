"""How the app ends: signals unmount it first, and a crash says one line that holds no values."""

import asyncio
import signal
import sys

from textual.app import App

ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def end_on_signals(app: App[None]) -> None:
    """Lets each signal end the app in order, with exit code 128 + its number. Call it inside the running loop."""
    loop = asyncio.get_running_loop()
    for number in ENDINGS:
        loop.add_signal_handler(number, lambda code=128 + number: app.exit(return_code=code))


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
