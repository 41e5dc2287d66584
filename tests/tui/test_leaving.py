"""Leaving while something opens: no defect, and no line about one."""

import asyncio

import pytest
from textual.css.query import NoMatches
from textual.events import Key
from textual.widgets import Input

from tests.tui.fakes import OFF, Scene
from tests.tui.looking import sees

WIDE = (120, 36)
TURNS = range(0, 14, 2)  # of the loop, until it is open


@pytest.mark.parametrize("turns", TURNS)
@pytest.mark.parametrize("key", ["n", "question_mark", "at", "2", None], ids=lambda key: key or "the form")
async def test_who_leaves_while_something_opens_leaves_in_order(key: str | None, turns: int) -> None:
    scene = Scene({"alpha": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        if key:
            scene.app.post_message(Key(key, None))
        else:
            scene.app.connections.ask_login("the server no longer accepts this login")
        for _ in range(turns):
            await asyncio.sleep(0)
        scene.app.exit()
    assert scene.app.return_code == 0


async def test_what_is_missing_on_a_screen_that_stays_is_a_defect() -> None:
    scene = Scene({"alpha": OFF})
    with pytest.raises(NoMatches):
        async with scene.app.run_test(size=WIDE) as pilot:
            await sees(pilot, "1 space")
            scene.app.screen.call_next(scene.app.screen.query_one, Input)
            await pilot.pause()
    assert scene.app.return_code == 1
