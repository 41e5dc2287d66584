"""`durastore-tui`: the UI without a command, a headless command otherwise."""

import sys

from durastore_tui import __version__


def main() -> None:
    """Ends the process with the exit code of cli.md. Each way imports only what it needs."""
    words = sys.argv[1:]
    if words == ["--version"]:
        print(f"durastore-tui {__version__}")  # noqa: T201  # the answer
        return
    sys.exit(_run(words))


def _run(words: list[str]) -> int:
    from durastore_tui.cli.options import plain_start

    if (options := plain_start(words)) is not None:
        from durastore_tui.cli.start import start

        return start(options)
    from durastore_tui.cli.main import run

    return run(words)


if __name__ == "__main__":
    main()
