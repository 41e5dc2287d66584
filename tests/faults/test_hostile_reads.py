"""Every read command against a server that is hostile in its names and texts: a pipe gets exact values, and a terminal
nothing but characters that it shows."""

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from durastore_tui.api import transport
from durastore_tui.cli.main import run
from tests.cli.conftest import Ran
from tests.faults.conftest import CREDENTIALS
from tests.faults.fault_proxy import Fault, Rule
from tests.faults.faults import whole
from tests.faults.hostile_proxy import HALF, IN_A_TEXT, IN_AN_ITEM, SEQUENCES, HostileProxy, hostile_proxy, plain
from tests.faults.test_reads import LOCAL, READS, SET_UP, SPACES, name_of
from tests.sandbox_server import SandboxServer

OF_THIS_MACHINE = (
    ("policies", "list"),
    ("requests", "list"),
    ("changes", "list"),
    ("jobs", "list"),
    ("jobs", "list", "--offline"),
    ("jobs", "show", "JOB"),
    ("jobs", "watch", "JOB"),
    ("jobs", "dead-links", "JOB"),
    ("profiles", "list"),
)
"""They read what this machine keeps of hostile answers."""
CONSTANT = OF_THIS_MACHINE[0], OF_THIS_MACHINE[2], OF_THIS_MACHINE[4], OF_THIS_MACHINE[5]
"""No check changes what these give."""
NO_READS = {
    "completion", "help", "sandbox", "tour", "profiles add", "profiles remove", "profiles test",
    *(f"jobs {verb}" for verb in ("forget", "clear", "continue", "abandon", "repair")),
}  # fmt: skip
OWN = re.compile(r"\r|\x1b\[(?:\d{0,2}A|K|J|\d{1,2}(?:;\d{1,2})*m)")
"""What the program itself draws with on a terminal: colours, and lines that are written over."""
CHANGING = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ|^[0-9a-f]{10}$|(?<=token=)\w+|127\.0\.0\.1:\d+")
OF_SPACES = {**SPACES, "contents": "musee-copies"}
JOINERS = "\u200c\u200d"
FAILURES = {status: Fault(str(status), whole(f"{status} Any", IN_A_TEXT.encode())) for status in (409, 500)}


class Stream(io.TextIOWrapper):
    """A standard stream whose bytes can be read, to a terminal or to a pipe."""

    def __init__(self, *, terminal: bool) -> None:
        self.bytes = io.BytesIO()
        self._terminal = terminal
        super().__init__(self.bytes, encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return self._terminal

    @property
    def text(self) -> str:
        self.flush()
        return self.bytes.getvalue().decode()


@dataclass(repr=False)
class Program:
    """Calls commands against the stand-in, with or without a hostile proxy in between."""

    sandbox: SandboxServer
    patch: pytest.MonkeyPatch
    state: Path

    def __call__(self, words: Sequence[str], proxy: HostileProxy | None = None, *, terminal: bool = False) -> Ran:
        out, err = Stream(terminal=terminal), Stream(terminal=terminal)
        url = proxy.behind(self.sandbox.url) if proxy else self.sandbox.url
        with self.patch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            code = run(("--url", url, *words))
        return Ran(int(code), out.text, err.text)

    def rows(self, words: Sequence[str], proxy: HostileProxy | None = None) -> Any:
        """What a command gives as JSON to a pipe."""
        ran = self((*words, "-o", "json"), proxy)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)


@pytest.fixture(scope="module")
def hostile(sandbox: SandboxServer) -> Iterator[HostileProxy]:
    """Hostile names and texts."""
    with hostile_proxy(sandbox.url) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def hostile_everywhere(sandbox: SandboxServer) -> Iterator[HostileProxy]:
    """Hostile in every text, also where a program expects one of a few words."""
    with hostile_proxy(sandbox.url, everywhere=True) as proxy:
        yield proxy


