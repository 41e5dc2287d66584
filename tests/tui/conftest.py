"""Fixtures for tests of the screens."""

import base64

import pytest

from durastore_tui.tui.app import DurastoreApp


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
