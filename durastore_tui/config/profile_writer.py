"""Changes the file of profiles and leaves a person's comments where they are."""

from collections.abc import Mapping
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from durastore_tui.config import places, toml_lines
from durastore_tui.config.files import replace_file
from durastore_tui.config.profile_file import NAME, Held, Value, checked, read
from durastore_tui.core.errors import BadInput


def add(name: str, values: Mapping[str, Value], path: Path | None = None) -> Path:
    """Adds a profile and returns the file; raises BadInput for a name that is taken, and for what the file's own
    check refuses."""
    path = path or places.profiles()
    if not NAME.fullmatch(name):
        raise BadInput("profile", f"{name!r} is no name of a profile: letters, digits, - and _ make one.")
    if name in read(path).profiles:
        raise BadInput("profile", f"There is a profile {name} already: remove it first, or edit {path}.")
    document = _document(path)
    table = tomlkit.table()
    for key, value in values.items():
        table.add(key, value)
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    profiles[name] = table
    _write(path, tomlkit.dumps(document))
    return path


def remove(name: str, path: Path | None = None) -> None:
    """Takes a profile out, and the word that it is the default; raises BadInput when it is not there. Comments inside
    of it go too; those above it and below it stay."""
    path = path or places.profiles()
    held = read(path)
    held.named(name)
    document = _document(path)
    below = _comments_below(document["profiles"][name])
    del document["profiles"][name]
    if held.default == name:
        document.remove("default")
    _write(path, _with(tomlkit.dumps(document), below, held, name))


def _comments_below(table: object) -> list[str]:
    """What a person wrote under the last value, from the first blank line on: it is about what comes next."""
    if not isinstance(table, Table):
        return []
    own: list[str] = []
    for key, item in reversed(table.value.body):
        if key is not None:
            break
        own.insert(0, item.as_string())
    lines = "".join(own).splitlines()
    blank = next((number for number, line in enumerate(lines) if not line.strip()), 0)
    return "\n".join(lines[blank:]).strip("\n").splitlines()


def _with(text: str, comments: list[str], held: Held, gone: str) -> str:
    """Puts them back: above the profile that came next, or at the end."""
    if not comments:
        return text
    names = list(held.profiles)
    starts = dict(toml_lines.lines(text))
    next_ones = (starts.get(("profiles", name)) for name in names[names.index(gone) + 1 :])
    line = next((line for line in next_ones if line), None)
    lines = text.splitlines(keepends=True)
    before, after = (lines, []) if line is None else (lines[: line - 1], lines[line - 1 :])
    end = "\r\n" if "\r\n" in text else "\n"
    apart = [end] if before and before[-1].strip() else []
    return "".join([*before, *apart, *(f"{comment}{end}" for comment in comments), *after])


def _document(path: Path) -> tomlkit.TOMLDocument:
    return tomlkit.parse(path.read_bytes().decode("utf-8-sig")) if path.exists() else tomlkit.document()


def _write(path: Path, text: str) -> None:
    """All or nothing, for its owner alone, and never what could not be read again. A link stays one: what it points
    to is written."""
    checked(text, path.name)
    try:
        places.make_folder_of(path)
        replace_file(path.resolve(), (text.rstrip("\n") + "\n").encode())
    except OSError as error:
        raise BadInput("profile", f"{path} was not written: {error.strerror}.") from None
