"""Fixtures for tests on a terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.screen import Screen
from tests.terminal.server import FORTY, serving
from tests.terminal.tty import PROGRAM, environment


@pytest.fixture
def forty(tmp_path: Path) -> Iterator[Screen]:
    """The list of forty spaces."""
    with serving({"/spaces": FORTY}) as url:
        env = environment(tmp_path, DURASTORE_URL=url, DURASTORE_USER="root", DURASTORE_PASSWORD="rpw")
        with Screen(PROGRAM, env) as screen:
            screen.to_spaces("40 spaces")
            yield screen
