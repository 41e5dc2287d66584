"""Completion, by the shells themselves, with the scripts that we print."""

import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from durastore_tui.cli.options import WORLDS
from durastore_tui.config import places
from tests.cli.program import on_the_path, until
from tests.cli.test_jobs import job, keep, profiles
from tests.sandbox_server import SandboxServer

BASH = """
eval "$(durastore-tui completion bash)"
compopt() { COMPREPLY+=("as $2"); }
for typed; do
    COMP_WORDS=(${typed% *} "${typed##* }"); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 )); COMPREPLY=()
    _durastore_tui_completion durastore-tui
    IFS=,; echo "${COMPREPLY[*]}"; unset IFS
done
"""
FISH = """
durastore-tui completion fish | source
for typed in $argv
    echo (complete -C "$typed" | cut -f1 | string join ,)
end
"""
OFFERED: dict[str, set[str]] = {
    "durastore-tui sn": {"snapshots"},
    "durastore-tui streaming en": {"enable"},
    "durastore-tui streaming enable --s": {"--secure", "--store"},
    "durastore-tui spaces list --pro": {"--properties", "--profile"},
    "durastore-tui --profile a": {"acme"},
    "durastore-tui --demo spaces --world ce": {"cedarfork"},
    "durastore-tui spaces list -o js": {"json", "jsonl"},
    "durastore-tui jobs watch 01": {"0123456789"},
    "durastore-tui tasks run get-url": {"get-url", "get-url-hls"},
    "durastore-tui policies set x --class GL": {"GLACIER", "GLACIER_IR"},
    "durastore-tui snapshots totals --status ER": {"ERROR"},
    "durastore-tui help streaming en": {"enable"},
    "durastore-tui completion z": {"zsh"},
    "durastore-tui jobs watch zz": set(),
}


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """No server, a profile, a job; whatever asks a server would fail, and say so."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    profiles(acme={"url": "http://127.0.0.1:1/durastore"})
    keep(job())
    return os.environ | on_the_path(tmp_path) | {"HOME": str(tmp_path), "TERM": "dumb"}


def offered(environ: dict[str, str], shell: str, *typed: str) -> dict[str, set[str]]:
    """What the shell offers after each line."""
    line = ("bash", "-c", BASH, "bash") if shell == "bash" else ("fish", "--no-config", "-c", FISH)
    done = subprocess.run((*line, *typed), env=environ, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return {
        begun: set(filter(None, words.split(","))) for begun, words in zip(typed, done.stdout.split("\n"), strict=False)
    }


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_shell_completes_commands_options_and_names_of_this_machine(shell: str, environ: dict[str, str]) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not installed")
    assert offered(environ, shell, *OFFERED) == OFFERED


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh is not installed")
@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        (b"durastore-tui streaming enab", b"durastore-tui streaming enable "),
        (b"durastore-tui --profile ac", b"durastore-tui --profile acme "),
        (b"durastore-tui --demo --world ceda", b"durastore-tui --demo --world cedarfork "),
        (b"durastore-tui jobs show 0123", b"durastore-tui jobs show 0123456789 "),
    ],
)
def test_zsh_completes_at_a_terminal(typed: bytes, whole: bytes, environ: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(("zsh", "-f", "-i"), env=environ, stdin=theirs, stdout=theirs, stderr=theirs) as shell:
        os.close(theirs)
        os.write(ours, b"PS1=; autoload -U compinit; compinit -u -D; unsetopt zle_bracketed_paste\n")
        os.write(ours, b'eval "$(durastore-tui completion zsh)"; echo rea""dy\n')
        until(ours, b"ready\r\n")
        os.write(ours, typed + b"\t")
        seen = until(ours, whole[len(typed) :])
        shell.kill()
    os.close(ours)
    assert whole[len(typed) :] in seen


def test_bash_takes_a_value_after_an_equals_sign(environ: dict[str, str]) -> None:
    one, every = "durastore-tui --world = ce", "durastore-tui --world ="
    assert offered(environ, "bash", one, every) == {one: {"cedarfork"}, every: set(WORLDS)}


def test_a_file_is_left_to_the_shell(environ: dict[str, str]) -> None:
    typed = "durastore-tui --ca-file /et"
    assert offered(environ, "bash", typed) == {typed: {"as default"}}


def test_what_is_broken_is_not_offered_and_not_told(environ: dict[str, str]) -> None:
    places.profiles().write_text("[profiles.acme\n")
    places.journal().write_bytes(b"no journal at all")
    typed = ("durastore-tui --profile ", "durastore-tui jobs show ")
    assert offered(environ, "bash", *typed) == {line: set() for line in typed}


def test_nothing_heavy_is_imported_for_a_tab(environ: dict[str, str]) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(' '.join(sys.modules)))\n"
        "sys.argv = ['durastore-tui']\n"
        "from durastore_tui.__main__ import main\n"
        "main()\n"
    )
    around = {"_DURASTORE_TUI_COMPLETE": "bash_complete", "COMP_WORDS": "durastore-tui --profile a", "COMP_CWORD": "2"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ | around, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("plain,acme\n")
    assert not {"textual", "httpx", "pydantic", "uvicorn", "sqlite3"} & set(done.stdout.split())


def test_the_worlds_that_are_offered_are_those_of_the_stand_in(sandbox: SandboxServer) -> None:
    assert set(WORLDS) == set(sandbox.worlds)
