"""Fixtures for tests of the screens."""

import base64
from collections.abc import Iterator

import pytest

from durastore_tui.core.glyphs import ascii_only
from durastore_tui.tui.app import DurastoreApp


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
