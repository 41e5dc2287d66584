"""The program as a whole: its commands by their words, on the path of a shell, and at a terminal."""

import os
import select
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from durastore_tui.cli.main import root


def commands(group: click.Group = root, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Nouns and verbs with the words that one types."""
    for name, command in group.commands.items():
        words = f"{path} {name}".strip()
        yield words, command
        if isinstance(command, click.Group):
            yield from commands(command, words)


def on_the_path(folder: Path) -> dict[str, str]:
    """Puts `durastore-tui` into a folder; returns what a shell needs in its environment to find it."""
    program = folder / "bin" / "durastore-tui"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m durastore_tui "$@"\n')
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[2])}


def until(terminal: int, words: bytes) -> bytes:
    """What is printed at a terminal up to these words."""
    seen = b""
    while words not in seen:
        ready, _, _ = select.select([terminal], [], [], 30)
        assert ready, seen
        seen += os.read(terminal, 4096)
    return seen
