"""A command that is killed at any request: no write goes out twice or later, and the journal knows what went out."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import CREDENTIALS, Program
from tests.faults.fault_proxy import Fault, Rule
from tests.faults.test_writes import name_of
from tests.faults.writes import POLICY, WRITES, Write

BEFORE, AFTER = Fault("before", held=True), Fault("after", forwards=True, held=True)
SEEDS = range(4)
OTHER = ("policies", "set", "web-archives", *POLICY, "--confirm", "web-archives")
"""A later command about another space."""
SHORT = [write for write in WRITES if write.name in ("enable", "switch", "policy", "create", "cleanup")]


def rule_of(write: Write, seed: int) -> Rule:
    """Where the program is killed: at its write, before or after the server got it, or at another of its requests."""
    chance = random.Random(f"{write.name} {seed}")  # noqa: S311  # to be repeated
    if chance.random() < 0.3:
        return Rule(BEFORE, nth=chance.randint(1, 5))
    return Rule(chance.choice((BEFORE, AFTER, AFTER)), "POST", f"/task/{write.task}")


def killed(program: Program, write: Write, rule: Rule, state: Path) -> None:
    """Run the command as a process of its own, and kill it once its request is held; it may end before."""
    program.world = write.world
    if not write.is_known:
        program.sandbox.fault("unknown-task")
    words = program.with_snapshot(write.command, write.space)
    program.proxy.begin(rule)
    url = program.proxy.behind(program.sandbox.worlds[write.world])
    environ = os.environ | CREDENTIALS | {"XDG_STATE_HOME": str(state)}
    child = subprocess.Popen(
        [sys.executable, "-m", "durastore_tui", "--url", url, *words],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while child.poll() is None and not program.proxy.holds.wait(0.05):
        pass
    child.kill()
    child.wait()


def check(program: Program, write: Write, seed: int, state: Path) -> None:
    killed(program, write, rule_of(write, seed), state)
    program.proxy.release()
    program.proxy.rules = ()
    was_sent, was_executed = program.proxy.received(write.task), program.proxy.executed(write.task)
    jobs = program.rows("jobs", "list", "--offline")
    assert was_sent <= 1
    assert len(jobs) >= was_sent, jobs
    assert [row["task"] for row in program.rows("changes", "list")].count(write.task) == len(jobs)
    assert not {job["state"] for job in jobs} & {"confirmed", "unverified", "rejected"}, jobs
    program.rows("jobs", "list")
    if write.world == "lakeshore":
        assert program(*OTHER).code == 0
    program.rows("jobs", "list")
    sent = program.proxy.received(write.task) - (write.task == "set-storage-policy")
    assert sent == was_sent
    if was_executed:
        ours = {job["id"] for job in jobs}
        known = [job["state"] for job in program.rows("jobs", "list", "--offline") if job["id"] in ours]
        assert known
        assert "rejected" not in known


@pytest.mark.parametrize("write", SHORT, ids=name_of)
def test_what_a_killed_command_sent_is_known_and_never_sent_again(
    program: Program, write: Write, tmp_path: Path
) -> None:
    check(program, write, 0, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("write", WRITES, ids=name_of)
def test_no_moment_of_a_kill_doubles_or_loses_a_write(
    program: Program, write: Write, seed: int, tmp_path: Path
) -> None:
    check(program, write, seed, tmp_path)
