"""What a person typed, in the form that is sent, and what to know about it. Values that are wrong stay as they are."""

import re
import unicodedata
from ipaddress import IPv4Network, ip_network
from urllib.parse import SplitResult, quote, urlsplit

from durastore_tui.core.tasks.model import Value
from durastore_tui.core.text import sendable

_PORTS = {"http": 80, "https": 443}
_KEPT = "%/:?#[]@!$&()*+,;=-._~"
"""What a redirect keeps as it is. An apostrophe is not among them: it ends a string in the server's cookie page."""
_PRIVATE_RANGES = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16")
_PRIVATE = tuple(map(IPv4Network, _PRIVATE_RANGES))


def as_origins(value: Value) -> Value:
    """Each origin as browsers send it: trimmed, in lower case, in punycode, without the port that goes without saying
    and without a slash at the end."""
    return tuple(map(_origin, value)) if isinstance(value, tuple) else _origin(str(value))


def as_redirect(value: Value) -> Value:
    """The address percent-encoded and its host in punycode; what is encoded already stays."""
    text = str(value).strip()
    parts = _split(text)
    if parts is None or re.search(r"[\x00-\x20\x7f-\x9f]", text):
        return text
    host = _in_punycode(parts.hostname or "")
    netloc = re.sub(re.escape(parts.hostname or ""), host, parts.netloc, count=1, flags=re.IGNORECASE)
    return quote(parts._replace(netloc=netloc).geturl(), safe=_KEPT)


def trimmed(value: Value) -> Value:
    """Without blanks around it."""
    return value.strip() if isinstance(value, str) else value


def private_range(value: Value) -> str | None:
    """The warning about a range that no viewer comes from, or None."""
    try:
        network = ip_network(str(value), strict=False)
    except ValueError:
        return None
    if not isinstance(network, IPv4Network) or not any(network.subnet_of(each) for each in _PRIVATE):
        return None
    return f"{value} is a private range. CloudFront sees the public IPv4 address of viewers, so no viewer matches."


def _origin(text: str) -> str:
    origin = text.strip()
    parts = _split(origin)
    if parts is None or parts.path not in ("", "/") or parts.query or parts.fragment or origin[-1:] in ("?", "#"):
        return origin
    if parts.username is not None or parts.scheme not in _PORTS:
        return origin
    host = _in_punycode(parts.hostname or "")
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}"


def _split(text: str) -> SplitResult | None:
    """The parts of an absolute address that can be encoded, or None."""
    if not sendable(text):
        return None
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts if parts.scheme and parts.hostname else None


def _in_punycode(host: str) -> str:
    return ".".join(map(_label, unicodedata.normalize("NFKC", host.lower()).replace("\u3002", ".").split(".")))


def _label(label: str) -> str:
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"
