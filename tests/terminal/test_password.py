"""A password that is asked for: typed at a terminal or read from standard input, and never among a program's words."""

import json
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sandbox_server import SandboxServer
from tests.terminal.screen import Screen
from tests.terminal.server import serving, spaces
from tests.terminal.tty import PROGRAM, Tty, environment

LIST = ("stores", "list", "--json")
ASKS = "Password of root at"


@pytest.fixture
def words(sandbox: SandboxServer) -> tuple[str, ...]:
    return (*PROGRAM, *LIST, "--url", sandbox.url, "--user", "root")


@pytest.fixture
def url() -> Iterator[str]:
    """A server that lets any password in."""
    with serving({"/spaces": spaces("dance-archive")}) as url:
        yield url


def seen_by_ps(text: str) -> list[str]:
    """The processes whose words hold the text, as `ps` would show them to anybody."""
    shown = []
    for process in Path("/proc").iterdir():
        try:
            line = (process / "cmdline").read_bytes().decode(errors="replace") if process.name.isdigit() else ""
        except OSError:
            continue  # it has ended
        if text in line:
            shown.append(line)
    return shown


def test_at_a_terminal_it_is_asked_for_and_not_echoed(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Tty(words, environment(tmp_path)) as terminal:
        terminal.wait_until(lambda: ASKS in terminal.text, ASKS)
        terminal.press("rpw\r")
        assert terminal.ended() == 0
        assert '"AMAZON_S3"' in terminal.text
        assert "rpw" not in terminal.text


def test_a_wrong_one_is_a_401_and_is_not_asked_for_again(tmp_path: Path, words: tuple[str, ...]) -> None:
    with Tty(words, environment(tmp_path)) as terminal:
        terminal.wait_until(lambda: ASKS in terminal.text, ASKS)
        terminal.press("hush-hush\r")
        assert terminal.ended() == 3
        assert terminal.text.count(ASKS) == 1
        assert "hush" not in terminal.text


@pytest.mark.parametrize(
    ("key", "code", "says"), [("\x03", 130, ""), ("\x04", 2, "No password"), ("\r", 2, "No password")]
)
def test_who_types_none_is_let_go_in_words(
    tmp_path: Path, words: tuple[str, ...], key: str, code: int, says: str
) -> None:
    with Tty(words, environment(tmp_path)) as terminal:
        terminal.wait_until(lambda: ASKS in terminal.text, ASKS)
        terminal.press(key)
        assert terminal.ended() == code
        assert says in terminal.text
        assert "Traceback" not in terminal.text


def test_ctrl_c_at_the_question_of_consent_sends_nothing_and_leaves_at_once(
    tmp_path: Path, sandbox: SandboxServer
) -> None:
    enable = ("streaming", "enable", "dance-archive", "--url", sandbox.url, "--user", "root")
    with Tty((*PROGRAM, *enable), environment(tmp_path, DURASTORE_PASSWORD="rpw")) as terminal:
        terminal.wait_until(lambda: "to send: " in terminal.text, "the question")
        terminal.press("\x03")
        assert terminal.ended() == 130


@pytest.mark.parametrize(
    ("given", "code"),
    [("rpw\n", 0), ("rpw", 0), ("rpw\r\nmore\n", 0), ("wrong\n", 3), ("", 2), ("\n", 2)],
)
def test_out_of_standard_input_its_first_line_counts(
    tmp_path: Path, words: tuple[str, ...], given: str, code: int
) -> None:
    ran = subprocess.run(
        [*words, "--password-stdin"], env=environment(tmp_path), input=given, capture_output=True, text=True
    )
    assert ran.returncode == code, ran.stderr
    assert ran.stderr.count("\n") == (1 if code else 0)
    if code == 0:
        assert json.loads(ran.stdout)[0]["type"] == "AMAZON_S3"


def test_without_a_terminal_nobody_is_asked(tmp_path: Path, words: tuple[str, ...]) -> None:
    ran = subprocess.run(words, env=environment(tmp_path), input="rpw\n", capture_output=True, text=True)
    assert ran.returncode == 2
    assert "use --password-stdin" in ran.stderr


def test_ps_never_shows_it_not_of_us_and_not_of_any_child(tmp_path: Path, url: str) -> None:
    password = secrets.token_hex(12)
    path = tmp_path / "config" / "durastore-tui" / "profiles.toml"
    path.parent.mkdir(parents=True)
    path.write_text(f'[profiles.acme]\nurl = "{url}"\nuser = "root"\npassword_command = "printenv OF_THE_TEST"\n')
    env = environment(tmp_path, OF_THE_TEST=password, TMUX="/nowhere,1,0")
    with Screen((*PROGRAM, "--profile", "acme"), env, columns=120, rows=36) as screen:
        screen.wait_for("store 51")
        screen.press("1")
        screen.wait_for("dance-archive")
        for key, words in (("c", "curl"), ("=", "password_command"), ("q", "dance-archive"), ("@", "another server")):
            screen.press(key)
            screen.wait_for(words)
            assert seen_by_ps(password) == []
        assert password not in screen.text


def test_ps_never_shows_what_was_typed_into_the_form(tmp_path: Path, url: str) -> None:
    password = secrets.token_hex(12)
    with Screen(PROGRAM, environment(tmp_path), columns=120, rows=36) as screen:
        screen.wait_for("Password")
        for text in (url, "root", password):
            screen.press(text)
            screen.wait_for(text if text is not password else "•" * len(password))
            screen.press("\r")
        screen.wait_for("store 51")
        assert seen_by_ps(password) == []
        assert password.encode() not in screen.raw
