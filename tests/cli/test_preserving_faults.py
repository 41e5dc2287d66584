"""Every write about snapshots and restores, and every way in which its answer can fail: what is claimed, and how often
the server was asked."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.sandbox_server import SandboxServer, sandbox_server

PROGRAM = (sys.executable, "-m", "durastore_tui")
EMAIL = ("--email", "ana.ruiz@lakeshore.example")
CREATE = ("snapshots", "create", "oh-batch-2026-11", "--description", "Lot 11", *EMAIL)


@dataclass(frozen=True)
class Write:
    """A command whose `ID` stands for the snapshot of `space`, and the task that it runs.

    `shown_as` is the job's state after a check found its effect, None where nothing shows it.
    """

    task: str
    words: tuple[str, ...]
    space: str
    shown_as: str | None = None


WRITES = (
    Write("create-snapshot", CREATE, "oh-batch-2026-11", shown_as="accepted"),
    Write("restart-snapshot", ("snapshots", "restart", "ID"), "film-reel-9", shown_as="accepted"),
    Write("cleanup-snapshot", ("snapshots", "cleanup", "maps-batch-7"), "maps-batch-7"),
    Write("complete-snapshot", ("snapshots", "complete", "maps-batch-7", "--force"), "maps-batch-7", "confirmed"),
    Write(
        "complete-cancel-snapshot",
        ("snapshots", "complete-cancel", "film-reel-9", "--force"),
        "film-reel-9",
        "confirmed",
    ),
    Write("request-restore-snapshot", ("restores", "request", "ID", *EMAIL), "newspapers-1918", "confirmed"),
    Write("restore-snapshot", ("restores", "start", "ID", *EMAIL), "newspapers-1918", shown_as="accepted"),
    Write("complete-restore", ("restores", "complete", "staging-empty", "--days", "3", "--force"), "staging-empty"),
)
REFUSED = {"forbidden": 4, "unauthorized": 3}
NOT_DONE = ("cut-before", "html-502", "html-503", "null-500")
DONE = ("cut-after", "invalid-utf8")
EACH_WRITE = pytest.mark.parametrize("write", WRITES, ids=[write.task for write in WRITES])


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "executed"


@pytest.fixture(scope="module")
def sandbox(executed: Path) -> Iterator[SandboxServer]:
    """A server of our own, which writes down each task that it executed."""
    with sandbox_server(
        program=(sys.executable, "-m", "tests.benchmarks.counting_stand_in", str(executed), "1")
    ) as one:
        yield one


@pytest.fixture(autouse=True)
def _fresh(sandbox: SandboxServer, executed: Path) -> None:
    sandbox.reset()
    executed.write_text("")


@dataclass(frozen=True)
class Outcome:
    """How a write ended, and how often it was sent and executed."""

    code: int
    out: str
    err: str
    sent: int
    executed: int


def sent_with(cli: Cli, sandbox: SandboxServer, executed: Path, write: Write, fault: str) -> Outcome:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    snapshot = next((row["snapshotId"] for row in rows if row["sourceSpaceId"] == write.space), "")
    words = [snapshot if word == "ID" else word for word in write.words]
    sandbox.fault(fault, task=write.task, requests=1)
    ran = cli(*words, "--confirm", snapshot if "ID" in write.words else write.space, "--json")
    if fault == "unauthorized":
        sandbox.fault(fault, on=False)
    posts = [row["task"] for row in json.loads(cli("requests", "list", "--json").out) if row["method"] == "POST"]
    done = [json.loads(line)[0] for line in executed.read_text().splitlines()]
    return Outcome(ran.code, ran.out, ran.err, posts.count(write.task), done.count(write.task))


@EACH_WRITE
@pytest.mark.parametrize("fault", REFUSED)
def test_a_refusal_is_told_as_one_and_nothing_was_done(
    cli: Cli, sandbox: SandboxServer, executed: Path, write: Write, fault: str
) -> None:
    outcome = sent_with(cli, sandbox, executed, write, fault)
    assert (outcome.code, outcome.sent, outcome.executed) == (REFUSED[fault], 1, 0), outcome
    assert outcome.err.strip().splitlines()[-1].startswith(f"durastore-tui: POST /task/{write.task}: ")


@EACH_WRITE
@pytest.mark.parametrize("fault", NOT_DONE)
def test_no_answer_to_what_was_not_done_may_have_happened(
    cli: Cli, sandbox: SandboxServer, executed: Path, write: Write, fault: str
) -> None:
    outcome = sent_with(cli, sandbox, executed, write, fault)
    assert (outcome.code, outcome.sent, outcome.executed, outcome.out) == (8, 1, 0, ""), outcome


@EACH_WRITE
@pytest.mark.parametrize("fault", DONE)
def test_no_answer_to_what_was_done_is_settled_by_looking_where_that_tells_and_never_by_sending_again(
    cli: Cli, sandbox: SandboxServer, executed: Path, write: Write, fault: str
) -> None:
    outcome = sent_with(cli, sandbox, executed, write, fault)
    assert (outcome.sent, outcome.executed) == (1, 1), outcome
    if write.shown_as:
        job = json.loads(outcome.out)
        assert (outcome.code, job["state"]) == (0, write.shown_as), outcome
        assert job["target"] or job["spaceId"]
    else:
        assert outcome.code == 8, outcome


def test_a_creation_that_the_server_says_failed_and_that_did_not_is_found(
    cli: Cli, sandbox: SandboxServer, executed: Path
) -> None:
    outcome = sent_with(cli, sandbox, executed, WRITES[0], "create-times-out")
    job = json.loads(outcome.out)
    assert (outcome.code, job["state"], outcome.sent) == (0, "accepted", 1)
    assert job["target"].startswith("lakeshore_53_oh-batch-2026-11_")
    assert "Read timed out" in outcome.out


def test_a_refused_restore_names_the_space_that_blocks_the_next_one_and_the_next_one_says_how_to_clear_it(
    cli: Cli, sandbox: SandboxServer
) -> None:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    failed = next(row["snapshotId"] for row in rows if row["sourceSpaceId"] == "film-reel-9")
    words = ("restores", "start", failed, *EMAIL, "--confirm", failed)
    refused = cli(*words, "--force")
    assert refused.code == 1
    assert "The empty space film-reel-9-" in refused.err
    assert "-X DELETE" in cli(*words).err


def test_a_restart_is_followed_until_it_is_complete_when_that_is_waited_for(cli: Cli, sandbox: SandboxServer) -> None:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    failed = next(row["snapshotId"] for row in rows if row["sourceSpaceId"] == "film-reel-9")
    assert cli("snapshots", "restart", failed, "--yes").code == 0
    sandbox.advance(5 * 86_400)
    (job,) = json.loads(cli("jobs", "list", "--json").out)
    watched = cli("jobs", "watch", job["id"], "--json")
    assert (watched.code, json.loads(watched.out)["state"]) == (0, "confirmed")


@EACH_WRITE
def test_every_write_is_journaled_and_a_success_ends_as_a_check_shows_or_unverified(
    cli: Cli, sandbox: SandboxServer, write: Write
) -> None:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    snapshot = next((row["snapshotId"] for row in rows if row["sourceSpaceId"] == write.space), "")
    words = [snapshot if word == "ID" else word for word in write.words]
    ran = cli(*words, "--confirm", snapshot if "ID" in write.words else write.space, "--json")
    assert ran.code == 0, ran.err
    (job,) = json.loads(cli("jobs", "list", "--offline", "--json").out)
    assert job["state"] == (write.shown_as or "unverified")
    assert write.task in job["words"] or job["kind"] != "task"


@EACH_WRITE
def test_a_write_that_is_killed_after_it_was_sent_leaves_its_trace(
    environ: dict[str, str], cli: Cli, sandbox: SandboxServer, write: Write
) -> None:
    rows = json.loads(cli("snapshots", "list", "--json").out)
    snapshot = next((row["snapshotId"] for row in rows if row["sourceSpaceId"] == write.space), "")
    words = [snapshot if word == "ID" else word for word in write.words]
    sandbox.fault("hang", task=write.task, requests=1)
    child = subprocess.Popen(
        [*PROGRAM, *words, "--confirm", snapshot if "ID" in write.words else write.space],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    journaled: list[dict[str, str]] = []
    while not journaled and child.poll() is None:
        listed = cli("jobs", "list", "--offline", "--json")
        assert listed.code == 0, listed.err
        journaled = json.loads(listed.out)
    child.kill()
    child.wait()
    assert [job["state"] for job in journaled] == ["sent"]
