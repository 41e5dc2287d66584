"""`profiles`: a file that a person may write too, tried against a server, and no password in it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran
from tests.keyrings import Broken, Locked, Remembering, using
from tests.sandbox_server import SandboxServer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "durastore-tui" / "profiles.toml"


@pytest.fixture
def away(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Calls with nothing about a server in the environment."""

    def call(*words: str, stdin: str = "") -> Ran:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("durastore_tui.cli.verbs.os", _Bare)
            return cli(*words, stdin=stdin)

    return call


class _Bare:
    environ: dict[str, str] = {}  # noqa: RUF012


def written(file: Path, sandbox: SandboxServer, more: str = "") -> None:
    file.parent.mkdir(parents=True)
    text = f'# ours\n[profiles.lake]\nurl = "{sandbox.url}"  # the lake\nuser = "root"\nca_file = "{sandbox.ca_file}"\n'
    file.write_text(text + more)


def test_add_list_and_remove_keep_the_comments_and_the_others(away: Cli, file: Path, sandbox: SandboxServer) -> None:
    written(file, sandbox)
    before = file.read_text()
    added = away("profiles", "add", "acme", "--url", "https://acme.example", "--user", "jo", "--colour", "red")
    assert (added.code, added.out) == (0, "")
    rows = json.loads(away("profiles", "list", "--json").out)
    assert [(row["name"], row["environment"], row["readOnly"]) for row in rows] == [
        ("lake", "TEST", False),
        ("acme", "PROD", True),
    ]
    assert file.stat().st_mode & 0o777 == 0o600
    assert away("profiles", "remove", "acme").code == 0
    assert file.read_text() == before


def test_a_name_is_taken_once_and_a_profile_needs_a_server(away: Cli, file: Path, sandbox: SandboxServer) -> None:
    written(file, sandbox)
    assert away("profiles", "add", "lake", "--url", "https://acme.example").code == 2
    assert away("profiles", "add", "other").code == 2
    assert away("profiles", "add", "other", "--url", "https://jo:hush@acme.example").code == 2
    assert "hush" not in file.read_text()


def test_test_says_the_origin_of_every_value_and_what_the_server_lists(
    away: Cli, file: Path, sandbox: SandboxServer
) -> None:
    written(file, sandbox, "password_command = \"printf 'rpw\\\\nmore'\"\n")
    tried = away("profiles", "test", "lake", "--json")
    assert tried.code == 0, tried.err
    row = json.loads(tried.out)
    assert row["password"] == "password_command"
    assert any(store.startswith("51 ") for store in row["stores"])
    values = {value["key"]: (value["text"], value["origin"]) for value in row["values"]}
    assert values["name"] == ("lake", "--profile")
    assert values["user"] == ("root", "profiles.toml:4")
    assert values["environment"] == ("TEST", "the address")
    assert values["timeout"] == ("by request", "default")
    assert "rpw" not in tried.out.replace("printf 'rpw", "")
    table = away("profiles", "test", "lake").out
    assert "user = root (profiles.toml:4)" in table
    assert "password_command" in table
    assert "rpw" not in table.replace("printf 'rpw", "")


