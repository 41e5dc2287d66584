"""Where to connect: command line, environment, default."""

from pathlib import Path

import pytest

from durastore_tui.cli.options import GlobalOptions
from durastore_tui.config.profile import Environment, Profile, password_of, resolve
from durastore_tui.core.errors import BadInput

SERVER = "https://acme.duracloud.org/durastore"


def resolved(asked: GlobalOptions, environ: dict[str, str] | None = None) -> Profile:
    profile = resolve(asked, environ or {})
    assert profile is not None
    return profile


def test_without_any_server_there_is_no_profile() -> None:
    assert resolve(GlobalOptions(user="ana"), {"DURASTORE_USER": "ben"}) is None


def test_the_command_line_wins_over_the_environment_and_says_so() -> None:
    profile = resolved(GlobalOptions(url=SERVER), {"DURASTORE_URL": "https://other.example", "DURASTORE_USER": "ben"})
    assert (profile.url, profile.user) == (SERVER, "ben")
    assert profile.origins["url"] == "--url"
    assert profile.origins["user"] == "DURASTORE_USER"


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"DURACLOUD_HOST": "acme.duracloud.org"}, SERVER),
        ({"DURACLOUD_HOST": "acme.duracloud.org", "DURACLOUD_PORT": "443"}, SERVER),
        ({"DURACLOUD_HOST": "localhost", "DURACLOUD_PORT": "8080"}, "http://localhost:8080/durastore"),
    ],
)
def test_the_names_of_other_tools_are_understood_with_their_port_rule(environ: dict[str, str], url: str) -> None:
    assert resolved(GlobalOptions(), environ).url == url


def test_the_names_of_other_tools_come_after_our_own() -> None:
    environ = {"DURASTORE_URL": SERVER, "DURACLOUD_HOST": "old.example", "DURACLOUD_USER": "ben"}
    profile = resolved(GlobalOptions(), environ)
    assert (profile.url, profile.user) == (SERVER, "ben")


@pytest.mark.parametrize(
    ("url", "environment"),
    [
        (SERVER, Environment.PROD),
        ("http://127.0.0.1:9/durastore", Environment.TEST),
        ("http://[::1]:9/durastore", Environment.TEST),
        ("http://x.localhost:9/durastore", Environment.TEST),
        ("https://localhost.example.org", Environment.PROD),
        ("https://127.0.0.1.example.org", Environment.PROD),
    ],
)
def test_a_server_that_is_not_on_this_machine_counts_as_production(url: str, environment: Environment) -> None:
    assert resolved(GlobalOptions(url=url)).environment is environment


@pytest.mark.parametrize(
    ("url", "whole", "name"),
    [
        ("https://acme.duracloud.org", SERVER, "acme.duracloud.org"),
        ("https://acme.duracloud.org:443/durastore/", SERVER, "acme.duracloud.org"),
        ("http://127.0.0.1:8/cedar/durastore", "http://127.0.0.1:8/cedar/durastore", "127.0.0.1:8/cedar"),
        ("https://ACME.duracloud.org", SERVER, "acme.duracloud.org"),
    ],
)
def test_one_server_has_one_address_and_one_name(url: str, whole: str, name: str) -> None:
    profile = resolved(GlobalOptions(url=url))
    assert (profile.url, profile.name) == (whole, name)


@pytest.mark.parametrize(
    "url",
    [
        "acme.duracloud.org",
        "ftp://acme.duracloud.org",
        "https://",
        "https://host:notaport/",
        "https://[::1/",
        "https://ana:secret@acme.duracloud.org",
        SERVER + "?x=1",
        SERVER + "#x",
        "http://acme.duracloud.org/durastore",
    ],
)
def test_a_url_that_cannot_be_right_is_refused_with_a_sentence_and_without_its_secret(url: str) -> None:
    with pytest.raises(BadInput) as refused:
        resolve(GlobalOptions(url=url), {})
    assert refused.value.field == "url"
    assert "secret" not in refused.value.sentence


def test_a_profile_that_is_not_there_is_said_to_be_missing_but_a_url_is_stronger_than_the_environment() -> None:
    for asked, environ in (
        (GlobalOptions(profile="none", url=SERVER), {}),
        (GlobalOptions(), {"DURASTORE_PROFILE": "none"}),
    ):
        with pytest.raises(BadInput) as refused:
            resolve(asked, environ)
        assert refused.value.field == "profile"
    assert resolved(GlobalOptions(url=SERVER), {"DURASTORE_PROFILE": "none"}).url == SERVER


def test_plain_http_to_elsewhere_can_be_allowed_by_name() -> None:
    profile = resolved(GlobalOptions(url="http://acme.example/durastore", allow_http=True))
    assert profile.allow_http
    assert profile.url == "http://acme.example/durastore"


def test_a_certificate_file_must_be_there(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.touch()
    assert resolved(GlobalOptions(url=SERVER), {"DURASTORE_CA_FILE": str(file)}).ca_file == file
    with pytest.raises(BadInput):
        resolve(GlobalOptions(url=SERVER, ca_file=tmp_path / "none.pem"), {})


@pytest.mark.parametrize("timeout", [0.0, -1.0, float("nan"), float("inf")])
def test_a_time_out_is_a_number_of_seconds(timeout: float) -> None:
    with pytest.raises(BadInput):
        resolve(GlobalOptions(url=SERVER, timeout=timeout), {})


def test_the_password_comes_from_the_environment_alone_and_never_shows_itself() -> None:
    password = password_of({"DURASTORE_PASSWORD": "hush", "DURACLOUD_PASSWORD": "other"})
    assert password is not None
    assert password.reveal() == "hush"
    assert "hush" not in f"{password!r} {password}"
    assert password_of({"DURACLOUD_PASSWORD": "other"}) is not None
    assert password_of({}) is None
