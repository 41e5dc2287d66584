"""Sessions: the cookie that the container sets, and that lets the same login in with any password (protocol §17)."""

import secrets
from http.cookies import CookieError, SimpleCookie

from durastore_tui.sandbox.wire.messages import Request

COOKIE = "JSESSIONID"

MOST = 1_000
"""Older sessions are forgotten."""


class Sessions:
    """In memory, as they are in the container: a restart ends them."""

    def __init__(self) -> None:
        self._logins: dict[str, str] = {}

    def login(self, request: Request) -> str | None:
        """Who this client was when it logged in."""
        return self._logins.get(_id_of(request))

    def begin(self, login: str, path: str) -> tuple[str, str]:
        """Remembers a login; the header that tells the client."""
        session = secrets.token_hex(16).upper()
        self._logins[session] = login
        if len(self._logins) > MOST:
            del self._logins[next(iter(self._logins))]
        return "Set-Cookie", f"{COOKIE}={session}; Path={path}; HttpOnly"

    def end(self, request: Request) -> None:
        self._logins.pop(_id_of(request), None)


def _id_of(request: Request) -> str:
    try:
        found = SimpleCookie(request.header("cookie") or "").get(COOKIE)
    except CookieError:
        return ""
    return "" if found is None else found.value
