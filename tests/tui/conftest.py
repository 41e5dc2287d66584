"""Fixtures for tests of the screens."""

import asyncio
import base64
from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual._context import active_app, visible_screen_stack
from textual.pilot import Pilot
from textual.screen import Screen

from durastore_tui.core.glyphs import ascii_only
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.terminal.keys_in_turn import KeysInTurn
from tests.tui.looking import consent_at_once, note_paint


@pytest.fixture(autouse=True)
def _keys_are_handled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pressed key waits until the app has handled it, not until the whole process is idle: it reads all the time."""

    async def handled(*_: float) -> None:
        app = active_app.get()
        for _turn in range(3):
            await asyncio.sleep(0)
            await Pilot(app)._wait_for_screen()
        while isinstance(app, KeysInTurn) and app.is_running and not app.keys_are_done:  # noqa: ASYNC110
            await asyncio.sleep(0)

    monkeypatch.setattr("textual.app.wait_for_idle", handled)


@pytest.fixture
def painting() -> None:
    """For tests of the painting itself, which the others go without."""


@pytest.fixture(autouse=True)
def _paints_nothing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a terminal, what is painted is thrown away: a third of the time of these tests. They render the screen
    themselves when they look at it."""
    if "painting" in request.fixturenames:
        return

    def throw_away(
        compositor: Compositor,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> None:
        visible_screen_stack.set(screen_stack or [])
        compositor._dirty_regions.clear()
        note_paint()

    monkeypatch.setattr(Compositor, "render_update", throw_away)


@pytest.fixture(autouse=True)
def _any_key_consents(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard against keys before the first moments of a dialog has tests of its own."""
    consent_at_once(monkeypatch)


@pytest.fixture
def another_terminal() -> Iterator[None]:
    """What the terminal can show is found out anew, by this test and by the next one."""
    ascii_only.cache_clear()
    yield
    ascii_only.cache_clear()


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the terminal was sent for its clipboard."""
    sent: list[str] = []
    for name in ("TMUX", "STY"):
        monkeypatch.delenv(name, raising=False)

    def keep(app: DurastoreApp, sequence: str) -> None:
        sent.append(base64.b64decode(sequence.removeprefix("\x1b]52;c;").removesuffix("\a")).decode())

    monkeypatch.setattr(DurastoreApp, "write_to_terminal", keep)
    return sent
