"""How a connection was secured, and whether it failed at that."""

import ssl
from datetime import UTC, datetime
from typing import Any, NamedTuple

import httpx


class Tls(NamedTuple):
    """`version` as in TLSv1.3; `issuer` and `until` (a date) of the server's certificate, "" where it says none."""

    version: str
    issuer: str = ""
    until: str = ""


def tls_of(response: httpx.Response) -> Tls | None:
    """What secured the connection of this answer; None over plain http."""
    stream = response.extensions.get("network_stream")
    secured = stream.get_extra_info("ssl_object") if stream else None
    if secured is None:
        return None
    shown = secured.getpeercert() or {}
    return Tls(secured.version() or "TLS", _issuer(shown), _day(shown))


def is_tls_failure(error: BaseException) -> bool:
    """Whether TLS was what failed, and not the network under it."""
    return isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)


def _issuer(shown: dict[str, Any]) -> str:
    names = {key: value for part in shown.get("issuer", ()) for key, value in part}
    return str(names.get("organizationName") or names.get("commonName") or "")


def _day(shown: dict[str, Any]) -> str:
    """As in "2027-01-31"."""
    ends = shown.get("notAfter")
    return f"{datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC):%Y-%m-%d}" if ends else ""
