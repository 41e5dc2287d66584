"""Every read command, and every way in which an answer can fail: its exit code says so, and one line explains."""

import pytest

from tests.cli.program import commands
from tests.faults.conftest import Program
from tests.faults.fault_proxy import Fault, Rule
from tests.faults.faults import AMBIGUOUS, REJECTIONS
from tests.faults.writes import WRITES

ACL = ("spaces", "acl", "campus-events")
"""An access list may be empty, and the answer to its HEAD has nothing else that tells a foreign one."""
READS = (
    ("stores", "list"),
    ("stores", "usage"),
    ("tasks", "list"),
    ("tasks", "run", "noop"),
    ("tasks", "run", "get-url-hls", "-p", "spaceId=campus-events", "-p", "contentId=a.m3u8"),
    ("spaces", "list"),
    ("spaces", "list", "--properties"),
    ("spaces", "show", "campus-events"),
    ACL,
    ("spaces", "item", "campus-events", "events/event-001/recording-a160k.m3u8"),
    ("spaces", "contents", "campus-events"),
    ("spaces", "usage", "campus-events"),
    ("streaming", "list"),
    ("streaming", "show", "campus-events"),
    ("streaming", "urls", "campus-events", "events/event-001/recording-a160k.m3u8"),
    ("streaming", "urls", "campus-events", "a.m3u8", "b.m3u8", "--no-check"),
    ("streaming", "urls", "campus-events", "--match", "*.m3u8"),
    ("streaming", "cookies-url", "lectures-secure", "--redirect", "https://library.example/"),
    ("snapshots", "list"),
    ("snapshots", "totals"),
    ("snapshots", "show", "ID"),
    ("snapshots", "contents", "ID"),
    ("snapshots", "contents", "ID", "--all"),
    ("snapshots", "history", "ID"),
    ("snapshots", "history", "ID", "--all"),
    ("snapshots", "follow", "ID"),
    ("restores", "show", "--snapshot", "ID"),
)
SPACES = {"follow": "oh-batch-2026-10", "restores": "tdh-1-2025"}
LOCAL = {
    "policies list", "requests list", "changes list", "completion", "help", "sandbox", "tour",
    *(f"jobs {verb}" for verb in ("list", "show", "watch", "forget", "clear", "continue", "abandon", "repair")),
    "jobs dead-links",
    *(f"profiles {verb}" for verb in ("list", "add", "test", "remove")),
}  # fmt: skip
"""They ask no server, or the one of a job or profile, which have tests of their own."""
SET_UP = "/stores|/task"
"""What every command asks first."""
PROVES_NOTHING = {1, 7}
FAULTS = {fault.name: fault for fault in AMBIGUOUS} | {name: each.fault for name, each in REJECTIONS.items()}


def check(program: Program, words: tuple[str, ...], fault: Fault, spared: str) -> None:
    """The command fails with a code that fits the fault, whatever it prints. Does nothing where no request is hit."""
    space = next((space for word, space in SPACES.items() if word in words), "theses-2019")
    words = program.with_snapshot(words, space)
    program.proxy.begin(Rule(fault, path=f"(?!({spared})$).*"))
    ran = program(*(("--timeout", "4") if fault.held else ()), *words)
    if all(each.fault is None for each in program.proxy.exchanges):
        assert ran.code == 0, ran
        return
    allowed = PROVES_NOTHING | ({REJECTIONS[fault.name].code} if fault.name in REJECTIONS else set())
    assert ran.code in allowed or (words == ACL and (ran.code, ran.out.strip()) == (0, "")), ran
    assert ran.err.strip() or ran.out.strip(), ran
    assert "Traceback" not in ran.err and "mistake in durastore-tui" not in ran.err, ran.err
    assert program.rows("changes", "list") == []
    assert not [each for each in program.proxy.exchanges if each.path.startswith("/task/enable")]


def name_of(words: tuple[str, ...]) -> str:
    return "-".join(word for word in words if "=" not in word and "/" not in word)


def pairs_of_the_short_form() -> list[tuple[tuple[str, ...], str]]:
    """Every fault but silence once, and every command at least once."""
    quick = [name for name, fault in FAULTS.items() if not fault.held]
    count = max(len(quick), len(READS))
    return [(READS[at % len(READS)], quick[at % len(quick)]) for at in range(count)]


def test_every_command_is_in_one_of_the_tables() -> None:
    known = {" ".join(words[:2]) for words in (*READS, *(write.words for write in WRITES))}
    assert {name for name, command in commands() if not hasattr(command, "commands")} == known | LOCAL


@pytest.mark.parametrize(
    ("words", "name"), pairs_of_the_short_form(), ids=lambda v: v if isinstance(v, str) else name_of(v)
)
def test_a_read_that_fails_is_told_in_its_exit_code(program: Program, words: tuple[str, ...], name: str) -> None:
    check(program, words, FAULTS[name], SET_UP if words[0] != "stores" else "")


@pytest.mark.slow
@pytest.mark.parametrize("spared", ["", SET_UP], ids=["all", "after the set-up"])
@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("words", READS, ids=name_of)
def test_no_read_takes_a_foreign_answer_for_its_own(
    program: Program, words: tuple[str, ...], name: str, spared: str
) -> None:
    check(program, words, FAULTS[name], spared)
