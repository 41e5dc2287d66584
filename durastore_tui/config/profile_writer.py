"""Changes the file of profiles and leaves a person's comments where they are."""

import os
from collections.abc import Mapping
from pathlib import Path

import tomlkit

from durastore_tui.config import places
from durastore_tui.config.profile_file import NAME, Value, checked, read
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
    """Takes a profile out, and the word that it is the default; raises BadInput when it is not there."""
    path = path or places.profiles()
    held = read(path)
    held.named(name)
    document = _document(path)
    del document["profiles"][name]
    if held.default == name:
        document.remove("default")
    _write(path, tomlkit.dumps(document))


def _document(path: Path) -> tomlkit.TOMLDocument:
    return tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()


def _write(path: Path, text: str) -> None:
    """All or nothing, for its owner alone, and never what could not be read again."""
    checked(text, path.name)
    new = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600), "w") as file:
            file.write(text.rstrip("\n") + "\n")
        new.replace(path)
    except OSError as error:
        raise BadInput("profile", f"{path} was not written: {error.strerror}.") from None
