"""The process around a command: its standard streams, the signals that end it, and its exit code."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, TextIO, cast

ENDINGS = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
NAME = "durastore-tui"
FAILED, READER_GONE = 1, 141


class Outcome(NamedTuple):
    """How a command ended: the exit code, and the line for stderr if there is one."""

    code: int
    sentence: str | None = None


class OutputLost(Exception):
    """Standard output takes no more. Ends a command that only prints."""


class GuardedStream:
    """A standard stream that fails once: the first error is kept, and what follows goes nowhere.

    Python buffers a pipe or a file, so the error may appear as late as at the last flush. `with_streams` makes that
    flush and turns the error into an exit code. A `required` stream raises OutputLost where it fails.
    """

    def __init__(self, stream: TextIO, *, required: bool) -> None:
        self._stream = stream
        self.required = required
        self.error: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write, or raise OutputLost."""
        self._attempt(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        """Flush, or raise OutputLost."""
        self._attempt(self._stream.flush)

    def _attempt(self, action: Callable[[], object]) -> None:
        if self.error is None:
            try:
                action()
            except OSError as error:
                self.error = error
                _discard(self._stream)
        if self.error is not None and self.required:
            raise OutputLost

    def outcome(self, outcome: Outcome) -> Outcome:
        """The outcome after an output error. A write keeps its own exit code."""
        if self.error is None:
            return outcome
        reader_gone = isinstance(self.error, BrokenPipeError)
        sentence = None if reader_gone else f"Could not write the output: {self.error.strerror}."
        if self.required:
            return Outcome(READER_GONE if reader_gone else FAILED, sentence)
        return Outcome(outcome.code, outcome.sentence or sentence)


def with_streams(run: Callable[[], Outcome]) -> int:
    """Run a command with guarded standard streams, print its last line on stderr, and return the exit code."""
    before = sys.stdout, sys.stderr
    out, err = GuardedStream(sys.stdout, required=True), GuardedStream(sys.stderr, required=False)
    sys.stdout, sys.stderr = cast(TextIO, out), cast(TextIO, err)
    try:
        outcome = Outcome(FAILED)
        with suppress(OutputLost):
            outcome = run()
            out.flush()
        outcome = out.outcome(outcome)
        if outcome.sentence:
            err.write(f"{NAME}: {outcome.sentence}\n")
        err.flush()
        return outcome.code
    finally:
        sys.stdout, sys.stderr = before


def keep_exit_code(out: TextIO) -> None:
    """From now on an output error neither stops the command nor changes its exit code, because it sends a write."""
    if isinstance(out, GuardedStream):
        out.required = False


def _discard(stream: TextIO) -> None:
    """Point the stream at nothing, so that what is still buffered does not fail once more when Python exits."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)


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
