"""`durastore-tui`: the UI without a command, a headless command otherwise."""

import os
import sys

from durastore_tui import __version__
from durastore_tui.cli.process import Outcome, hush, open_streams, run_to_its_end, with_streams

INTERRUPTED = 130


def main() -> None:
    """Ends the process with the exit code of cli.md. Each way imports only what it needs."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        open_streams()
    try:
        sys.exit(_run(sys.argv[1:]))
    except KeyboardInterrupt:  # while a command was still being imported
        sys.exit(INTERRUPTED)


def _run(words: list[str]) -> int:
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
    return run_to_its_end(lambda: run(words), INTERRUPTED)


def _version() -> Outcome:
    sys.stdout.write(f"durastore-tui {__version__}\n")
    return Outcome(0)


if __name__ == "__main__":
    main()
