"""A run that is killed between its requests: what comes next sends nothing unasked and nothing twice (design.md §5).

What comes next is another command, `jobs watch`, a start of the UI and, at last, a person who continues the run.
"""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.core.secret import Secret
from durastore_tui.tui.app import DurastoreApp
from durastore_tui.tui.places import Place
from durastore_tui.tui.start import Start, typed_profile
from tests.faults.conftest import CREDENTIALS, Program
from tests.faults.writes import POLICY
from tests.tui.looking import shown, until

SENT_FOR_GOOD = {"unverified", "accepted", "in_progress", "confirmed"}
STEPS = range(1, 19)
"""Of a run of three parts: more than it has, so that the last ones kill nothing."""


@dataclass(frozen=True)
class Run:
    """A command that sends a task for each of three parts. `short` has the steps of the short form: in the middle of
    a request, and between two requests."""

    task: str
    words: tuple[str, ...]
    short: tuple[int, ...]
    at_once: int = 1
    """How many requests may be on their way when it is killed."""


RUNS = {
    "policy": Run(
        "set-storage-policy",
        ("policies", "set", "dance-archive", "web-archives", "maps-and-plans", *POLICY, "--confirm", "3"),
        (6, 8),
    ),
    "retrieval": Run(
        "restore-content",
        (
            *("glacier", "restore", "masters-audio"),
            *(f"preservation/OH-{number:04}_pm.wav" for number in (200, 201, 202)),
            *("--confirm", "3"),
        ),
        (10,),
        at_once=3,
    ),
}


def killed(program: Program, run: Run, step: int, state: Path) -> None:
    """Run the command as a process that kills itself at the step; the last steps are beyond its end."""
    program.proxy.begin()
    url = program.proxy.behind(program.sandbox.url)
    words = (sys.executable, "-m", "tests.faults.killed_program", str(step), "--url", url, *run.words)
    environ = os.environ | CREDENTIALS | {"XDG_STATE_HOME": str(state)}
    subprocess.run(words, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False)


def sent(program: Program, run: Run) -> Counter[bytes]:
    """How often each part was sent."""
    return Counter(each.body for each in program.proxy.exchanges if each.path == f"/task/{run.task}")


def check_parts(run: Run, job: dict[str, Any], sent_so_far: Counter[bytes]) -> list[str]:
    """The unsent parts; all others were sent once, as their states say."""
    states = [part["state"] for part in job["parts"]]
    unsent = [state for state in states if state == "paused"]
    certain = sum(state in SENT_FOR_GOOD for state in states)
    assert set(states) <= SENT_FOR_GOOD | {"paused", "no_reply"}, states
    assert states.count("no_reply") <= run.at_once, states
    assert certain <= sum(sent_so_far.values()) <= len(states) - len(unsent), (states, sent_so_far)
    assert job["state"] == "paused" if unsent else job["state"] != "paused", job
    return unsent


async def start_the_ui(program: Program, word: str) -> None:
    """Until it has read what it shows of the run."""
    profile = typed_profile(program.proxy.behind(program.sandbox.url), CREDENTIALS["DURASTORE_USER"])
    app = DurastoreApp(Start(profile, Secret(CREDENTIALS["DURASTORE_PASSWORD"]), root=Place("jobs")))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await until(pilot, lambda: app.services and word in shown(app))
        await pilot.press("0")
        await until(pilot, lambda: "spaces" in shown(app))


def check(program: Program, run: Run, step: int, state: Path) -> None:
    killed(program, run, step, state)
    before = sent(program, run)
    assert set(before.values()) <= {1}
    jobs = program.rows("jobs", "list", "--offline")
    if not jobs:
        assert not before
        return
    (job,) = jobs
    unsent = check_parts(run, job, before)
    program.rows("jobs", "list")
    if unsent:
        assert program("jobs", "watch", job["id"]).code in (8, 9)
    asyncio.run(start_the_ui(program, "paused" if unsent else job["kind"]))
    assert sent(program, run) == before
    if unsent:
        assert program("jobs", "continue", job["id"], "--confirm", str(len(unsent) + 1)).code == 2
        assert sent(program, run) == before
        assert program("jobs", "continue", job["id"], "--confirm", str(len(unsent))).code in (0, 1, 8)
        after = sent(program, run)
        assert set(after.values()) == {1}
        assert sum(after.values()) == sum(before.values()) + len(unsent)
    (job,) = program.rows("jobs", "list", "--offline")
    assert not check_parts(run, job, sent(program, run))


@pytest.mark.parametrize(("name", "step"), [(name, step) for name, run in RUNS.items() for step in run.short])
def test_a_run_that_is_killed_between_its_requests_goes_on_only_when_it_is_continued(
    program: Program, name: str, step: int, tmp_path: Path
) -> None:
    check(program, RUNS[name], step, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("name", RUNS)
def test_no_step_at_which_a_run_is_killed_sends_anything_unasked_or_twice(
    program: Program, name: str, step: int, tmp_path: Path
) -> None:
    check(program, RUNS[name], step, tmp_path)
