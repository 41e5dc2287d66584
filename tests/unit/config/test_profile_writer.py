"""Writing the file of profiles: a person's own words stay, nobody else can read it, and it is whole or as it was."""

import os
from pathlib import Path

import pytest

from durastore_tui.config import profile_writer
from durastore_tui.config.profile_file import read
from durastore_tui.core.errors import BadInput

TEXT = """\
# head
default = "b"

# first one
[profiles.a]
url = "https://a.example"  # A
# more of a

# about b
[profiles.b]
url = "https://b.example"
# last of b

# about c
# careful: PRODUCTION
[profiles.c]
url = "https://c.example"
# why jo
user = "jo"

# the end
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "profiles.toml"
    path.write_text(TEXT)
    return path


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("a", '[profiles.a]\nurl = "https://a.example"  # A\n# more of a\n\n'),
        ("b", '[profiles.b]\nurl = "https://b.example"\n# last of b\n\n'),
        ("c", '[profiles.c]\nurl = "https://c.example"\n# why jo\nuser = "jo"\n\n'),
    ],
)
def test_a_profile_goes_with_its_own_lines_and_nobody_elses(file: Path, name: str, gone: str) -> None:
    profile_writer.remove(name, file)
    left = file.read_text()
    expected = TEXT.replace(gone, "").replace('default = "b"\n' if name == "b" else "\0", "")
    assert [line for line in left.splitlines() if line] == [line for line in expected.splitlines() if line]
    assert set(read(file).profiles) == set("abc") - {name}


def test_what_is_added_and_removed_leaves_the_file_as_it_was(file: Path) -> None:
    profile_writer.add("d", {"url": "https://d.example", "read_only": True}, file)
    assert file.read_text().startswith(TEXT)
    assert dict(read(file).named("d").values) == {"url": "https://d.example", "read_only": True}
    profile_writer.remove("d", file)
    assert file.read_text() == TEXT


def test_a_profile_on_one_line_goes_alone(file: Path) -> None:
    file.write_text('[profiles]\na = {url = "https://a.example"}\n# on b\nb = {url = "https://b.example"}\n')
    profile_writer.remove("a", file)
    assert file.read_text() == '[profiles]\n# on b\nb = {url = "https://b.example"}\n'


def test_lines_end_as_they_did(file: Path) -> None:
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    profile_writer.remove("b", file)
    left = file.read_bytes()
    assert left.count(b"\n") == left.count(b"\r\n")
    assert b"# about c\r\n" in left


def test_the_file_is_for_its_owner_alone_whatever_it_was_before(file: Path, tmp_path: Path) -> None:
    file.chmod(0o644)
    profile_writer.remove("a", file)
    assert file.stat().st_mode & 0o777 == 0o600
    fresh = profile_writer.add("a", {"url": "https://a.example"}, tmp_path / "new" / "profiles.toml")
    assert (fresh.stat().st_mode & 0o777, fresh.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert os.listdir(fresh.parent) == ["profiles.toml"]  # noqa: PTH208  # hidden ones too


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "config" / "profiles.toml"
    link.parent.mkdir()
    link.symlink_to(file)
    profile_writer.remove("a", link)
    assert link.is_symlink()
    assert "a" not in read(file).profiles


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("a b", {"url": "https://x.example"}),
        ("a", {"url": "https://x.example"}),
        ("d", {"url": "https://x.example", "password": "hush"}),
        ("d", {"url": "https://jo:hush@x.example"}),
        ("d", {"colour": "red"}),
    ],
    ids=["no name", "taken", "a password", "a password in the address", "no server"],
)
def test_what_could_not_be_read_again_is_never_written(file: Path, name: str, values: dict[str, str]) -> None:
    with pytest.raises(BadInput) as refused:
        profile_writer.add(name, values, file)
    assert file.read_text() == TEXT
    assert "hush" not in refused.value.sentence


def test_a_profile_that_is_not_there_is_not_removed_and_the_nearest_is_named(file: Path) -> None:
    file.write_text(TEXT.replace("profiles.c]", "profiles.cedar]"))
    with pytest.raises(BadInput, match=r"There is no profile ceder; did you mean cedar\?"):
        profile_writer.remove("ceder", file)


def test_a_folder_that_takes_no_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    with pytest.raises(BadInput, match=r"was not written|cannot be read"):
        profile_writer.add("a", {"url": "https://a.example"}, tmp_path / "in-the-way" / "profiles.toml")
