"""Writes from the UI whose answer is lost: Jobs says `no reply` until a check settles it, and nothing says success."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from durastore_tui.config import profile
from durastore_tui.core.jobs import JobState
from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.start import SPACES, Found, Start
from tests.fast_clock import FastClock
from tests.faults.fault_proxy import Fault, FaultProxy, Rule, fault_proxy
from tests.faults.faults import AMBIGUOUS, EXECUTED
from tests.sandbox_server import SandboxServer
from tests.tui.looking import agree, consent_at_once, sees, shown, type_in, until

SPEED = 60
pytestmark = pytest.mark.slow
FAULTS = {fault.name: fault for fault in (*AMBIGUOUS, *EXECUTED)}
LATER = Fault("held", forwards=True, held=True)


@pytest.fixture
def proxy(fresh_sandbox: SandboxServer) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_sandbox.url) as one:
        yield one


@pytest.fixture
def app(
    fresh_sandbox: SandboxServer, proxy: FaultProxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> DurastoreApp:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    consent_at_once(monkeypatch)

    async def find() -> Found:
        where = profile.demo("lakeshore", proxy.behind(fresh_sandbox.url), "root", fresh_sandbox.ca_file)
        return Found(where, Secret("rpw"))

    expected = profile.Profile("lakeshore", "", "root", profile.Environment.DEMO)
    return DurastoreApp(Start(expected, find=find, clock=FastClock(SPEED, time.time()), root=SPACES))


async def sent(pilot: Pilot[None], proxy: FaultProxy, fault: str, space: str, task: str, *keys: str) -> None:
    """Send the write into the fault, and see its row in Jobs before any check was answered."""
    proxy.begin(Rule(FAULTS[fault], "POST", f"/task/{task}"), Rule(LATER, "HEAD", f"/{space}", after=f"/task/{task}"))
    await sees(pilot, "20 spaces", "OPEN")
    await pilot.press("slash")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    type_in(pilot.app, space)
    await pilot.press("enter")
    await sees(pilot, f"▌  {space}")
    for key in keys:
        await pilot.press(key)
    await agree(pilot, f"task/{task}?storeID=51")
    await pilot.press("5")
    await sees(pilot, "no reply", space, "SENT")


@pytest.mark.parametrize("fault", ["executed, then 500", "executed, then empty 200", "executed, then cut"])
async def test_a_disable_without_an_answer_is_no_reply_until_its_check_is_read(
    app: DurastoreApp, proxy: FaultProxy, fault: str
) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await sent(pilot, proxy, fault, "campus-events", "disable-hls", "D")
        assert "● confirmed" not in shown(app)
        proxy.release()
        await until(pilot, lambda: app.jobs[0].state is JobState.CONFIRMED)
        await until(pilot, lambda: re.search(r"^▌ +● confirmed ", shown(app), re.MULTILINE))
        assert (proxy.received("disable-hls"), proxy.executed("disable-hls")) == (1, 1)


async def test_a_disable_that_never_came_stays_without_a_reply(app: DurastoreApp, proxy: FaultProxy) -> None:
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await sent(pilot, proxy, "cut", "campus-events", "disable-hls", "D")
        proxy.release()
        await until(pilot, lambda: len(app.jobs[0].evidence) > 1)
        assert app.jobs[0].state in (JobState.NO_REPLY, JobState.UNKNOWN)
        assert "● confirmed" not in shown(app)
        assert (proxy.received("disable-hls"), proxy.executed("disable-hls")) == (1, 0)
