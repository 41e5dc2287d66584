"""Fixtures for every kind of test."""

from pathlib import Path

import pytest

from tests.sandbox_server import fresh_sandbox, sandbox

__all__ = ["fresh_sandbox", "sandbox"]


@pytest.fixture(autouse=True)
def _nobodys_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have profiles of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
