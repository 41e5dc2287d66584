"""The curl line, tried in a real shell."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from durastore_tui.core.curl import curl, curl_head

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="the line is written for bash, ksh and zsh")


def words_in_bash(line: str) -> list[str]:
    """What a shell would start, word by word."""
    script = f"DURASTORE_PASSWORD='p w'; printf '%s\\0' {line}"
    ran = subprocess.run(["bash", "-c", script], capture_output=True, check=True, env={"LC_ALL": "C.UTF-8"})
    return ran.stdout.decode().split("\0")[:-1]


def test_the_line_names_everything_but_the_password() -> None:
    line = curl(
        "POST", "https://h/durastore/task/x?storeID=51", user="root", body=b'{"a": "it\'s"}', ca_file=Path("/c a.pem")
    )
    assert '"$DURASTORE_PASSWORD"' in line
    assert words_in_bash(line) == [
        *("curl", "-sS", "--path-as-is", "--cacert", "/c a.pem", "-u", "root:p w", "-X", "POST"),
        *("-H", "Content-Type: text/plain", "--data-raw", '{"a": "it\'s"}', "https://h/durastore/task/x?storeID=51"),
    ]


def test_reads_have_the_method_that_curl_knows_by_itself() -> None:
    assert curl("GET", "https://h/stores") == "curl -sS --path-as-is https://h/stores"
    assert curl("HEAD", "https://h/media") == "curl -sS --path-as-is -I https://h/media"


def test_an_empty_body_is_still_a_body() -> None:
    assert words_in_bash(curl("POST", "https://h/task/noop", body=b""))[-3:] == [
        "--data-raw",
        "",
        "https://h/task/noop",
    ]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20))
def test_whatever_the_body_holds_the_shell_hands_on_and_runs_nothing(body: str) -> None:
    line = curl("POST", "https://h/t", body=body.encode())
    assert not any(one in line for one in map(chr, [*range(0x20), *range(0x7F, 0xA0)]))
    assert words_in_bash(line)[-2] == body


def test_the_line_that_tries_a_link_has_the_link_whole_and_no_login() -> None:
    line = curl_head("https://d1.cloudfront.net/cookies?token=a&b='$(id)", Path("/c a.pem"))
    assert words_in_bash(line) == [
        *("curl", "-sI", "--cacert", "/c a.pem", "https://d1.cloudfront.net/cookies?token=a&b='$(id)"),
    ]
