"""Every value of a profile with where it came from: for `profiles test`, and for the page in the UI."""

from collections.abc import Mapping
from typing import NamedTuple

from durastore_tui.config.profile import DEFAULT, Profile
from durastore_tui.core.errors import BadInput
from durastore_tui.core.proxies import proxy_for

KEYS = ("name", "url", "user", "environment", "read_only", "colour", "ca_file", "allow_http", "timeout")
UNSAID = {"read_only": "by environment", "timeout": "by request", "ca_file": "the system's authorities"}


class Value(NamedTuple):
    """`text` is "-" where there is none; `origin` is an option, a variable, a file with its line, or a word."""

    key: str
    text: str
    origin: str


def values_of(profile: Profile, environ: Mapping[str, str]) -> tuple[Value, ...]:
    """All of them but the password, then the proxy that the environment names for this server."""
    keys = (*KEYS, "password_command") if profile.password_command else KEYS
    values = (Value(key, _text(profile, key), profile.origins.get(key, DEFAULT)) for key in keys)
    return (*values, _proxy(profile, environ))


def _proxy(profile: Profile, environ: Mapping[str, str]) -> Value:
    try:
        proxy = proxy_for(profile.url, environ)
    except BadInput as wrong:
        return Value("proxy", f"cannot be used. {wrong.sentence}", "environment")
    return Value("proxy", proxy.url, proxy.variable) if proxy else Value("proxy", "none", DEFAULT)


def _text(profile: Profile, key: str) -> str:
    value = getattr(profile, key)
    if value in (None, ""):
        return UNSAID.get(key, "-")
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
