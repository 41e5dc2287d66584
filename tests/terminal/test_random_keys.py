"""A short walk of random keys on every screen; the long one is tests/benchmarks/random_keys.py."""

from pathlib import Path

import pytest

from tests.sandbox_server import SandboxServer
from tests.terminal.random_keys import PLACES, app, end, walk
from tests.terminal.server import STORES, Answer, serving, spaces
from tests.terminal.tty import environment

KEYS = 150


@pytest.mark.parametrize("place", PLACES)
def test_random_keys_end_nothing(place: str, fresh_sandbox: SandboxServer, tmp_path: Path) -> None:
    with app(environment(tmp_path, **fresh_sandbox.environ())) as tty:
        tty.wait_until(lambda: "JOBS" in tty.text, "Home")
        tty.press(place)
        walk(tty, seed=int(place), count=KEYS)
        assert end(tty) == 143, tty.text[-2000:]


@pytest.mark.parametrize("page", ["\x1b[5~", pytest.param("\x1b[6~", marks=pytest.mark.slow)], ids=["pgup", "pgdn"])
@pytest.mark.parametrize("opens", ["#", "@", "\x10", "?", ":", "/", "y", "n", "b", "v", "1\r", "E", "4\r"])
def test_a_page_key_in_one_write_with_the_key_that_opens_ends_nothing(opens: str, page: str, tmp_path: Path) -> None:
    """A store id that is no markup is offered by the palettes at once."""
    answers = {"/stores": Answer(STORES.replace("<id>51</id>", "<id>[/]51</id>")), "/spaces": spaces("[/]", "plain")}
    with serving(answers) as url:
        login = {"DURASTORE_URL": url, "DURASTORE_USER": "root", "DURASTORE_PASSWORD": "x"}
        with app(environment(tmp_path, **login)) as tty:
            tty.wait_until(lambda: "JOBS" in tty.text, "Home")
            tty.press(opens + page * 3)
            tty.press("x" + page)
            tty.resize(100, 30)
            tty.wait_for_more()
            assert end(tty) == 143, tty.text[-2000:]
