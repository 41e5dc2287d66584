"""What makes a value wrong, as a sentence for the field; None when it is right."""

import re
from ipaddress import IPv4Network
from urllib.parse import SplitResult, quote_plus, urlsplit

from durastore_tui.core.tasks.model import Value

_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f-\x9f]")


def space_id(value: Value) -> str | None:
    """The server's rules for space ids, in its order and its words (protocol §3.4)."""
    text = str(value)
    if not 3 <= len(text.strip()) <= 42:
        return "Space ID must be between 3 and 42 characters long"
    if not re.fullmatch("[a-z0-9.-]+", text):
        return "Only lowercase letters, numbers, periods, and dashes may be used in a Space ID"
    if not text[0].isalpha():
        return "A Space ID must begin with a lowercase letter."
    if re.search(r"\.\d[^.]*$", text):
        return "The last period in a Space ID may not be immediately followed by a number."
    if text.endswith("-"):
        return "A Space ID must end with a lowercase letter, number, or period"
    if any(pair in text for pair in ("..", "-.", ".-")):
        return "A Space ID must not contain '..' '-.' or '.-'"
    return None


def content_id(value: Value) -> str | None:
    """The server's rules for content ids (protocol §4)."""
    text = str(value)
    for refused in "?\\":
        if refused in text:
            return f"Content ID may not include the '{refused}' character"
    if len(text.encode(errors="surrogatepass")) > 1024 or len(quote_plus(text, errors="surrogatepass")) > 1024:
        return "Content ID must <= 1024 bytes after URL and UTF-8 encoding"
    return None


def origins(value: Value) -> str | None:
    """Origins as browsers send them: scheme, host, port, each once; one `*` may stand for a part (protocol §7.3)."""
    seen: set[str] = set()
    for origin in value if isinstance(value, tuple) else (str(value),):
        if wrong := _origin(origin):
            return wrong
        if origin.lower() in seen:
            return f"{origin} is there twice"
        seen.add(origin.lower())
    return None


def _origin(origin: str) -> str | None:
    parts = _split(origin)
    if "://" not in origin:
        return f"{origin or 'an empty origin'} has no scheme: write https://{origin or '…'}"
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return f"{origin} is no origin: write a scheme and a host, as in https://library.example"
    if parts.username is not None or parts.path or parts.query or parts.fragment or origin[-1] in "?#":
        return f"{origin} is more than an origin: leave out everything but the scheme and the host"
    return f"{origin} has more than one *" if origin.count("*") > 1 else None


def web_url(value: Value) -> str | None:
    """An absolute http or https address without blanks."""
    parts = _split(str(value))
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "write a whole address, as in https://player.example/watch"
    return None


def _split(text: str) -> SplitResult | None:
    if _UNPRINTABLE.search(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def cidr(value: Value) -> str | None:
    """An IPv4 address range as in 203.0.113.0/24 (protocol §7.7)."""
    text = str(value)
    address, slash, length = text.partition("/")
    if ":" in address:
        return f"{text} is an IPv6 range. CloudFront compares IPv4 addresses of viewers: enter an IPv4 range"
    try:
        IPv4Network(address)
    except ValueError:
        return f"{text} is not a valid CIDR range: enter four numbers and a prefix length, as in 203.0.113.0/24"
    if not slash:
        return f"{text} has no prefix length. For a single address, enter {text}/32"
    if not (length.isascii() and length.isdigit() and int(length) <= 32):
        return f"{text} is not a valid CIDR range: the prefix length must be 0 to 32"
    return None


def email(value: Value) -> str | None:
    """One address, as far as its shape goes: the server checks nothing (protocol §7.9)."""
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+", str(value)):
        return "write one e-mail address, as in name@library.example"
    return None


def description(value: Value) -> str | None:
    """At most 512 characters: what the bridge keeps."""
    over = len(str(value)) - 512
    return f"{over} characters too many: 512 are kept" if over > 0 else None


def snapshot_id(value: Value) -> str | None:
    """At least account, store, space and time, joined by underscores: with less the server fails (protocol §7.19)."""
    if str(value).count("_") < 3:
        return "a snapshot id has the form account_store_space_2026-01-31-23-59-59"
    return None
