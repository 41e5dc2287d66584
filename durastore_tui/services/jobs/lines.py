"""One line to each profile's server, for as long as its login is good."""

from collections.abc import Callable

from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import Unauthorized
from durastore_tui.services.jobs.server import Line

Connect = Callable[[Endpoint, Clock], Line]


class Lines:
    """`endpoint_of` is asked anew each time: a login may come, change or go while the jobs run. Who logs in again
    brings an endpoint of their own, and with it a new line, be the password the old one or not."""

    def __init__(self, endpoint_of: Callable[[str], Endpoint | None], connect: Connect, clock: Clock) -> None:
        self._endpoint_of = endpoint_of
        self._connect = connect
        self._clock = clock
        self._lines: list[tuple[Endpoint, Line]] = []
        self._barred: list[Endpoint] = []

    def of(self, profile: str) -> Line | None:
        """The line, or None while nobody is logged in or the server refuses the login."""
        endpoint = self._endpoint_of(profile)
        if endpoint is None or self._is_barred(endpoint):
            return None
        for known, line in self._lines:
            if known is endpoint:
                return line
        line = self._connect(endpoint, self._clock)
        self._lines.append((endpoint, line))
        return line

    def user_of(self, profile: str) -> str:
        """The login that the line has, empty without one."""
        endpoint = self._endpoint_of(profile)
        return endpoint.user if endpoint else ""

    def bar(self, line: Line) -> None:
        """Asks nothing more with a login that the server answered with 401."""
        self._barred += [endpoint for endpoint, each in self._lines if each is line]

    def check(self, profile: str) -> None:
        """Raises Unauthorized while that is the only login to the profile."""
        endpoint = self._endpoint_of(profile)
        if endpoint and self._is_barred(endpoint):
            raise Unauthorized(f"follow the jobs of {profile}", 401, f"{endpoint.user} is not let in")

    async def close(self) -> None:
        """Hangs up everywhere."""
        for _, line in self._lines:
            await line.server.close()

    def _is_barred(self, endpoint: Endpoint) -> bool:
        return any(each is endpoint for each in self._barred)
