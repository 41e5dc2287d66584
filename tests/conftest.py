"""Fixtures for every kind of test."""

import gc
import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.sandbox_server import fresh_sandbox, sandbox

__all__ = ["fresh_sandbox", "sandbox"]

# How long examples take says something of the machine alone.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Looking for garbage among thousands of collected tests, again and again, took a quarter of the time.
gc.disable()

# Tests that run in the background inherit signals that are ignored, and so would every program that they try to end.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not in what was collected, and seldom."""
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """Two for each core: half the time of most tests is waiting, for a server, a clock or a terminal."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(autouse=True)
def _nobodys_profiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have profiles and keys of their own, and a history of what they typed."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture(autouse=True)
def _nobodys_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a keyring, which might even ask them."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
