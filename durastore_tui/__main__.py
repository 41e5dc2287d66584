"""`durastore-tui`: the UI without a command, a headless command otherwise."""

import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from durastore_tui.cli.process import Outcome

INTERRUPTED = 130


def main() -> None:
    """Ends the process with the exit code of cli.md. Each way imports only what it needs."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end_at_once)
    sys.exit(_run(sys.argv[1:]))


def _end_at_once(number: int, frame: FrameType | None) -> None:
    """For ctrl+c while modules are imported. A KeyboardInterrupt there can disappear or change the exit code."""
    os._exit(INTERRUPTED)


def _run(words: list[str]) -> int:
    from durastore_tui.cli.process import hush, open_streams, run_to_its_end, with_streams

    if None in (sys.stdin, sys.stdout, sys.stderr):
        open_streams()
    if words == ["--version"]:
        return with_streams(_version)

    from durastore_tui.cli.options import COMPLETION_VARIABLE, plain_start

    completing = COMPLETION_VARIABLE in os.environ
    if not completing and (options := plain_start(words)) is not None:
        from durastore_tui.cli.start import start

        return with_streams(lambda: start(options))

    from durastore_tui.cli.main import run

    if completing:
        hush()
    if signal.getsignal(signal.SIGINT) is _end_at_once:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run_to_its_end(lambda: run(words), INTERRUPTED)


def _version() -> "Outcome":
    from durastore_tui import __version__
    from durastore_tui.cli.process import Outcome

    sys.stdout.write(f"durastore-tui {__version__}\n")
    return Outcome(0)


if __name__ == "__main__":
    main()
