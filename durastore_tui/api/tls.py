"""How a connection is secured, how it was, and whether it failed at that."""

import os
import ssl
import sys
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import truststore

from durastore_tui.core.errors import BadInput, CertificateExpired, Untrusted, WrongHost

_EXPIRED, _NOT_YET_VALID, _OTHER_HOST, _OTHER_ADDRESS = 10, 9, 62, 64
"""OpenSSL's codes of a certificate check that failed."""
_KINDS: dict[int, type[Untrusted]] = {
    _EXPIRED: CertificateExpired,
    _NOT_YET_VALID: CertificateExpired,
    _OTHER_HOST: WrongHost,
    _OTHER_ADDRESS: WrongHost,
}


class Tls(NamedTuple):
    """`version` as in TLSv1.3; `issuer` and `until` (a date) of the server's certificate, "" where it says none."""

    version: str
    issuer: str = ""
    until: str = ""


def client_context(ca_file: Path | None, *, trust_env: bool = True) -> ssl.SSLContext:
    """Verifies against the system's authorities and the own one when given; with `trust_env` also against those of
    SSL_CERT_FILE and SSL_CERT_DIR. Raises BadInput, which names the option or the variable."""
    file, folder = (os.environ.get(name, "") if trust_env else "" for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"))
    return _context(ca_file, file, folder)


@lru_cache(maxsize=4)
def _context(ca_file: Path | None, cert_file: str, cert_dir: str) -> ssl.SSLContext:
    # truststore finds the authorities of every system, but reads their file at each handshake, which takes 30 ms.
    # Where OpenSSL finds them by itself, they are read once.
    context = ssl.create_default_context() if _openssl_finds() else truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if cert_file:
        _load(context, "SSL_CERT_FILE names", Path(cert_file))
    if cert_dir:
        if not any(Path(folder).is_dir() for folder in cert_dir.split(os.pathsep)):
            raise BadInput("ca_file", f"SSL_CERT_DIR names {cert_dir}, which is not a folder. Correct it or unset it.")
        context.load_verify_locations(capath=cert_dir)
    if ca_file:
        _load(context, "ca_file names", ca_file)
    return context


def _openssl_finds() -> bool:
    if sys.platform in ("darwin", "win32"):
        return False
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or (paths.capath and any(Path(paths.capath).glob("????????.0"))))


def _load(context: ssl.SSLContext, named_by: str, file: Path) -> None:
    try:
        context.load_verify_locations(cafile=file)
    except ssl.SSLError:
        why = "no PEM certificate in it"
    except OSError as error:
        why = error.strerror or type(error).__name__
    else:
        return
    raise BadInput("ca_file", f"{named_by} {file}, which is not a readable certificate file: {why}.")


def tls_of(response: httpx.Response) -> Tls | None:
    """What secured the connection of this answer; None over plain http."""
    stream = response.extensions.get("network_stream")
    secured = stream.get_extra_info("ssl_object") if stream else None
    if secured is None:
        return None
    shown = secured.getpeercert() or {}
    return Tls(secured.version() or "TLS", _issuer(shown), _day(shown))


def tls_failure(error: BaseException) -> tuple[type[Untrusted], str] | None:
    """The kind of a TLS failure and its words; None where TLS was not what failed, such as the network under it."""
    if isinstance(error, ssl.SSLCertVerificationError):
        words = f"the server's certificate is not accepted: {error.verify_message.rstrip('.')}"
        return _KINDS.get(error.verify_code, Untrusted), words
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Untrusted, str(error)
    return None


def _issuer(shown: dict[str, Any]) -> str:
    names = {key: value for part in shown.get("issuer", ()) for key, value in part}
    return str(names.get("organizationName") or names.get("commonName") or "")


def _day(shown: dict[str, Any]) -> str:
    """As in "2027-01-31"."""
    ends = shown.get("notAfter")
    return f"{datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC):%Y-%m-%d}" if ends else ""
