"""`durastore-tui`: the UI without a command, a headless command otherwise."""

import os
import sys

from durastore_tui import __version__

INTERRUPTED = 130


def main() -> None:
    """Ends the process with the exit code of cli.md. Each way imports only what it needs."""
    words = sys.argv[1:]
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from durastore_tui.cli.process import open_streams

        open_streams()
    if words == ["--version"]:
        sys.exit(_version())
    try:
        sys.exit(_run(words))
    except KeyboardInterrupt:  # while a command was still being imported
        sys.exit(INTERRUPTED)


def _version() -> int | str:
    try:
        print(f"durastore-tui {__version__}", flush=True)  # noqa: T201  # the answer
    except OSError as error:
        return f"durastore-tui: {error.strerror}."
    return 0


def _run(words: list[str]) -> int:
    from durastore_tui.cli.options import COMPLETION_VARIABLE, plain_start

    if COMPLETION_VARIABLE not in os.environ and (options := plain_start(words)) is not None:
        from durastore_tui.cli.start import start

        return start(options)
    from durastore_tui.cli.main import run
    from durastore_tui.cli.process import hush, run_to_its_end

    if COMPLETION_VARIABLE in os.environ:
        hush()
    return run_to_its_end(lambda: run(words), INTERRUPTED)


if __name__ == "__main__":
    main()
