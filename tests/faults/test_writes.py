"""Every write command, and every way in which its answer can be lost or replaced.

The exit code says no more than is proven, the server gets the write once, and journal and audit log have it.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults.conftest import Program
from tests.faults.fault_proxy import Fault, Rule
from tests.faults.faults import AMBIGUOUS, EXECUTED, REJECTIONS
from tests.faults.writes import WRITES, Write

SHOWN = {"accepted", "in_progress", "confirmed"}
"""States that a check may give to a write whose answer was lost, where the server executed it."""
SILENCE = ("--timeout", "4")
FREE_TEXTS = ("a foreign text", "a foreign object", "null")
"""An unknown task may answer with any text but a web page."""


@dataclass(frozen=True)
class Outcome:
    """How a write ended, and what is known of it afterwards."""

    code: int
    err: str
    job: dict[str, Any]
    change: dict[str, Any]
    executed: int


def sent(program: Program, write: Write, fault: Fault) -> Outcome:
    """Send the write into the fault; its job and its line of the audit log are there, and it went out once."""
    program.world = write.world
    if not write.is_known:
        program.sandbox.fault("unknown-task")
    words = program.with_snapshot(write.command, write.space)
    program.proxy.begin(Rule(fault, "POST", f"/task/{write.task}"))
    ran = program(*(SILENCE if fault.held else ()), *words)
    executed = program.proxy.executed(write.task)
    assert "Traceback" not in ran.err and "mistake in durastore-tui" not in ran.err, ran.err
    assert program.proxy.received(write.task) == 1, ran
    (job,) = program.rows("jobs", "list", "--offline")
    (change,) = program.rows("changes", "list")
    assert (job["kind"], change["task"], change["state"]) == (write.kind, write.task, job["state"])
    assert ran.code == 0 or ran.err.strip() or write.kind == "retrieval", ran  # a retrieval says it in its row
    return Outcome(ran.code, ran.err, job, change, executed)


def check_ambiguous(program: Program, write: Write, fault: Fault) -> None:
    outcome = sent(program, write, fault)
    state = outcome.job["state"]
    if not write.is_known and fault.name.removeprefix("executed, then ") in FREE_TEXTS:
        assert (outcome.code, state) == (0, "unverified"), outcome
    elif state in SHOWN:
        assert (outcome.code, outcome.executed) == (0, 1), outcome
        assert write.kind not in ("policy", "delete", "switch"), outcome
    else:
        assert (outcome.code, state) == (8, "no_reply"), outcome


def check_rejected(program: Program, write: Write, name: str) -> None:
    rejection = REJECTIONS[name]
    outcome = sent(program, write, rejection.fault)
    if name == "500 before" and not write.is_known:
        assert (outcome.code, outcome.job["state"]) == (8, "no_reply"), outcome  # nobody knows its effects
        return
    if (write.kind, name) == ("retrieval", "409"):
        assert (outcome.code, outcome.job["state"]) == (0, "in_progress"), outcome
        return
    assert (outcome.code, outcome.job["state"], outcome.executed) == (rejection.code, "rejected", 0), outcome
    assert outcome.change["answer"], outcome


def pairs_of_the_short_form() -> list[tuple[Write, Fault]]:
    """Every fault but silence once; every write meets three or four."""
    quick = [fault for fault in (*AMBIGUOUS, *EXECUTED) if not fault.held]
    return [(WRITES[at % len(WRITES)], fault) for at, fault in enumerate(quick)]


def name_of(value: Write | Fault) -> str:
    return value.name.replace(",", "").replace(" ", "-")


@pytest.mark.parametrize(("write", "fault"), pairs_of_the_short_form(), ids=name_of)
def test_an_answer_that_proves_nothing_is_no_reply_or_what_a_check_shows(
    program: Program, write: Write, fault: Fault
) -> None:
    check_ambiguous(program, write, fault)


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITES, ids=name_of)
@pytest.mark.parametrize("fault", [*AMBIGUOUS, *EXECUTED], ids=name_of)
def test_no_answer_of_any_kind_is_taken_for_a_success_or_a_rejection(
    program: Program, write: Write, fault: Fault
) -> None:
    check_ambiguous(program, write, fault)


@pytest.mark.parametrize("name", REJECTIONS)
def test_a_rejection_is_told_as_one(program: Program, name: str) -> None:
    check_rejected(program, WRITES[list(REJECTIONS).index(name)], name)


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITES, ids=name_of)
@pytest.mark.parametrize("name", REJECTIONS)
def test_every_rejection_of_every_write_is_told_as_one(program: Program, write: Write, name: str) -> None:
    check_rejected(program, write, name)
