"""What a person would see of the app, and waiting for it."""

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

TURNS = 1500


def shown(app: App[Any]) -> str:
    """The screen as text, a line a row; toasts are seen as they lie over it."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def type_in(app: App[Any], text: str) -> None:
    """Types into the field that has the focus, without waiting for each letter to be painted."""
    for character in text:
        app.post_message(Key(_character_to_key(character), character))


async def until(pilot: Pilot[None], true: Callable[[], object]) -> None:
    """Lets the app work until something is true; fails with the screen after many turns."""
    for _ in range(TURNS):
        if true():
            return
        await pilot.pause(0.01)
    raise AssertionError(f"it never came true:\n{shown(pilot.app)}")


async def sees(pilot: Pilot[None], *words: str) -> None:
    """Waits until all the words are on screen."""
    await until(pilot, lambda: all(word in shown(pilot.app) for word in words))
