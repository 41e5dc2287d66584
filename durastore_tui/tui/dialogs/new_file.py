"""A new file for what is on the screen: where it is to be is asked, and how it went is told."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from textual.screen import Screen

from durastore_tui.config.files import create_file
from durastore_tui.core.errors import BadInput
from durastore_tui.tui.background import in_background
from durastore_tui.tui.dialogs.prompt import Prompt
from durastore_tui.tui.messages import Told


def ask_where(screen: Screen[Any], name: str, hint: str, text: Callable[[], str], said: Callable[[Path], str]) -> None:
    """Offers a name; once a path is chosen `text` gives what is written, and `said` the words for that it was."""

    def chosen(path: str | None) -> None:
        if path:
            file = Path(path).expanduser()
            in_background(screen, partial(_written, screen, file, text(), said(file)), "file", "write a new file")

    screen.app.push_screen(Prompt("write to", name, hint), chosen)


async def _written(screen: Screen[Any], path: Path, text: str, words: str) -> None:
    try:
        await asyncio.to_thread(create_file, path, text)
    except BadInput as wrong:
        screen.post_message(Told(wrong.sentence, "warning"))
    else:
        screen.post_message(Told(words))
