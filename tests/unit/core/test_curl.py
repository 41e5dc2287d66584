"""The curl line, tried in real shells."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from durastore_tui.core.curl import curl, curl_head
from durastore_tui.core.text import HIDDEN

SHELLS = [shell for shell in ("sh", "dash", "bash", "zsh", "ksh") if shutil.which(shell)]
LOCALES = ("C", "C.UTF-8")
STAND_IN = r"""
curl() {
    option=
    for word in "$@"; do
        printf '%s\0' "$word"
        [ "$option" = --data-binary ] && piped=yes
        option=$word
    done
    [ "$piped" ] && cat && printf '\0'
    piped=
    printf 'end of line\0'
}
DURASTORE_PASSWORD='p w'
cd "$1" || exit 1
"""
ATTACKS = (
    "a\tb'$(touch ran) #.wav", "';touch ran;'", "`touch ran`", "\\'$(touch ran)", "%s%n%%", "!!", "-n", "=ls", "~", "*",
    "\n", "\n\n", "'\n'", "a\n$(touch ran)\nb", "\x1b[201~", "\x9b31m", "\u202e", "\ud83d", "\udcff", '"', "\\", "\\\\",
)  # fmt: skip
hostile = st.lists(st.sampled_from(ATTACKS) | st.text(st.characters(exclude_characters="\0")), max_size=4).map("".join)
sendable = hostile.map(lambda text: text.encode(errors="replace").decode())


def run_in(shell: str, lines: list[str], folder: Path, locale: str) -> list[list[bytes]]:
    """The words that each line gives to curl; for a body on standard input that as well."""
    script = "\n".join([STAND_IN, *lines]).encode()
    environ = {"LC_ALL": locale, "PATH": "/usr/bin:/bin"}
    command = (shell, *(("-f",) if shell == "zsh" else ()), "-c", script, shell, str(folder))
    ran = subprocess.run(command, capture_output=True, check=True, env=environ)
    assert ran.stderr == b""
    assert list(folder.iterdir()) == []
    return [line.split(b"\0") for line in ran.stdout.removesuffix(b"\0end of line\0").split(b"\0end of line\0")]


def words(line: str, folder: Path) -> list[str]:
    """The words that a line gives to curl, the same in every shell and locale."""
    found = [run_in(shell, [line], folder, locale)[0] for shell in SHELLS for locale in LOCALES]
    assert all(each == found[0] for each in found)
    return [word.decode() for word in found[0]]


def test_the_line_names_everything_but_the_password(tmp_path: Path) -> None:
    line = curl(
        "POST", "https://h/durastore/task/x?storeID=51", user="root", body=b'{"a": "it\'s"}', ca_file=Path("/c a.pem")
    )
    assert '"$DURASTORE_PASSWORD"' in line
    assert words(line, tmp_path) == [
        *("-sS", "--path-as-is", "--cacert", "/c a.pem", "-u", "root:p w", "-X", "POST"),
        *("-H", "Content-Type: text/plain", "--data-raw", '{"a": "it\'s"}', "https://h/durastore/task/x?storeID=51"),
    ]


def test_reads_have_the_method_that_curl_knows_by_itself() -> None:
    assert curl("GET", "https://h/stores") == "curl -sS --path-as-is https://h/stores"
    assert curl("HEAD", "https://h/media") == "curl -sS --path-as-is -I https://h/media"


def test_an_empty_body_is_still_a_body(tmp_path: Path) -> None:
    line = curl("POST", "https://h/task/noop", body=b"")
    assert words(line, tmp_path)[-3:] == ["--data-raw", "", "https://h/task/noop"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_hands_on_exactly_what_is_meant_and_runs_nothing_else(
    shell: str, locale: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("empty")

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(sendable, sendable), min_size=1, max_size=8))
    @example(
        [
            (attack.encode(errors="replace").decode(), "u" + attack.encode(errors="replace").decode())
            for attack in ATTACKS
        ]
    )
    def judge(pairs: list[tuple[str, str]]) -> None:
        lines = [curl("POST", "https://h/t", user=user, body=body.encode()) for body, user in pairs]
        assert not any(HIDDEN.search(line) for line in lines)
        for (body, user), line, given_words in zip(pairs, lines, run_in(shell, lines, folder, locale), strict=True):
            sent = given_words[-1] if line.startswith("printf ") else given_words[-2]
            assert same_body(sent, body.encode())
            if user:
                assert given_words[given_words.index(b"-u") + 1] == f"{user}:p w".encode()

    judge()


def same_body(sent: bytes, meant: bytes) -> bool:
    """Byte for byte, or the same JSON where it had hidden characters."""
    return sent == meant or (bool(HIDDEN.search(meant.decode())) and json.loads(sent) == json.loads(meant))


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_id_in_a_json_body_stays_the_same_id(attack: str, tmp_path: Path) -> None:
    body = json.dumps({"contentId": attack.encode(errors="replace").decode()}, ensure_ascii=False, indent=1).encode()
    line = curl("POST", "https://h/t", body=body)
    assert "--data-raw" in line
    assert not HIDDEN.search(line)
    assert json.loads(words(line, tmp_path)[-2]) == json.loads(body)


@pytest.mark.parametrize("body", [b"\xff\x00\n", b"\x9b", b"50%\n%s\\n'\n\n"])
def test_bytes_that_are_no_text_come_through_as_they_are(body: bytes, tmp_path: Path) -> None:
    line = curl("POST", "https://h/t", body=body)
    assert not HIDDEN.search(line)
    for shell in SHELLS:
        script = STAND_IN + line
        ran = subprocess.run([shell, "-c", script, shell, str(tmp_path)], capture_output=True, check=True)
        assert body + b"\0end of line\0" in ran.stdout


@pytest.mark.parametrize("name", ["a b", "it's", "tab\there", "new\nline", "half\udcff", "$(touch ran)"])
def test_the_path_of_an_authority_stays_exact(name: str, tmp_path: Path) -> None:
    line = curl("GET", "https://h/t", ca_file=Path("/x") / name / "ca.pem")
    assert not HIDDEN.search(line)
    for shell in SHELLS:
        (given_words,) = run_in(shell, [line], tmp_path, "C")
        assert given_words[3] == f"/x/{name}/ca.pem".encode(errors="surrogateescape")


def test_no_history_of_an_interactive_shell_gets_in(tmp_path: Path) -> None:
    line = curl("POST", "https://h/t", user="a!b\tc!d", body=b'{"a": "!!\xc2\x9b!$"}')
    script = "set -o history; set -o histexpand\necho touch ran\n" + STAND_IN.replace('"$1"', f"'{tmp_path}'") + line
    ran = subprocess.run(["bash", "--norc"], input=script.encode() + b"\n", capture_output=True, check=True)
    assert b"a!b\tc!d:p w" in ran.stdout
    assert b'{"a": "!!\\u009b!$"}' in ran.stdout


def test_a_url_with_hidden_characters_is_percent_encoded(tmp_path: Path) -> None:
    line = curl_head("https://d1.cloudfront.net/a\x1b[201~\n\u202eb")
    assert words(line, tmp_path) == ["-sI", "https://d1.cloudfront.net/a%1B[201~%0A%E2%80%AEb"]


def test_the_line_that_tries_a_link_has_the_link_whole_and_no_login(tmp_path: Path) -> None:
    line = curl_head("https://d1.cloudfront.net/cookies?token=a&b='$(id)", Path("/c a.pem"))
    assert words(line, tmp_path) == [
        *("-sI", "--cacert", "/c a.pem", "https://d1.cloudfront.net/cookies?token=a&b='$(id)"),
    ]
