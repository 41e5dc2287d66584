"""The file of profiles: what a person wrote there, checked, with the line of each value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from durastore_tui.config import places, toml_lines
from durastore_tui.config.config_file import check_owner, read_text
from durastore_tui.core.errors import BadInput, UnknownName
from durastore_tui.core.nearest import did_you_mean

ENVIRONMENTS = ("PROD", "TEST", "DEMO")
COLOURS = ("red", "amber", "green", "blue", "grey")
TEXT, SWITCH, NUMBER = "a text in quotes", "true or false", "a number of seconds"
KEYS = {
    "url": TEXT,
    "user": TEXT,
    "environment": TEXT,
    "colour": TEXT,
    "read_only": SWITCH,
    "ca_file": TEXT,
    "allow_http": SWITCH,
    "timeout": NUMBER,
    "password_command": TEXT,
}
ONE_OF = {"environment": ENVIRONMENTS, "colour": COLOURS}
SECRET = re.compile(r"pass(?!word_command)|^pwd?$|secret|token|credential", re.IGNORECASE)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
NO_SECRETS = (
    "a password is never kept in this file: take it out, and use password_command, the keyring or DURASTORE_PASSWORD"
)

Value = str | bool | float


@dataclass(frozen=True, slots=True)
class Written:
    """One profile of the file. `lines` has the line of each value, counted from 1; "name" is where it begins."""

    name: str
    values: Mapping[str, Value]
    lines: Mapping[str, int]
    file: str

    def origin(self, key: str) -> str:
        """As in `profiles.toml:7`."""
        return f"{self.file}:{self.lines[key]}" if key in self.lines else self.file


@dataclass(frozen=True, slots=True)
class Held:
    """What the file holds; `default` is the profile that is taken when none is named, and `default_origin` where that
    is said."""

    profiles: Mapping[str, Written] = field(default_factory=lambda: MappingProxyType({}))
    default: str | None = None
    default_origin: str = ""

    def named(self, name: str) -> Written:
        """The profile of that name; raises BadInput with the nearest name."""
        if name not in self.profiles:
            meant = _meant(name, self.profiles)
            raise UnknownName("profile", f"There is no profile {name}{meant or '; name the server with --url.'}")
        return self.profiles[name]


def read(path: Path | None = None) -> Held:
    """Reads and checks the file, by default the platform's; one that is not there holds nothing. Raises BadInput,
    which names the line, also for a file that other users can change."""
    path = path or places.profiles()
    text = read_text(path, "profile")
    if text is None:
        return Held()
    check_owner(path, "profile", "its password_command is run")
    return checked(text, path.name)


def checked(text: str, file: str) -> Held:
    """The profiles of a text; raises BadInput, which names the line and never a value."""
    table = toml_lines.parsed(text, file, "profile")
    return _Check(file, dict(toml_lines.lines(text))).held(table)


@dataclass(frozen=True, slots=True)
class _Check:
    """Goes through the table and stops at what is wrong first."""

    file: str
    lines: Mapping[tuple[str, ...], int]

    def held(self, table: Mapping[str, Any]) -> Held:
        for key, value in table.items():
            if key not in ("default", "profiles"):
                meant = _meant(key, ("default", "profiles"))
                table_of = f"; a profile is called [profiles.{key}]" if isinstance(value, dict) and not meant else ""
                raise self._wrong((key,), f"there is no setting {key}{meant or table_of}")
        profiles = table.get("profiles", {})
        if not isinstance(profiles, dict):
            raise self._wrong(("profiles",), "profiles are tables, as in [profiles.acme]")
        written = {name: self._written(name, values) for name, values in profiles.items()}
        default = table.get("default")
        if default is not None and default not in written:
            said = _meant(default, written) if isinstance(default, str) else ""
            raise self._wrong(("default",), f"there is no profile of that name{said}")
        return Held(MappingProxyType(written), default, f"{self.file}:{self.lines.get(('default',), 1)}")

    def _written(self, name: str, values: object) -> Written:
        here = ("profiles", name)
        if not NAME.fullmatch(name):
            raise self._wrong(here, "a name of a profile is made of letters, digits, - and _")
        if not isinstance(values, dict):
            raise self._wrong(here, f"a profile is a table, as in [profiles.{name}]")
        for key, value in values.items():
            self._check(here, key, value)
        if not values.get("url"):
            raise self._wrong(here, f"{name} names no server: url is missing")
        lines = {key: line for (*above, key), line in self.lines.items() if tuple(above) == here}
        lines["name"] = self.lines.get(here) or min(lines.values(), default=1)
        return Written(name, MappingProxyType(dict(values)), lines, self.file)

    def _check(self, here: tuple[str, ...], key: str, value: object) -> None:
        at = (*here, key)
        if SECRET.search(key):
            raise self._wrong(at, NO_SECRETS)
        if key == "default":
            raise self._wrong(at, f'default stands above all profiles, as in default = "{here[1]}"')
        if key not in KEYS:
            raise self._wrong(at, f"there is no setting {key}{_meant(key, KEYS)}")
        kinds = {TEXT: (str,), SWITCH: (bool,), NUMBER: (int, float)}
        if not isinstance(value, kinds[KEYS[key]]) or (KEYS[key] is NUMBER and isinstance(value, bool)):
            raise self._wrong(at, f"{key} is {KEYS[key]}")
        if key == "url" and _tells_a_password(str(value)):
            raise self._wrong(at, NO_SECRETS)
        if key in ONE_OF and value not in ONE_OF[key]:
            raise self._wrong(at, f"{key} is one of {', '.join(ONE_OF[key])}{_meant(str(value), ONE_OF[key])}")

    def _wrong(self, at: tuple[str, ...], sentence: str) -> BadInput:
        above = (self.lines[at[:end]] for end in range(len(at), 0, -1) if at[:end] in self.lines)
        below = (line for path, line in self.lines.items() if path[: len(at)] == at)
        line = next(above, None) or min(below, default=1)
        end = "" if sentence.endswith("?") else "."
        return BadInput("profile", f"{self.file}, line {line}: {sentence}{end}")


def _tells_a_password(url: str) -> bool:
    """As in https://jo:hush@host."""
    try:
        return urlsplit(url).password is not None
    except ValueError:
        return False


def _meant(word: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    return did_you_mean(word, known) or did_you_mean(word.upper(), known)
