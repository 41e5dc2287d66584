"""How a command ends, as a process."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox_server import SandboxServer
from tests.terminal.tty import PROGRAM


def test_ctrl_c_is_130_without_a_word_of_python(environ: dict[str, str]) -> None:
    listing = (*PROGRAM, "spaces", "contents", "born-digital-accessions", "-o", "jsonl")
    with subprocess.Popen(listing, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.strip() == b""


@pytest.mark.parametrize(
    ("words", "field"),
    [(["contents", "born-digital-accessions"], "contentId"), (["list", "--properties"], "spaceId")],
    ids=["pages", "reads at once"],
)
def test_a_reader_that_leaves_is_no_error_to_tell(
    sandbox: SandboxServer, environ: dict[str, str], words: list[str], field: str
) -> None:
    environ |= sandbox.environ(world="scale") if field == "spaceId" else {}  # 1,000 spaces: more than a pipe swallows
    listing = (*PROGRAM, "spaces", *words, "-o", "jsonl")
    with subprocess.Popen(listing, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        assert json.loads(process.stdout.readline())[field]
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_a_full_disk_is_one_line(environ: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            (*PROGRAM, "stores", "list"), env=environ, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [["frob"], ["spaces", "list", "--nope"], ["streaming", "enable"], ["-o", "json"]])
def test_wrong_use_is_2_in_one_line_and_imports_nothing_heavy(words: list[str], environ: dict[str, str]) -> None:
    code = (
        "import sys; from durastore_tui.cli.main import run; code = run(sys.argv[1:]);"
        "heavy = {'textual', 'httpx', 'pydantic', 'uvicorn'} & set(sys.modules); print(code, heavy)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout == "2 set()\n"
    assert done.stderr.count("\n") == 1


def test_the_help_of_every_command_imports_nothing_heavy(environ: dict[str, str]) -> None:
    code = (
        "import sys, click\n"
        "from durastore_tui.cli.main import root\n"
        "def walk(command, path):\n"
        "    command.get_help(click.Context(command, info_name=path))\n"
        "    for name, each in getattr(command, 'commands', {}).items():\n"
        "        walk(each, path + ' ' + name)\n"
        "        print(path, name)\n"
        "walk(root, 'durastore-tui')\n"
        "print({'textual', 'httpx', 'pydantic', 'uvicorn'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert "durastore-tui streaming enable" in done.stdout
    assert done.stdout.endswith("set()\n")


def test_a_terminal_without_a_password_is_asked_and_a_pipe_is_refused(environ: dict[str, str]) -> None:
    del environ["DURASTORE_PASSWORD"]
    done = subprocess.run(
        (*PROGRAM, "stores", "list"), env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "DURASTORE_PASSWORD" in done.stderr


def test_the_sandbox_ends_with_its_input_and_refuses_a_fault_that_it_does_not_know() -> None:
    served = subprocess.run(
        (*PROGRAM, "sandbox", "--exit-with-stdin"), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    assert set(json.loads(served.stdout)) == {"url", "worlds", "edge", "ca_file", "users"}
    refused = subprocess.run(
        (*PROGRAM, "sandbox", "--fault", "nope"), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "cut-after" in refused.stderr
