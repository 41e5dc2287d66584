"""What a process owes to whoever started it: streams that are open, and an end in order."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO, cast

ENDINGS = (signal.SIGTERM, signal.SIGHUP)


def open_streams() -> None:
    """Puts nothing in place of standard streams that were closed (`>&-`), lowest first, each with its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, _nothing(mode))


@contextmanager
def at_the_keyboard() -> Iterator[None]:
    """For a wait for a person: ctrl+c ends it at once. asyncio would only note it, and look once the wait is over."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def hush() -> None:
    """Says nothing more on stderr: while a person types a command line, words of ours would stand in the middle."""
    sys.stderr = _nothing("w")


def let_go(stream: TextIO) -> None:
    """Nobody reads it any more: what is still buffered must not fail once again at the end and change the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _nothing(mode: str) -> TextIO:
    return cast(TextIO, Path(os.devnull).open(mode, encoding="utf-8"))


def run_to_its_end(run: Callable[[], int], interrupted: int) -> int:
    """Runs a command; a request to end interrupts it as ctrl+c would, and the exit code is 128 and the signal then.

    Where ctrl+c is ignored (`&` in a script) or the signal is (`nohup`), all stays as it was.
    """
    asked: list[int] = []

    def end(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        signal.raise_signal(signal.SIGINT)

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        for ending in ENDINGS:
            if signal.getsignal(ending) is signal.SIG_DFL:
                signal.signal(ending, end)
    code = run()
    return 128 + asked[0] if asked and code == interrupted else code
