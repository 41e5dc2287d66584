"""What a person would see of the app, and waiting for it."""

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import dropwhile
from typing import Any

import pytest
from textual._context import visible_screen_stack
from textual.app import App
from textual.css.query import NoMatches
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from durastore_tui.tui.widgets.sheet import Sheet

TURNS = 3000
ALWAYS = 1e9
_WAITING: list[asyncio.Future[None]] = []


def strips(app: App[Any]) -> list[Strip]:
    """The lines of the screen as they are now, what shines through a dialog included."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def shown(app: App[Any]) -> str:
    """The screen as text, a line a row; toasts are seen as they lie over it."""
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips(app))


def is_red(app: App[Any], text: str, beside: str = "") -> bool:
    """Whether the first such text on screen is painted red; `beside` stands in the same line."""
    for strip in strips(app):
        for segment in strip if beside in strip.text else ():
            if text in segment.text and segment.style and segment.style.color and segment.style.color.triplet:
                red, green, blue = segment.style.color.triplet
                return red > 1.5 * max(green, blue)
    return False


def cell(app: App[Any], row: str, header: str) -> str:
    """Return the value that the row with this text has in the column with this header; fail when there is none.

    Only what is painted counts: the value that stands below the header, over which it starts or ends.
    """
    lines = shown(app).splitlines()
    heads, place = next(
        ((number, found) for number, line in enumerate(lines) if (found := _below(line, header))), (0, None)
    )
    assert place, f"no column {header}:\n{shown(app)}"
    line = next((line for line in lines[heads + 1 :] if re.search(rf"(^|\s){re.escape(row)}(\s|$)", line)), None)
    assert line is not None, f"no row {row}:\n{shown(app)}"
    return next(
        (found.group() for found in _texts(line) if found.start() < place.end() and place.start() < found.end()), ""
    )


def column(app: App[Any], header: str, *rows: str) -> list[str]:
    """Return the cells of several rows in one column."""
    return [cell(app, row, header) for row in rows]


def field(where: App[Any] | str, label: str, under: str = "") -> str | None:
    """Return the value beside a label in a detail pane, or None; `under` names the heading above it, in capitals."""
    text = where if isinstance(where, str) else shown(where)
    lines = text.splitlines()
    if under:
        lines = list(dropwhile(lambda line: not re.search(rf"(^|\s\s){re.escape(under)}$", line), lines))
    found = (re.search(rf"(?:^|\s\s){re.escape(label)}\s\s+(\S.*)$", line) for line in lines)
    return next((match.group(1) for match in found if match), None)


def _texts(line: str) -> list[re.Match[str]]:
    """The texts of a line that two blanks or more divide."""
    return list(re.finditer(r"\S+(?: \S+)*", line))


def _below(line: str, header: str) -> re.Match[str] | None:
    """The place of a header in the line of headers, which has several of them in capitals."""
    texts = _texts(line)
    heads = [found for found in texts if re.sub(r" [↑↓^v]$", "", found.group()) == header]
    return heads[0] if heads and len([found for found in texts if found.group()[:4].isupper()]) > 1 else None


def consent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a dialog take every key, also one that was pressed before it was painted."""
    monkeypatch.setattr(Sheet, "GUARD", -ALWAYS)
    monkeypatch.setattr(Sheet, "painted_at", 0.0)


async def agree(pilot: Pilot[None], request: str) -> None:
    """Wait for the confirmation that shows this request, and confirm it: by `y`, or by what it wants typed."""
    await sees(pilot, request)
    dialog = pilot.app.screen
    if wanted := re.search(r"Type (\S+) to ", shown(pilot.app)):
        typed = dialog.query_one(Input)
        typed.focus()
        type_in(pilot.app, wanted[1])
        await until(pilot, lambda: typed.value == wanted[1])
    for _ in range(20):  # a dialog takes no consent before it is painted, nor from a key that is held down since then
        await pilot.press("up", "enter" if wanted else "y")
        if pilot.app.screen is not dialog:
            return
    raise AssertionError(f"the dialog stays:\n{shown(pilot.app)}")


def type_in(app: App[Any], text: str) -> None:
    """Types into the field that has the focus, without waiting for each letter to be painted."""
    for character in text:
        app.post_message(Key(_character_to_key(character), character))


def note_paint() -> None:
    """Wakes whoever waits for a paint."""
    for waiting in _WAITING:
        if not waiting.done():
            waiting.set_result(None)
    _WAITING.clear()


async def _painted(within: float) -> None:
    """Waits for a paint, or that many seconds: not all that is waited for is painted."""
    paint = asyncio.get_running_loop().create_future()
    _WAITING.append(paint)
    await asyncio.wait({paint}, timeout=within)


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Lets the app work until something is true and painted; fails with the screen after many turns."""
    for _ in range(TURNS):
        if pilot.app._exception:
            raise pilot.app._exception
        with suppress(NoMatches):  # what it looks for is not mounted yet
            if true():
                await pilot.pause(0)
                return
        await _painted(within=0.03)
    raise AssertionError(f"it never came true:\n{shown(pilot.app)}")


async def sees(pilot: Pilot[None], *words: str) -> None:
    """Waits until all the words are on screen."""
    await until(pilot, lambda: all(word in shown(pilot.app) for word in words))
