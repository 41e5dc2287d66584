"""Values in their columns and fields: what a list and a detail pane show, each beside the right name."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from durastore_tui.api.content import ItemProperties
from durastore_tui.api.reports import Sample
from durastore_tui.api.request_log import Request
from durastore_tui.config import profile
from durastore_tui.core.jobs import JobKind, JobState
from durastore_tui.core.resource import Ready
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.details.item_facts import item_blocks
from durastore_tui.tui.start import SPACES, Start
from durastore_tui.tui.widgets.facts import Block, lay_out
from tests.held_clock import HeldClock
from tests.sandbox_server import SandboxServer, reported
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


def said(blocks: Sequence[Block]) -> str:
    """A detail pane as text."""
    return "\n".join("".join(text for text, _ in line) for line in lay_out(blocks, 100))


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


async def test_the_age_of_a_snapshot_is_counted_by_the_clock_of_the_server(
    lakeshore: DurastoreApp, fresh_sandbox: SandboxServer
) -> None:
    fresh_sandbox.fault("clock-jump")  # 26 hours ahead of this machine
    async with lakeshore.run_test(size=(120, 24)) as pilot:
        await sees(pilot, " spaces")
        await pilot.press("4")
        await sees(pilot, "60 snapshots")
        assert cell(lakeshore, "oh-batch-2026-10", "AGE") == "1 d"


async def test_spaces_have_each_figure_in_its_column(lakeshore: DurastoreApp) -> None:
    rows = ("aip-store-2", "oral-histories-hls")
    async with lakeshore.run_test(size=WIDE) as pilot:
        await sees(pilot, "20 spaces")
        await until(pilot, lambda: "·" not in column(lakeshore, "ITEMS", *rows))
        assert column(lakeshore, "SIZE", *rows)[0] == "9.0 TB"
        assert column(lakeshore, "ITEMS", *rows)[0] == reported(30_000)
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


async def test_a_request_has_each_figure_in_its_column() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        at = scene.clock.now()
        scene.session.log.add(
            Request(at, "HEAD", "/maps?storeID=51", 404, 12.4, 1500, None, "", "no such space", "page")
        )
        await pilot.press("7")
        await sees(pilot, "1 request")
        columns = ("METHOD", "STATUS", "MS", "BYTES")
        assert [cell(scene.app, "/maps", header) for header in columns] == ["HEAD", "✕ 404", "12", "1,500"]
        assert field(scene.app, "took") == "12.4 ms"
        assert field(scene.app, "answer") == "1.5 kB (1,500 bytes)"


async def test_a_task_has_role_and_risk_in_their_columns() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        await pilot.press("6")
        await sees(pilot, "27 tasks")
        columns = ("STORE", "ROLE", "RISK")
        assert [cell(scene.app, "delete-hls", header) for header in columns] == ["51 AMAZON_S3", "ADMIN", "danger"]
        assert [cell(scene.app, "get-restore", header) for header in columns] == ["none", "USER", "look"]


async def test_a_streaming_space_has_each_fact_in_its_column_and_field() -> None:
    job = replace(a_job("oral", JobKind.DISABLE), family="HLS")
    scene = Scene({"oral": OPEN}, jobs=[job])
    async with scene.app.run_test(size=(220, 40)) as pilot:
        await sees(pilot, "1 space")
        scene.clock.advance(7200)
        await pilot.press("2")
        await sees(pilot, "1 of 1 spaces", "2 h ")
        columns = ("STATE", "TYPE", "HOST", "SINCE")
        assert [cell(scene.app, "oral", header) for header in columns] == [
            "~ disabling",
            "OPEN",
            "d1.cloudfront.localhost",
            "2 h",
        ]
        assert field(scene.app, "type") == "HLS OPEN"
        assert field(scene.app, "host") == "d1.cloudfront.localhost"
        assert field(scene.app, "job") == "disable ◌ accepted, 2 h ago"


async def test_a_space_has_growth_creation_and_access_beside_their_labels() -> None:
    scene = Scene({"maps": OFF})
    async with scene.app.run_test(size=WIDE) as pilot:
        await sees(pilot, "1 space")
        days = [Sample(date(2025, 1, 31), 1_000_000, 9), Sample(date(2025, 3, 31), 5_000_000, 12)]
        scene.reports.grown = Ready(tuple(days), scene.clock.now())
        await pilot.press("i")
        await sees(pilot, "ACCESS", "growth")
        assert field(scene.app, "items") == "12"
        assert field(scene.app, "created") == "2024-01-01T00:00:00"
        assert field(scene.app, "group-av", "ACCESS") == "WRITE"
        assert "1.0 MB in 2025-01, 5.0 MB in 2025-03" in shown(scene.app)


def test_an_item_has_type_and_checksum_beside_their_labels() -> None:
    item = ItemProperties(545, "video/mp2t", "0" * 32, "2024-06-30T09:15:00", {"creator": "ana"})
    now = HeldClock().now()
    text = said(item_blocks(Ready(item, now), (), now, whole=True))
    labels = ("size", "type", "md5", "modified", "creator")
    values = ["545 B", "video/mp2t", "0" * 32, "2024-06-30T09:15:00", "ana"]
    assert [field(text, label) for label in labels] == values