@pytest.fixture(scope="module")
def program(sandbox: SandboxServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Commands on a journal of this module; reads are repeated without a pause."""
    sandbox.reset()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CREDENTIALS, "TERM": "xterm-256color"}.items():
            patch.setenv(name, value)
        patch.setenv("DURASTORE_CA_FILE", str(sandbox.ca_file))
        patch.setattr(transport, "WAITS", (0.0, 0.0))
        patch.setattr(sys, "stdin", io.StringIO())
        state = tmp_path_factory.mktemp("state")
        patch.setenv("XDG_STATE_HOME", str(state))
        yield Program(sandbox, patch, state)
    sandbox.reset()


@pytest.fixture(autouse=True)
def _journal_of_this_module(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that was sent once is read by many tests."""
    monkeypatch.setenv("XDG_STATE_HOME", str(program.state))


@pytest.fixture(scope="module")
def ids(program: Program) -> dict[str, str]:
    """The snapshot of each space."""
    return {row["sourceSpaceId"]: row["snapshotId"] for row in program.rows(("snapshots", "list"))}


@pytest.fixture(scope="module")
def job(program: Program, hostile: HostileProxy) -> str:
    """The job of a change whose failure was hostile; another job is about a hostile item."""
    hostile.begin(Rule(FAILURES[409], "POST", "/task/delete-hls"))
    assert program(("streaming", "delete", "campus-events", "--confirm", "campus-events"), hostile).code == 6
    hostile.begin()
    item = f"preservation/OH-0100_pm.wav{IN_AN_ITEM}"
    program(("glacier", "restore", "masters-audio", item, "--confirm", "masters-audio"), hostile)
    rows = program.rows(("jobs", "list", "--offline"), hostile)
    assert any(row["target"] == item for row in rows)
    return next(str(row["id"]) for row in rows if row["kind"] == "delete")


def named(words: Sequence[str], ids: dict[str, str]) -> tuple[str, ...]:
    """The words with the snapshot that they are about in place of ID."""
    space = next((space for word, space in OF_SPACES.items() if word in words), "theses-2019")
    return tuple({"ID": ids[space], "*.m3u8": "*.m3u8*"}.get(word, word) for word in words)


def lasting(value: Any) -> Any:
    """The value without what is another one in each call: times of our own, ids of jobs, tokens and the port."""
    match value:
        case str():
            return CHANGING.sub("*", value)
        case dict():
            return {name: lasting(held) for name, held in value.items()}
        case list():
            return [lasting(held) for held in value]
    return value


def obeyed(text: str) -> list[str]:
    """The lines in which a terminal gets more than characters to show and the program's own colours."""
    assert not [sequence for sequence in SEQUENCES if sequence in text]
    lines = OWN.sub("", text).split("\n")
    return [line for line in lines if any(_is_hidden(character) for character in line)]


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in JOINERS


def check_on_a_terminal(ran: Ran) -> None:
    assert ran.out or ran.err
    assert obeyed(ran.out) == []
    assert obeyed(ran.err) == []
    assert "mistake in durastore-tui" not in ran.err


def values(form: str, out: str) -> Any:
    """What a program reads from a pipe in that form, without the task that only the proxy has."""
    if form == "csv":
        rows: Any = [list(map(_cell, row)) for row in csv.reader(io.StringIO(out, newline=""))]
    else:
        rows = json.loads(out) if form == "json" else [json.loads(line) for line in out.splitlines()]
    return [row for row in rows if "sweep" not in str(row)] if isinstance(rows, list) else rows


def _cell(text: str) -> object:
    """A cell of CSV as the stand-in said it; some hold JSON. Half a character has no form in UTF-8, so that it is
    written as an escape."""
    for said in (text, plain(text.replace(HALF.encode("ascii", "backslashreplace").decode(), HALF))):
        with suppress(ValueError):
            return plain(json.loads(str(said)))
    return said


def test_every_local_command_is_in_one_of_the_tables() -> None:
    assert {" ".join(words[:2]) for words in OF_THIS_MACHINE} | NO_READS == LOCAL


@pytest.mark.parametrize("words", READS, ids=name_of)
def test_a_pipe_gets_every_value_exactly(
    words: tuple[str, ...], program: Program, hostile: HostileProxy, ids: dict[str, str]
) -> None:
    for form in ("jsonl" if READS.index(words) % 2 else "json", "csv"):
        asked = (*named(words, ids), "-o", form)
        expected, got = program(asked), program(asked, hostile)
        assert got.code == expected.code == 0, got.err
        rows = values(form, got.out)
        assert lasting(plain(rows)) == lasting(values(form, expected.out))


@pytest.mark.parametrize("words", READS, ids=name_of)
def test_a_terminal_gets_nothing_that_it_obeys(
    words: tuple[str, ...],
    program: Program,
    hostile: HostileProxy,
    hostile_everywhere: HostileProxy,
    ids: dict[str, str],
) -> None:
    asked = named(words, ids)
    for form in ("table", "json" if READS.index(words) % 2 else "csv"):
        ran = program((*asked, "-o", form), hostile, terminal=True)
        check_on_a_terminal(ran)
        assert ran.code == 0, ran.err
    check_on_a_terminal(program(("--verbose", *asked), hostile_everywhere, terminal=True))


@pytest.mark.parametrize("words", READS, ids=name_of)
def test_a_terminal_gets_the_words_of_a_failure_made_visible(
    words: tuple[str, ...], program: Program, hostile: HostileProxy, ids: dict[str, str]
) -> None:
    for status, fault in FAILURES.items():
        hostile.begin(Rule(fault, path=".*" if words[0] in ("stores", "tasks") else f"(?!({SET_UP})$).*"))
        try:
            ran = program(named(words, ids), hostile, terminal=True)
        finally:
            hostile.begin()
        check_on_a_terminal(ran)
        assert ran.code in ((1, 6) if status == 409 else (1,)), ran


@pytest.mark.parametrize("words", OF_THIS_MACHINE, ids=name_of)
def test_what_this_machine_keeps_of_hostile_answers_is_exact_in_a_pipe_and_visible_on_a_terminal(
    words: tuple[str, ...], program: Program, hostile: HostileProxy, job: str
) -> None:
    asked = tuple(job if word == "JOB" else word for word in words)
    code = 6 if words[1] == "watch" else 0
    for form in ("table", "json"):
        ran = program((*asked, "-o", form), hostile, terminal=True)
        check_on_a_terminal(ran)
        assert ran.code == code, ran
    in_a_pipe = program((*asked, "-o", "json"), hostile)
    assert in_a_pipe.code == code
    if words in CONSTANT:
        assert lasting(json.loads(in_a_pipe.out)) == lasting(json.loads(ran.out))
