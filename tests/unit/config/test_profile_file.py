"""The file of profiles: what is wrong is said with its line, and never with a secret."""

import os
import shlex
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
        ("user = jo", "line 2: this is no TOML: a text stands in quotes."),
        ('user = "jo', "line 2: this is no TOML: a quote is missing at the end of this line."),
        ('user = "jo"\nuser = "ben"', "line 3: profiles.acme.user is there twice, first in line 2."),
        ("default = true", 'line 2: default stands above all profiles, as in default = "acme".'),
        ('environment = "QA"', "line 2: environment is one of PROD, TEST, DEMO."),
        ("user = 3", "line 2: user is a text in quotes."),
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
        ('# x\n[acme]\nurl = "https://a.example"\n', "line 2: there is no setting acme; a profile is called [profiles"),
        ('[profiles.a]\nurl = "https://a.example"\n[profile.b]\nurl = "x"\n', "line 3: there is no setting profile;"),
        ('default = "a"\ndefault = "b"\n', "line 2: default is there twice, first in line 1."),
        (
            '[profiles.a]\nurl = "https://a.example"\n[profiles.a]\n',
            "line 3: profiles.a is there twice, first in line 1.",
        ),
        ("default = 3\n", "line 1: there is no profile of that name"),
        ("what is this\n", "line 1: this is no TOML"),
    ],
)
def test_a_file_of_another_shape_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(text, "profiles.toml")
    assert sentence in refused.value.sentence


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('url = "acme.example"', "profiles.toml, line 3: an address begins with https://"),
        ('url = "http://a.example"', "profiles.toml, line 3: a.example is asked over plain http"),
        ('url = "https://a.example"\nuser = "a:b"', "profiles.toml, line 4: a user name has no colon"),
        ('url = "https://a.example"\nca_file = "/nowhere"', "profiles.toml, line 4: There is no certificate file"),
        ('url = "https://a.example"\ntimeout = 0', "profiles.toml, line 4: The time-out is in seconds"),
    ],
)
def test_a_value_that_cannot_be_used_is_blamed_on_its_line_and_harms_no_other_profile(line: str, says: str) -> None:
    text = f"# ours\n[profiles.acme]\n{line}\n[profiles.birch]\nurl = 'https://b.example'\n"
    with pytest.raises(BadInput) as refused:
        resolved(GlobalOptions(profile="acme"), text=text)
    assert refused.value.sentence.startswith(says)
    assert resolved(GlobalOptions(profile="birch"), text=text).name == "birch"


def test_an_option_is_not_blamed_on_the_file() -> None:
    with pytest.raises(BadInput) as refused:
        resolved(GlobalOptions(profile="acme", timeout=0.0))
    assert "profiles.toml" not in refused.value.sentence


def test_how_a_profile_was_chosen_is_said_too() -> None:
    chosen = [
        resolved(GlobalOptions(profile="acme")),
        resolved(GlobalOptions(), {"DURASTORE_PROFILE": "trial"}),
        resolved(GlobalOptions()),
        resolved(GlobalOptions(url="http://127.0.0.1:9/durastore")),
        of_file("trial", {}, held()),
    ]
    assert [(each.name, each.origins["name"]) for each in chosen] == [
        ("acme", "--profile"),
        ("trial", "DURASTORE_PROFILE"),
        ("acme", "profiles.toml:2"),
        ("trial", "the address"),
        ("trial", "profiles.toml:10"),
    ]


def test_a_run_that_is_read_only_seals_any_profile() -> None:
    sealed = of_file("trial", {}, held()).as_sealed()
    assert (sealed.read_only, sealed.sealed, sealed.origins["read_only"]) == (True, True, "--read-only")


def test_a_mark_of_the_byte_order_and_other_line_ends_are_read(tmp_path: Path) -> None:
    file = tmp_path / "profiles.toml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert set(read(file).profiles) == {"acme", "trial"}


@pytest.mark.parametrize("key", ["pwd", "pw", "password", "Password", "passwd", "api_token", "secret"])
def test_a_password_in_the_file_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked(f'[profiles.acme]\nurl = "https://acme.example"\n{key} = "hush-hush"\n', "profiles.toml")
    assert "line 3" in refused.value.sentence
    assert "never kept in this file" in refused.value.sentence
    assert "hush-hush" not in refused.value.sentence


def test_a_password_in_an_address_of_the_file_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadInput) as refused:
        checked('[profiles.acme]\nurl = "https://jo:hush-hush@acme.example"\n', "profiles.toml")
    assert "line 2: a password is never kept in this file" in refused.value.sentence
    assert "hush-hush" not in refused.value.sentence


def test_an_unknown_profile_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadInput) as refused:
        resolve(GlobalOptions(profile="amce"), {}, held())
    assert "did you mean acme?" in refused.value.sentence


def test_no_file_is_no_profile_and_one_that_is_no_text_is_said(tmp_path: Path) -> None:
    assert read(tmp_path / "profiles.toml") == Held()
    (tmp_path / "profiles.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match=r"profiles\.toml, line 1: the text is not UTF-8"):
        read(tmp_path / "profiles.toml")


def test_what_is_no_file_is_named_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "profiles.toml"
    path.mkdir()
    with pytest.raises(BadInput, match=r"profiles\.toml is a folder\. Move it away"):
        read(path)
    path.rmdir()
    os.mkfifo(path)
    with pytest.raises(BadInput, match=r"profiles\.toml is not a regular file\. Move it away"):
        read(path)
    with pytest.raises(BadInput, match=r"cannot be read: Not a directory\. Correct its path"):
        read(path / "below")


def test_what_may_not_be_read_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "profiles.toml"
    path.touch()

    def forbidden(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(BadInput, match=rf"No permission to read {path}\. Run: chmod u\+r {path}"):
        read(path)


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
@pytest.mark.parametrize("of", ["file", "folder", "target", "the target's folder"])
def test_a_file_that_others_can_change_is_refused_with_what_to_run(tmp_path: Path, mode: int, of: str) -> None:
    here, there = tmp_path / "con fig", tmp_path / "dotfiles"
    here.mkdir(0o700)
    there.mkdir(0o700)
    path, target = here / "profiles.toml", there / "profiles.toml"
    target.write_text("")
    target.chmod(0o600)
    if of == "file":
        target.rename(path)
    else:
        path.symlink_to(target)
    place = {"file": path, "folder": here, "target": target, "the target's folder": there}[of]
    assert read(path) == Held(default_origin="profiles.toml:1")
    place.chmod(mode | 0o100)
    with pytest.raises(BadInput) as refused:
        read(path)
    assert refused.value.sentence == (
        f"Other users can change {place}, and its password_command is run. Run: chmod go-w {shlex.quote(str(place))}"
    )
    place.chmod(0o700)
    read(path)


def test_a_sticky_folder_is_no_danger(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "profiles.toml").touch(0o600)
    folder.chmod(0o1777)
    read(folder / "profiles.toml")


def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "profiles.toml"
    path.touch(0o600)
    owner = path.stat().st_uid
    monkeypatch.setattr("durastore_tui.config.config_file.ROOT", -1)
    monkeypatch.setattr("os.geteuid", lambda: owner + 1)
    with pytest.raises(BadInput, match=rf"belongs to another user \(uid {owner}\).*Run: sudo chown {owner + 1} "):
        read(path)