def test_the_proxy_of_the_environment_is_named(cli: Cli, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy", "https_proxy", "DURASTORE_URL"):
        monkeypatch.delenv(name, raising=False)
    file.parent.mkdir(parents=True)
    file.write_text('[profiles.far]\nurl = "https://far.example"\nuser = "jo"\npassword_command = "echo hush"\n')
    monkeypatch.setenv("HTTPS_PROXY", "http://jo:hush@127.0.0.1:1")
    tried = cli("profiles", "test", "far", "--json")
    values = {value["key"]: (value["text"], value["origin"]) for value in json.loads(tried.out)["values"]}
    assert values["proxy"] == ("http://127.0.0.1:1", "HTTPS_PROXY")
    assert tried.code == 7
    assert "through the proxy http://127.0.0.1:1 (HTTPS_PROXY)" in tried.err
    monkeypatch.setenv("HTTPS_PROXY", "socks4://127.0.0.1:1")
    tried = cli("profiles", "test", "far", "--json")
    values = {value["key"]: (value["text"], value["origin"]) for value in json.loads(tried.out)["values"]}
    assert values["proxy"][0].startswith("cannot be used. HTTPS_PROXY names a socks4 proxy")
    assert (tried.code, tried.err.count("\n")) == (2, 1)


def test_who_is_not_let_in_is_told_where_the_login_came_from(away: Cli, file: Path, sandbox: SandboxServer) -> None:
    written(file, sandbox, 'password_command = "echo wrong"\n')
    tried = away("profiles", "test", "lake", "--json")
    row = json.loads(tried.out)
    assert (tried.code, row["stores"], row["password"]) == (3, None, "password_command")
    assert {value["key"]: value["origin"] for value in row["values"]}["user"] == "profiles.toml:4"
    assert tried.err.count("\n") == 1


@pytest.mark.parametrize("command", ["false", "/nowhere/at-all", "true", "printf 'unclosed"])
def test_a_password_command_that_gives_none_is_one_sentence(
    away: Cli, file: Path, sandbox: SandboxServer, command: str
) -> None:
    written(file, sandbox, f'password_command = "{command}"\n')
    tried = away("stores", "list", "--profile", "lake")
    assert tried.code == 2
    assert "The password command of lake" in tried.err
    assert tried.err.count("\n") == 1


def test_the_password_may_come_from_standard_input(away: Cli, file: Path, sandbox: SandboxServer) -> None:
    written(file, sandbox)
    assert away("stores", "list", "--profile", "lake").code == 2
    assert away("stores", "list", "--profile", "lake", "--password-stdin", stdin="rpw\n").code == 0
    assert away("stores", "list", "--profile", "lake", "--password-stdin", stdin="wrong\n").code == 3


def test_a_read_only_profile_refuses_a_write_whatever_is_consented_to(
    away: Cli, file: Path, sandbox: SandboxServer
) -> None:
    written(file, sandbox, 'read_only = true\npassword_command = "echo rpw"\n')
    words = ("streaming", "enable", "dance-archive", "--profile", "lake", "--confirm", "dance-archive", "--force")
    refused = away(*words)
    assert refused.code == 2
    assert "read-only" in refused.err


def test_a_mistake_in_the_file_is_said_with_its_line(away: Cli, file: Path, sandbox: SandboxServer) -> None:
    written(file, sandbox, 'colur = "red"\n')
    refused = away("profiles", "list")
    assert refused.code == 2
    assert "profiles.toml, line 6: there is no setting colur; did you mean colour?" in refused.err


ADD = ("profiles", "add", "acme", "--url", "https://acme.example/durastore", "--user", "jo", "--keyring")
ENTRY = ("durastore-tui", "jo@https://acme.example/durastore")


def test_the_keyring_keeps_the_password_and_gives_it_up_with_the_profile(away: Cli, file: Path) -> None:
    with using(Remembering()) as keyring:
        added = away(*ADD, "--password-stdin", stdin="hush-hush\n")
        assert added.code == 0, added.err
        assert keyring.held == {ENTRY: "hush-hush"}
        assert "hush" not in file.read_text() + added.out + added.err
        assert away("profiles", "remove", "acme").code == 0
        assert keyring.held == {}


def test_what_the_keyring_holds_logs_in_and_is_named_as_the_source(
    away: Cli, file: Path, sandbox: SandboxServer
) -> None:
    written(file, sandbox)
    with using(Remembering()) as keyring:
        keyring.set_password("durastore-tui", f"root@{sandbox.url}", sandbox.users["root"])
        row = json.loads(away("profiles", "test", "lake", "--json").out)
    assert row["password"] == "keyring"


@pytest.mark.parametrize("backend", [Locked, Broken])
def test_a_keyring_that_fails_is_one_sentence_that_repeats_no_password(
    away: Cli, file: Path, backend: type[Locked]
) -> None:
    with using(backend()):
        added = away(*ADD, "--password-stdin", stdin="hush-hush\n")
        assert added.code == 2
        assert "The keyring did not take the password of acme" in added.err
        assert "hush" not in added.err
        asked = away("stores", "list", "--profile", "acme")
        assert asked.code == 2
        assert "The keyring did not give the password of acme" in asked.err
        removed = away("profiles", "remove", "acme")
        assert removed.code == 2
        assert "The profile acme is removed." in removed.err
        assert "did not give up the password" in removed.err


def test_without_a_keyring_none_is_promised(away: Cli, file: Path) -> None:
    added = away(*ADD, "--password-stdin", stdin="hush-hush\n")
    assert added.code == 2
    assert "There is no keyring here" in added.err
    assert away("profiles", "add", "other", "--url", "https://x.example", "--keyring").code == 2


def test_a_profile_that_cannot_be_used_is_listed_with_its_reason_and_can_be_removed(
    away: Cli, file: Path, sandbox: SandboxServer
) -> None:
    written(file, sandbox, '[profiles.old]\nurl = "https://old.example"\nca_file = "/nowhere/ca.pem"\n')
    listed = away("profiles", "list", "--json")
    assert [(row["name"], row["readOnly"]) for row in json.loads(listed.out)] == [("lake", False), ("old", None)]
    assert "profiles.toml, line 8: There is no certificate file" in listed.err
    assert away("profiles", "remove", "old").code == 0
    assert "old" not in file.read_text()


def test_a_name_that_was_meant_otherwise_is_answered_with_the_nearest(
    away: Cli, file: Path, sandbox: SandboxServer
) -> None:
    written(file, sandbox)
    for verb in ("test", "remove"):
        refused = away("profiles", verb, "lakr")
        assert (refused.code, refused.err) == (5, "durastore-tui: There is no profile lakr; did you mean lake?\n")
