"""The file of profiles: what is wrong is said with its line, and never with a secret."""

from pathlib import Path

import pytest

from durastore_tui.cli.options import GlobalOptions
from durastore_tui.config.profile import Environment, Profile, of_file, resolve
from durastore_tui.config.profile_file import Held, checked, read
from durastore_tui.core.errors import BadInput

TEXT = """\
# ours
default = "acme"

[profiles.acme]
url = "https://acme.duracloud.org"
user = "jo"          # the curator
colour = "amber"
timeout = 20

[profiles.trial]
url = "http://127.0.0.1:9/durastore"
user = "root"
environment = "PROD"
read_only = false
password_command = "pass show trial"
"""


def held(text: str = TEXT) -> Held:
    return checked(text, "profiles.toml")


def resolved(asked: GlobalOptions, environ: dict[str, str] | None = None, text: str = TEXT) -> Profile:
    profile = resolve(asked, environ or {}, held(text))
    assert profile is not None
    return profile


def test_a_profile_says_the_line_of_each_value() -> None:
    profile = resolved(GlobalOptions(profile="acme"))
    assert (profile.name, profile.url, profile.user) == ("acme", "https://acme.duracloud.org/durastore", "jo")
    assert (profile.colour, profile.timeout) == ("amber", 20.0)
    assert profile.origins["url"] == "profiles.toml:5"
    assert profile.origins["user"] == "profiles.toml:6"
    assert profile.origins["environment"] == "the address"
    assert profile.origins["ca_file"] == "default"


def test_option_before_environment_before_file() -> None:
    environ = {"DURASTORE_USER": "ben"}
    by_file = resolved(GlobalOptions(profile="acme"))
    by_environment = resolved(GlobalOptions(profile="acme"), environ)
    by_option = resolved(GlobalOptions(profile="acme", user="cyd"), environ)
    assert [(each.user, each.origins["user"]) for each in (by_file, by_environment, by_option)] == [
        ("jo", "profiles.toml:6"),
        ("ben", "DURASTORE_USER"),
        ("cyd", "--user"),
    ]


def test_a_named_profile_takes_no_login_from_an_environment_of_another_server() -> None:
    environ = {"DURASTORE_URL": "https://other.example/durastore", "DURASTORE_USER": "ben", "DURASTORE_PASSWORD": "x"}
    profile = resolved(GlobalOptions(profile="acme"), environ)
    assert (profile.name, profile.user, profile.from_around) == ("acme", "jo", False)
    assert resolved(GlobalOptions(), environ).from_around


def test_an_address_that_a_profile_has_is_that_profile() -> None:
    profile = resolved(GlobalOptions(url="http://127.0.0.1:9/durastore/"))
    assert (profile.name, profile.environment, profile.origins["url"]) == ("trial", Environment.PROD, "--url")
    assert resolved(GlobalOptions(url="http://127.0.0.1:9", user="somebody else")).environment is Environment.TEST


def test_a_profile_and_the_address_of_another_server_are_one_too_many() -> None:
    with pytest.raises(BadInput) as refused:
        resolve(GlobalOptions(profile="acme", url="https://other.example"), {}, held())
    assert refused.value.field == "profile"


def test_without_a_word_the_default_of_the_file_is_taken_unless_the_environment_names_one() -> None:
    assert resolved(GlobalOptions()).name == "acme"
    assert resolved(GlobalOptions(), {"DURASTORE_PROFILE": "trial"}).name == "trial"


@pytest.mark.parametrize(
    ("name", "read_only"),
    [("acme", True), ("trial", False)],
)
def test_on_screen_prod_is_read_only_unless_the_profile_says_otherwise(name: str, read_only: bool) -> None:
    assert of_file(name, {}, held()).read_only is read_only


def test_scripts_may_change_prod_by_consent_but_not_what_is_read_only_by_name() -> None:
    assert resolved(GlobalOptions(profile="acme")).read_only is None
    shut = TEXT.replace("read_only = false", "read_only = true")
    assert resolved(GlobalOptions(profile="trial"), text=shut).read_only is True
    asked = resolved(GlobalOptions(profile="trial", read_only=True))
    assert (asked.read_only, asked.sealed) == (True, True)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('usr = "jo"', "profiles.toml, line 2: there is no setting usr; did you mean user?"),
        ('environment = "prod"', "environment is one of PROD, TEST, DEMO; did you mean PROD?"),
        ("timeout = true", "timeout is a number of seconds."),
        ('read_only = "yes"', "read_only is true or false."),
        ('colour = "gren"', "did you mean green?"),
        ("user = jo", "profiles.toml, line 2: this is no TOML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_what_was_meant(line: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(f'[profiles.acme]\n{line}\nurl = "https://acme.example"\n', "profiles.toml")
    assert sentence in refused.value.sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[profile.acme]\n", "line 1: there is no setting profile; did you mean profiles?"),
        ('default = "acne"\n[profiles.acme]\nurl = "https://a.example"\n', "line 1: there is no profile of that name"),
        ('[profiles.acme]\nuser = "jo"\n', "line 1: acme names no server"),
        ('[profiles."a b"]\nurl = "https://a.example"\n', "line 1: a name of a profile"),
        ("profiles = 3\n", "line 1: profiles are tables"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(text, "profiles.toml")
    assert sentence in refused.value.sentence


@pytest.mark.parametrize("key", ["password", "Password", "passwd", "api_token", "secret"])
def test_a_password_in_the_file_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(f'[profiles.acme]\nurl = "https://acme.example"\n{key} = "hush-hush"\n', "profiles.toml")
    assert "line 3" in refused.value.sentence
    assert "never kept in this file" in refused.value.sentence
    assert "hush-hush" not in refused.value.sentence


def test_an_unknown_profile_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInput) as refused:
        resolve(GlobalOptions(profile="amce"), {}, held())
    assert "did you mean acme?" in refused.value.sentence


def test_no_file_is_no_profile_and_one_that_is_no_text_is_said(tmp_path: Path) -> None:
    assert read(tmp_path / "profiles.toml") == Held()
    (tmp_path / "profiles.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput):
        read(tmp_path / "profiles.toml")
