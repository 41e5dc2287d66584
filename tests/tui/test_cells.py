"""Values in their columns and fields: what a list and a detail pane show, each beside the right name."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.config import profile
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import SPACES, Start
from tests.sandbox_server import SandboxServer
from tests.tui.fakes import OFF, OPEN, Scene, a_job
from tests.tui.looking import cell, column, field, sees, shown, until

WIDE = (150, 40)
BIG, MIDDLE, SMALL = "newspapers-1918", "maps-batch-7", "no-description"


@pytest.fixture
def lakeshore(fresh_sandbox: SandboxServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DurastoreApp:
    """The app on the stand-in."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    where = profile.demo("lakeshore", fresh_sandbox.worlds["lakeshore"], "root", fresh_sandbox.ca_file)
    return DurastoreApp(Start(where, Secret(fresh_sandbox.users["root"]), root=SPACES))


def above(app: DurastoreApp, *rows: str) -> list[str]:
    """The rows from top to bottom, as they are painted."""
    lines = [line.strip("▌ ").split("  ")[0] for line in shown(app).splitlines()]
    return sorted(rows, key=lines.index)


async def sorted_by(pilot: Pilot[None], header: str) -> None:
    """Press `s` until the list is sorted by a column."""
    for _ in range(8):
        await pilot.press("s")
        if f" {header} ↑" in shown(pilot.app):
            return
    raise AssertionError(f"never sorted by {header}:\n{shown(pilot.app)}")


async def test_snapshots_have_each_figure_in_its_column_and_are_sorted_by_it(
    lakeshore: DurastoreApp, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("slow", task="get-snapshots-totals")
    async with lakeshore.run_test(size=WIDE) as pilot:
        await sees(pilot, " spaces")
        await pilot.press("4")
        await sees(pilot, "60 snapshots", "512.0 GB", "2.0 TB", "9.0 kB")
        assert "52 complete" in shown(lakeshore)  # the totals of the server are not there yet
        fresh_sandbox.fault("slow", on=False)
        assert column(lakeshore, "ITEMS", BIG, MIDDLE, SMALL) == ["184,233", "2,004", "3"]
        assert column(lakeshore, "SIZE", BIG, MIDDLE, SMALL) == ["2.0 TB", "512.0 GB", "9.0 kB"]
        assert column(lakeshore, "AGE", BIG, MIDDLE, SMALL) == ["1095 d", "5 d", "10 d"]
        assert cell(lakeshore, MIDDLE, "STATUS") == "▲ cleaning up, stuck"
        assert cell(lakeshore, MIDDLE, "DESCRIPTION").startswith("Maps, batch")
        await sorted_by(pilot, "AGE")
        assert above(lakeshore, SMALL, MIDDLE) == [MIDDLE, SMALL]


async def test_spaces_have_each_figure_in_its_column(lakeshore: DurastoreApp) -> None:
    rows = ("aip-store-2", "oral-histories-hls")
    async with lakeshore.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        await until(pilot, lambda: "·" not in column(lakeshore, "ITEMS", *rows))
        assert column(lakeshore, "SIZE", *rows)[0] == "9.0 TB"
        assert column(lakeshore, "ITEMS", *rows)[0] == "30,000"
        assert [cell[2:] for cell in column(lakeshore, "STREAMING", *rows)] == ["off", "OPEN"]


async def test_a_job_has_each_fact_in_its_column_and_field() -> None:
    sent = a_job("oral-histories-hls", JobKind.DELETE, JobState.IN_PROGRESS)
    job = replace(sent, updated=sent.since + timedelta(minutes=7), usual=600.0, most=1800.0)
    scene = Scene({"dance-archive": OFF, "oral-histories-hls": OPEN}, jobs=[job])
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "2 spaces")
        scene.clock.advance(3600)
        await pilot.press("5")
        await sees(pilot, "last news")
        assert cell(scene.app, "oral-histories-hls", "STATE").endswith("in progress")
        assert cell(scene.app, "oral-histories-hls", "JOB") == "delete"
        assert cell(scene.app, "oral-histories-hls", "SERVER") == "lakeshore"
        assert cell(scene.app, "oral-histories-hls", "SENT") == "1 h"
        assert "(00:00 UTC), 1 h ago" in (field(scene.app, "sent") or "")
        assert (field(scene.app, "last news") or "").endswith("(00:07 UTC), after 07:00")
        assert field(scene.app, "time") == "usual 10:00, most 30:00"
