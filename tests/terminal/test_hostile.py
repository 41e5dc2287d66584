"""Text of the server is shown, not obeyed: on the list, in an error and after the end."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.sandbox_server import SandboxServer
from tests.terminal.screen import Screen
from tests.terminal.server import STORES, Answer, serving, spaces, task
from tests.terminal.tty import PROGRAM, environment

CLIPBOARD = "\x1b]52;c;aGFja2Vk\x07"
TITLE = "\x1b]0;hacked\x07"
POINTER = re.compile("\x1b]22;[a-z-]+\x07")  # Textual's own: the shape of the mouse pointer
HIDDEN = ("\x9b", "\x90", "\x9d", "\u202e", "\u2066", "\u200f", "\ufeff", "\x07", "\x00")
HOSTILE = f"gone[/] [@click=app.quit]here[/] {CLIPBOARD}{TITLE}\x1b[2J\x9b31m\u202edesrever"


def screen_of(answers: Mapping[str, Answer], url: str, home: Path) -> Screen:
    return Screen(PROGRAM, environment(home, DURASTORE_URL=url, DURASTORE_USER="root", DURASTORE_PASSWORD="x"))


def snapshot_ids(server: SandboxServer) -> list[str]:
    words = ("--json", "--store", "53", "snapshots", "list")
    listed = subprocess.run(
        [*PROGRAM, *words], env={**os.environ, **server.environ()}, capture_output=True, check=True, timeout=30
    )
    return [row["snapshotId"] for row in json.loads(listed.stdout)]


@pytest.mark.parametrize("path", ["/stores", "/spaces"])
@pytest.mark.parametrize("status", [400, 500])
def test_the_words_of_an_error_are_shown_not_obeyed(tmp_path: Path, path: str, status: int) -> None:
    answers = {path: Answer(HOSTILE, status, {"content-type": "text/plain"})}
    with serving(answers) as url, screen_of(answers, url, tmp_path) as screen:
        screen.wait_for("gone[/]")
        screen.press("q")
        assert screen.ended() == 0
        for sequence in (CLIPBOARD, TITLE, "\x1b[2J\x9b", "\x9b31m", "\u202e"):
            assert sequence.encode() not in screen.raw


def test_the_names_of_spaces_are_shown_not_obeyed(tmp_path: Path) -> None:
    answers = {"/spaces": spaces("[/]", "[bold]loud[/bold]", "c1-\x9b31m-red", "bidi-\u202egnp", "plain")}
    with serving(answers) as url, screen_of(answers, url, tmp_path) as screen:
        screen.to_spaces("plain")
        for words in ("[/]", "[bold]loud[/bold]", "c1-⟨009B⟩31m-red", "bidi-⟨202E⟩gnp", "plain"):
            screen.wait_for(words)
        for key in ("j", "\r", "\x1b", "j", "\r", "\x1b"):
            screen.press(key)
        screen.press("?")
        screen.wait_for("elp")
        assert "\x9b".encode() not in screen.raw
        assert "\u202e".encode() not in screen.raw


def test_the_nastiest_content_ids_leave_the_terminal_alone(tmp_path: Path) -> None:
    with Screen((*PROGRAM, "--demo"), environment(tmp_path), columns=120, rows=36) as screen:
        screen.to_spaces("20 spaces")
        screen.press("/")
        screen.wait_for("keeps the rows")
        screen.press("nasty-names\r")
        screen.wait_for("/ nasty-names")
        screen.press("\r")
        screen.wait_for("CONTENT ID")
        screen.wait_for("54")
        before = len(screen.raw)
        for _ in range(54):
            screen.press("j")
        screen.press("?")
        screen.wait_for("Keys in")
        shown = POINTER.sub("", screen.raw[before:].decode())
        assert not [character for character in HIDDEN if character in shown]
        assert not [begin for begin in ("\x1b]", "\x1bP", "\x1b_", "\x1b^") if begin in shown]


def test_the_ids_of_a_hostile_snapshot_are_shown_not_obeyed(sandbox: SandboxServer, tmp_path: Path) -> None:
    musee = next(one for one in snapshot_ids(sandbox) if "musee-copies" in one)
    program = (sys.executable, "-m", "tests.at_contents", sandbox.url, "53", musee)
    with Screen(program, environment(tmp_path), columns=120, rows=36) as screen:
        screen.wait_for("88 items")
        for words in ("esc␛[31mred.ts", "csi⟨009B⟩31mred.ts", "bell␇.ts"):
            screen.wait_for(words)
        screen.press("G")
        screen.wait_for("osc␛]52;c;eA==␇.ts")
        screen.press("gosc\r")
        screen.wait_for("osc␛]52;c;eA==␇.ts ")
        screen.press("i")
        screen.press("\x1b")
        for sequence in ("\x1b[31m", "\x1b]52;", "\x9b", "\u202e", "bell\x07"):
            assert sequence.encode() not in screen.raw


def test_a_snapshot_is_shown_not_obeyed_in_every_column_of_its_list_detail_and_history(tmp_path: Path) -> None:
    known = {"snapshotId": "a_51_any_2026-01-02-03-04-05", "status": f"S{HOSTILE}", "description": f"D{HOSTILE}"}
    last = {"restoreId": f"R{HOSTILE}", "status": f"T{HOSTILE}", "statusText": HOSTILE, "destinationSpaceId": HOSTILE}
    answers = {
        "/stores": Answer(STORES.replace("AMAZON_S3", "CHRONOPOLIS")),
        "/task": Answer("<list><string>get-snapshots</string></list>"),
        "/spaces": spaces("plain"),
        **task("get-snapshots", snapshots=[{**known, "sourceSpaceId": f"N{HOSTILE}"}]),
        **task("get-snapshot", **known, sourceSpaceId=f"N{HOSTILE}", memberId=HOSTILE, alternateIds=[HOSTILE]),
        **task("get-snapshot-history", totalCount=1, historyItems=[{"historyDate": 1, "history": f"H{HOSTILE}"}]),
        **task("get-restore", **last),
    }
    with serving(answers) as url, screen_of(answers, url, tmp_path) as screen:
        screen.to_spaces("plain")
        screen.press("4")
        screen.wait_for("1 snapshot")
        for words in ("Ngone[/]", "Sgone[/]"):
            screen.wait_for(words)
        header, row = (next(line for line in screen.text.splitlines() if words in line) for words in ("SPACE", "Ngone"))
        assert header.index("STATUS") + len("● ") == row.index("Sgone")
        screen.press("\r")
        screen.wait_for("SNAPSHOT")
        screen.press("t")
        screen.wait_for("Hgone[/]")
        screen.press("r")
        screen.wait_for("Tgone[/]")
        for sequence in (CLIPBOARD, TITLE, "\x1b[2J\x9b", "\x9b", "\u202e"):
            assert sequence.encode() not in screen.raw
