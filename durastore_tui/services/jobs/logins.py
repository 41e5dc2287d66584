"""What jobs may ask and send with: the logins that this program holds, or found at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from durastore_tui.api.request_log import RequestLog
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.services.jobs.server import Line, connect


class Login(NamedTuple):
    """`may_send` says whether the server may be changed from here, now; `log` hears of every request."""

    endpoint: Endpoint
    may_send: Callable[[], bool]
    log: RequestLog


class Logins:
    """By the names of their profiles. May be asked from any thread."""

    def __init__(self) -> None:
        self._logins: dict[str, Login] = {}

    def use(self, profile: str, login: Login) -> None:
        """The login of this profile from now on."""
        self._logins[profile] = login

    def known(self, profile: str) -> bool:
        """Whether there is one."""
        return profile in self._logins

    def endpoint_of(self, profile: str) -> Endpoint | None:
        """How to ask a profile's server."""
        login = self._logins.get(profile)
        return login.endpoint if login else None

    def may_send(self, profile: str) -> bool:
        """Whether it may be changed from here, now."""
        login = self._logins.get(profile)
        return login is not None and login.may_send()

    def connect(self, endpoint: Endpoint, clock: Clock) -> Line:
        """A line of the jobs' own; its requests are told to the login's log."""
        log = next((login.log for login in self._logins.values() if login.endpoint is endpoint), None)
        return connect(endpoint, clock, log)
