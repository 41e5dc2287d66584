"""How the screens of the first journey look, letter for letter and colour for colour; `--snapshot-update` takes anew
what was changed on purpose."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from durastore_tui.api.spaces import SpaceProperties
from durastore_tui.core.jobs import JobState
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.dialogs.confirm_sheet import ConfirmSheet
from tests.tui.fakes import OFF, OPEN, Scene, a_job
from tests.tui.looking import sees, until

Compare = Callable[..., bool]
Before = Callable[[Pilot[None]], Awaitable[None]]
WIDE = 120
SECURE = SpaceProperties({**OPEN.raw, "hls-streaming-host": "d2.cloudfront.localhost", "hls-streaming-type": "SECURE"})
SPACES = {"campus-events": OFF, "dance-archive": OFF, "oral-histories-hls": OPEN, "yearbooks-hls": SECURE}

sizes = pytest.mark.parametrize("size", [(WIDE, 36), (80, 24)], ids=["wide", "narrow"])


def scene() -> Scene:
    return Scene(SPACES, jobs=[a_job("dance-archive", state=JobState.IN_PROGRESS)])


async def everything_was_read(pilot: Pilot[None]) -> None:
    await sees(pilot, "4 spaces", "SECURE", "enabling")
    await pilot.press("end", "up")
    app = pilot.app
    assert isinstance(app, DurastoreApp)
    await until(pilot, lambda: app.services and app.services.prober.last(str(OPEN.hls_host)))
    if app.size.width >= WIDE:  # the inspector says so too
        await sees(pilot, "http: answered 403", "group-av")


async def streaming(pilot: Pilot[None]) -> None:
    await everything_was_read(pilot)
    await pilot.press("2")
    await sees(pilot, "3 of 4 spaces", "http: answered 403")


async def sheet(pilot: Pilot[None]) -> None:
    await everything_was_read(pilot)
    await pilot.press("X")
    await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmSheet) and pilot.app.screen.painted_at)


@sizes
@pytest.mark.parametrize("before", [everything_was_read, streaming, sheet], ids=["spaces", "streaming", "delete"])
def test_it_looks_as_it_did(
    snap_compare: Compare, size: tuple[int, int], before: Before, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("durastore_tui.tui.screens.streaming.EDGE_PACE", 3600)
    assert snap_compare(scene().app, terminal_size=size, run_before=before)
