"""Every value of a profile with where it came from: for `profiles test`, and for the page in the UI."""

from typing import NamedTuple

from durastore_tui.config.profile import DEFAULT, Profile

KEYS = ("name", "url", "user", "environment", "read_only", "colour", "ca_file", "allow_http", "timeout")
UNSAID = {"read_only": "by consent", "timeout": "as each request needs", "ca_file": "the usual authorities"}


class Value(NamedTuple):
    """`text` is "-" where there is none; `origin` is an option, a variable, a file with its line, or a word."""

    key: str
    text: str
    origin: str


def values_of(profile: Profile) -> tuple[Value, ...]:
    """All of them but the password, in the order in which a person asks for them."""
    keys = (*KEYS, "password_command") if profile.password_command else KEYS
    return tuple(Value(key, _text(profile, key), profile.origins.get(key, DEFAULT)) for key in keys)


def _text(profile: Profile, key: str) -> str:
    value = getattr(profile, key)
    if value in (None, ""):
        return UNSAID.get(key, "-")
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
