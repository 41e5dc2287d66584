"""Fixtures for tests of the screens."""

import asyncio
import base64
from collections.abc import Iterator

import pytest
from textual._context import active_app
from textual.pilot import Pilot

from durastore_tui.core.glyphs import ascii_only
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.keys.keys_in_turn import KeysInTurn
from tests.tui.looking import consent_at_once


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

    monkeypatch.setattr(DurastoreApp, "_to_terminal", keep)
    return sent
