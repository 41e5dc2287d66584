"""Jobs on the command line: one look at every server, and waiting before a person's eyes."""

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from durastore_tui.cli.call import Call
from durastore_tui.cli.following import journal
from durastore_tui.cli.last_look import CHECK_SECONDS, look_once
from durastore_tui.cli.live_lines import LiveLines
from durastore_tui.cli.main import run
from durastore_tui.cli.options import GlobalOptions
from durastore_tui.cli.watching import seconds_between
from durastore_tui.config import places
from durastore_tui.core.clock import WallClock
from durastore_tui.core.jobs import Job, JobKind, JobState, Part
from durastore_tui.core.text import cells
from durastore_tui.services.jobs.entry import Entry, Phase
from durastore_tui.services.jobs.journal import Journal
from durastore_tui.services.jobs.order import Order
from tests.cli.conftest import Cli
from tests.cli.program import until
from tests.misbehaving import misbehaving, stalled
from tests.sandbox_server import SandboxServer
from tests.terminal.tty import PROGRAM

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOST = "d0nobody.cloudfront.localhost:1"


def job(state: JobState = JobState.IN_PROGRESS, **changes: object) -> Job:
    made = Job(
        "0123456789",
        "acme",
        "51",
        JobKind.ENABLE,
        "HLS",
        "dance-archive",
        None,
        state,
        AT,
        AT,
        "words",
        streaming_type="OPEN",
        usual=300.0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # by name


def keep(*jobs: Job) -> None:
    """Writes them into the journal of the test."""
    with closing(Journal(places.journal())) as journal:
        for each in jobs:
            order = Order(each.kind, each.profile, each.store, each.space, family=each.family, streaming_type="OPEN")
            journal.add(Entry(each, order, Phase.EFFECT, each.since, each.since))


def profiles(**tables: dict[str, str]) -> None:
    text = "".join(
        f"[profiles.{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())
        for name, table in tables.items()
    )
    places.profiles().parent.mkdir(parents=True, exist_ok=True)
    places.profiles().write_text(text)


@pytest.fixture
def here(cli: Cli, fresh_sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A profile of the stand-in that needs nobody to be asked."""
    return {"url": fresh_sandbox.url, "user": "root", "password_command": "echo rpw"}


def states(out: str) -> dict[str, tuple[str, int]]:
    """State and number of looks by profile."""
    return {row["profile"]: (row["state"], len(row["evidence"])) for row in json.loads(out)}


def test_one_look_at_each_server_at_hand_and_one_that_fails_harms_no_other(cli: Cli, here: dict[str, str]) -> None:
    nowhere = here | {"url": "http://127.0.0.1:1/durastore"}
    locked = {"url": "https://locked.example/durastore", "user": "ana"}
    profiles(good=here, dead=nowhere, locked=locked)
    keep(
        *(
            job(profile=name, id=f"{name:0>10}", host=HOST if name == "good" else None)
            for name in ("dead", "locked", "good", "gone")
        )
    )
    before = states(cli("jobs", "list", "--offline", "--json").out)
    ran = cli("jobs", "list", "--json")
    after = states(ran.out)
    assert ran.code == 1
    assert set(before.values()) == {("in_progress", 0)}
    assert after["good"][1] > 0
    assert (after["locked"], after["gone"]) == (before["locked"], before["gone"])
    assert [line.split(":")[0] for line in ran.err.splitlines()] == ["locked", "dead"]


class LimitPasses(WallClock):
    """The time for checks is over at once."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(0 if seconds == CHECK_SECONDS else seconds)


async def test_a_check_that_takes_its_time_is_not_waited_for(cli: Cli, here: dict[str, str]) -> None:
    async with misbehaving(stalled()) as silent:
        profiles(silent=here | {"url": silent.url})
        keep(job(profile="silent", host=None))
        call = Call(GlobalOptions(), os.environ, err=io.StringIO(), clock=LimitPasses())
        with journal(call) as jobs:
            unfinished = jobs.all()
        assert await look_once(call, unfinished) == 0
    assert call.err.getvalue() == "silent: 1 unfinished job: no check result within 5 s.\n"  # type: ignore[attr-defined]


def test_a_login_that_is_not_let_in_is_told_of_once(
    cli: Cli, here: dict[str, str], fresh_sandbox: SandboxServer
) -> None:
    profiles(good=here | {"url": fresh_sandbox.worlds["vallon"], "password_command": "echo wrong"})
    keep(*(job(profile="good", id=f"{number:010}", space=f"space-{number}") for number in range(9)))
    ran = cli("jobs", "list", "--json")
    assert ran.code == 1
    assert ran.err.startswith("good: ")
    assert ran.err.count("\n") == 1
    asked = json.loads(cli("requests", "list", "--json").out)
    assert [row["status"] for row in asked] == [401]


def test_a_server_that_is_named_is_the_only_one_that_is_looked_at(cli: Cli, here: dict[str, str]) -> None:
    profiles(good=here, dead=here | {"url": "http://127.0.0.1:1/durastore"})
    keep(job(profile="dead", id="1111111111"), job(profile="good", id="2222222222"))
    ran = cli("jobs", "list", "--profile", "good", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert states(ran.out)["dead"] == ("in_progress", 0)


def test_a_look_sends_nothing_whatever_a_job_would_send_next(cli: Cli, here: dict[str, str]) -> None:
    profiles(good=here)
    keep(job(profile="good", kind=JobKind.SWITCH, since=AT - timedelta(days=1)))
    cli("jobs", "list")
    assert [row for row in json.loads(cli("requests", "list", "--json").out) if row["method"] == "POST"] == []


def test_a_look_sends_no_second_request_of_a_switch_that_is_due(cli: Cli, here: dict[str, str]) -> None:
    profiles(good=here)
    now = datetime.now(UTC)
    switch = job(JobState.ACCEPTED, profile="good", kind=JobKind.SWITCH, since=now, updated=now)
    order = Order(
        JobKind.SWITCH, "good", "51", switch.space, family="HLS", streaming_type="SECURE", host=HOST, was="OPEN"
    )
    with closing(Journal(places.journal())) as journal:
        journal.add(Entry(switch, order, Phase.DELETION, now, now, user="root"))
    assert cli("jobs", "list").code == 0
    assert [row for row in json.loads(cli("requests", "list", "--json").out) if row["method"] == "POST"] == []


@pytest.mark.parametrize("spaces", [("dance-archive",), ("dance-archive", "maps-and-plans")], ids=["one", "many"])
def test_a_policy_without_a_reply_is_8_for_one_space_and_for_many(
    cli: Cli, fresh_sandbox: SandboxServer, spaces: tuple[str, ...]
) -> None:
    fresh_sandbox.fault("html-502", task="set-storage-policy")
    confirm = spaces[0] if len(spaces) == 1 else str(len(spaces))
    ran = cli("policies", "set", *spaces, "--class", "STANDARD_IA", "--days", "30", "--confirm", confirm)
    assert ran.code == 8, ran.err
    assert "No reply" in ran.err


@pytest.mark.parametrize("verb", ["show", "watch", "forget", "continue", "abandon", "dead-links"])
def test_an_unknown_job_is_5(cli: Cli, verb: str) -> None:
    ran = cli("jobs", verb, "nope")
    assert (ran.code, ran.out) == (5, "")
    assert "There is no job nope" in ran.err


def test_an_unfinished_job_is_forgotten_after_a_confirmation_of_the_risk_alone(cli: Cli) -> None:
    keep(job(kind=JobKind.DELETE))
    ran = cli("jobs", "forget", "0123456789")
    assert (ran.code, ran.out) == (2, "")
    for risk in (
        "may still carry out",
        "Other changes of dance-archive are no longer blocked",
        "Enabling the same type",
    ):
        assert risk in ran.err
    assert ran.err.strip().endswith("Add --yes to confirm. Nothing was changed.")
    assert cli("jobs", "show", "0123456789").code == 0
    assert cli("jobs", "forget", "0123456789", "--yes").code == 0
    assert cli("jobs", "show", "0123456789").code == 5


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def reconfigure(self, **_: str) -> None:
        """As the files of a process do."""


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("\n", 2), ("", 2), ("yes please\n", 2)])
def test_a_terminal_is_asked_before_an_unfinished_job_is_forgotten(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    keep(job())
    screen = Terminal()
    with monkeypatch.context() as terminal:
        terminal.setattr(sys, "stdin", Terminal(typed))
        terminal.setattr(sys, "stderr", screen)
        assert run(("jobs", "forget", "0123456789")) == code
    assert "may still carry out" in screen.getvalue()
    assert cli("jobs", "show", "0123456789").code == (5 if code == 0 else 0)


def test_an_ended_job_is_forgotten_without_a_question_and_all_of_them_by_clear(cli: Cli) -> None:
    ended = [job(JobState.CONFIRMED, id=f"ended-{number}") for number in range(3)]
    keep(*ended, job(id="unfinished"))
    assert cli("jobs", "forget", "ended-0").code == 0
    ran = cli("jobs", "clear")
    assert (ran.code, ran.out, ran.err) == (0, "", "2 ended jobs were removed.\n")
    assert [row["id"] for row in json.loads(cli("jobs", "list", "--offline", "--json").out)] == ["unfinished"]


def test_the_dead_links_of_a_delete_are_listed_with_nothing_in_their_place(
    cli: Cli, fresh_sandbox: SandboxServer
) -> None:
    assert cli("streaming", "delete", "campus-events", "--confirm", "campus-events").code == 0
    (held,) = json.loads(cli("jobs", "list", "--offline", "--json").out)
    rows = json.loads(cli("jobs", "dead-links", held["id"], "--match", "*.m3u8", "--json").out)
    assert rows
    assert all(row["old"].startswith("https://d5campusev24") and row["new"] is None for row in rows)


# Waiting


class Screen(io.StringIO):
    """A terminal that obeys the two sequences that are written to it."""

    def lines(self) -> list[str]:
        shown: list[str] = []
        row = 0
        for piece in self.getvalue().replace("\x1b[J", "\x1b[J\n").split("\n"):
            if piece.startswith("\x1b[") and "A\r" in piece:
                up, _, piece = piece.partition("A\r")
                row -= int(up[2:])
            if piece == "\x1b[J":
                del shown[row:]
                continue
            text = piece.removesuffix("\x1b[K")
            if row < len(shown):
                shown[row] = text
            elif text:
                shown.append(text)
            row += bool(text)
        return shown


@contextmanager
def terminal(columns: int, lines: int = 24) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(columns))
        patch.setenv("LINES", str(lines))
        yield


def drawn(columns: int, *jobs: Job, after: float = 60.0, lines: int = 24) -> list[str]:
    screen = Screen()
    with terminal(columns, lines):
        LiveLines(screen, coloured=False).draw(jobs, AT + timedelta(seconds=after))
    return screen.lines()


def test_a_line_has_state_subject_and_the_time_against_the_usual_one() -> None:
    (line,) = drawn(100, job())
    for words in ("in progress", "dance-archive", "enable OPEN", "01:00", "usual 05:00", "0123456789"):
        assert words in line


def test_a_bar_is_never_full_and_none_is_left_when_it_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = drawn(100, job(), after=100_000)
    bar = next(word for word in line.split("  ") if len(set(word)) == 2 and len(word) == 20)
    assert bar[-1] != bar[0]
    (late,) = drawn(100, job(JobState.OVERDUE), after=100_000)
    assert "OVERDUE" in late
    assert bar[0] * 3 not in late


@pytest.mark.parametrize("columns", [120, 80, 60, 40, 24, 10])
def test_a_line_is_never_broken_however_narrow_the_terminal(columns: int) -> None:
    hostile = job(space="日本語" * 8 + "\x1b[2J", target=None)
    for line in drawn(columns, job(), hostile, job(JobState.UNKNOWN)):
        assert cells(line) < columns
        assert "\x1b" not in line


def test_a_run_counts_its_parts() -> None:
    parts = (Part("a", JobState.ACCEPTED), Part("b", JobState.REJECTED), Part("c"))
    (line,) = drawn(100, job(kind=JobKind.POLICY, parts=parts, usual=None))
    assert "2 of 3" in line


def test_more_jobs_than_lines_are_counted() -> None:
    shown = drawn(80, *(job(id=str(number)) for number in range(30)), lines=10)
    assert len(shown) == 9
    assert shown[-1] == "and 22 more"


def test_what_is_the_same_is_not_drawn_again_and_what_changed_is_drawn_in_its_place() -> None:
    screen = Screen()
    lines = LiveLines(screen, coloured=False)
    with terminal(80):
        lines.draw([job(JobState.CONFIRMED)], AT)
        size = len(screen.getvalue())
        lines.draw([job(JobState.CONFIRMED)], AT + timedelta(seconds=5))
        assert len(screen.getvalue()) == size
        lines.draw([job(JobState.CONFIRMED), job(JobState.REJECTED)], AT)
    assert len(screen.lines()) == 2
    assert "rejected" in screen.lines()[1]


def test_colours_are_for_those_who_did_not_say_no() -> None:
    screen = Screen()
    with terminal(80):
        LiveLines(screen, coloured=True).draw([job()], AT)
    assert "\x1b[36m" in screen.getvalue()


def test_over_a_line_from_far_away_it_is_drawn_seldom() -> None:
    assert seconds_between({}) <= 1
    assert seconds_between({"SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"}) >= 3


# The whole program


def test_in_a_pipe_each_change_is_a_line_with_time_job_states_and_words(cli: Cli, fresh_sandbox: SandboxServer) -> None:
    fresh_sandbox.fault("tls-error")
    assert cli("streaming", "enable", "dance-archive", "--yes").code == 0
    fresh_sandbox.fault("tls-error", on=False)
    fresh_sandbox.advance(1000)
    ran = cli("jobs", "watch", "-o", "jsonl")
    assert ran.code == 0
    (row,) = [json.loads(line) for line in ran.out.splitlines()]
    first, *_, last = ran.err.splitlines()
    assert re.search(rf" {row['id']} enable dance-archive: (accepted|in progress)\. ", first)
    assert re.search(rf" {row['id']} enable dance-archive: (accepted|in progress) to confirmed\. ", last)
    assert last.startswith(row["updated"])
    assert "\x1b" not in ran.err


def watching(environ: dict[str, str], *words: str) -> tuple[subprocess.Popen[bytes], int]:
    """The program with its standard error at a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        (*PROGRAM, "jobs", "watch", *words), env=environ, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    return process, ours


@pytest.fixture
def environ(cli: Cli, fresh_sandbox: SandboxServer, tmp_path: Path) -> dict[str, str]:
    fresh_sandbox.fault("tls-error")
    assert cli("streaming", "enable", "dance-archive", "--yes").code == 0
    return os.environ | {"TERM": "xterm-256color", "NO_COLOR": "1", "COLUMNS": "100", "LINES": "30"}


def test_at_a_terminal_a_bar_is_drawn_and_ctrl_c_ends_the_watching_alone(environ: dict[str, str]) -> None:
    process, terminal = watching(environ, "--json")
    seen = until(terminal, b"usual")
    process.send_signal(signal.SIGINT)
    seen += until(terminal, b"tracks it again")
    out, _ = process.communicate(timeout=20)
    os.close(terminal)
    assert process.returncode == 130
    assert re.search(b"(accepted|in progress)  dance-archive  enable OPEN  00:", seen)
    assert b"stays in the journal" in seen
    assert b"Traceback" not in seen
    assert out == b""


def test_plain_is_plain_at_a_terminal_too(environ: dict[str, str]) -> None:
    for words, around in ((("--plain",), {}), ((), {"TERM": "dumb"})):
        process, terminal = watching(environ | around, *words)
        seen = until(terminal, b"enable dance-archive: ")
        process.send_signal(signal.SIGINT)
        seen += until(terminal, b"tracks it again")
        process.communicate(timeout=20)
        os.close(terminal)
        assert b"\x1b" not in seen
