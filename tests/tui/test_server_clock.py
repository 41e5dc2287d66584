"""A server's clock that differs from ours is said on line 1."""

from datetime import timedelta

import pytest

from tests.tui.fakes import OFF, Scene
from tests.tui.looking import sees, shown


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_line_1_says_how_far_the_servers_clock_is_from_ours(size: tuple[int, int]) -> None:
    scene = Scene({"dance-archive": OFF})
    async with scene.app.run_test(size=size) as pilot:
        await sees(pilot, "dance-archive", "connected")
        assert "server clock" not in shown(scene.app)
        scene.session.transport.ahead = timedelta(days=30)
        await sees(pilot, "server clock 30 days ahead")
