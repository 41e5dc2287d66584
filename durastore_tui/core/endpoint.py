"""Where a server is and who asks: everything the transport needs, and the rules an address must keep."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from durastore_tui.core.errors import BadInput
from durastore_tui.core.secret import Secret
from durastore_tui.core.text import sendable

_WEB_UI = re.compile(r"/duradmin(/|$)", re.IGNORECASE)
_IPV4_LOOPBACK = re.compile(r"127(\.\d{1,3}){3}")


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine; names under `.localhost` are (RFC 6761)."""
    name = host.rstrip(".").lower()
    return name in ("localhost", "::1") or name.endswith(".localhost") or bool(_IPV4_LOOPBACK.fullmatch(name))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A DuraStore and a login. `url` ends in the context path; `timeout` is seconds a request, None as each needs."""

    url: str
    user: str
    password: Secret
    ca_file: Path | None = None
    allow_http: bool = False
    timeout: float | None = None

    @property
    def host(self) -> str:
        """Host name of the address, without the port."""
        return urlsplit(self.url).hostname or ""

    @property
    def loopback(self) -> bool:
        """Whether the server runs on this machine."""
        return is_loopback(self.host)

    @property
    def plain(self) -> bool:
        """Whether everything goes over the wire in the clear."""
        return urlsplit(self.url).scheme == "http"

    def check(self) -> None:
        """Raises BadInput when nothing may be sent there."""
        if wrong := self._wrong_address():
            raise BadInput("url", wrong)
        if self.plain and not (self.loopback or self.allow_http):
            raise BadInput("url", f"{self.host} is asked over plain http: the password would be readable on the way")
        if ":" in self.user:
            raise BadInput("user", "a user name has no colon")
        for field, right in (("user", sendable(self.user)), ("password", self.password.sendable)):
            if not right:
                raise BadInput(field, f"the {field} holds bytes that are no text")

    def _wrong_address(self) -> str | None:
        try:
            parts = urlsplit(self.url)
            _ = parts.port
        except ValueError as error:
            return f"not an address: {error}"
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "an address begins with https:// (or http:// on this machine) and a host name"
        if parts.username is not None or parts.password is not None:
            return "user and password do not belong into the address"
        if _WEB_UI.match(parts.path):
            api = f"{parts.scheme}://{parts.netloc}/durastore"
            return f"this is the address of the web UI; the REST API is at {api}"
        if parts.query or parts.fragment:
            return "an address has no ? and no #"
        return None
