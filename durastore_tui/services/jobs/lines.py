"""One line to each profile's server, for as long as its login is good."""

from collections.abc import Callable

from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import Unauthorized
from durastore_tui.services.jobs.server import Line

Connect = Callable[[Endpoint, Clock], Line]


class Lines:
    """`endpoint_of` is asked anew each time: a login may come, change or go while the jobs run."""

    def __init__(self, endpoint_of: Callable[[str], Endpoint | None], connect: Connect, clock: Clock) -> None:
        self._endpoint_of = endpoint_of
        self._connect = connect
        self._clock = clock
        self._lines: dict[Endpoint, Line] = {}
        self._barred: set[Endpoint] = set()

    def of(self, profile: str) -> Line | None:
        """The line, or None while nobody is logged in or the server refuses the login."""
        endpoint = self._endpoint_of(profile)
        if endpoint is None or endpoint in self._barred:
            return None
        if endpoint not in self._lines:
            self._lines[endpoint] = self._connect(endpoint, self._clock)
        return self._lines[endpoint]

    def bar(self, line: Line) -> None:
        """Asks nothing more with a login that the server answered with 401."""
        self._barred |= {endpoint for endpoint, each in self._lines.items() if each is line}

    def check(self, profile: str) -> None:
        """Raises Unauthorized while that is the only login to the profile."""
        endpoint = self._endpoint_of(profile)
        if endpoint in self._barred:
            raise Unauthorized(f"follow the jobs of {profile}", 401, f"{endpoint.user} is not let in")

    async def close(self) -> None:
        """Hangs up everywhere."""
        for line in self._lines.values():
            await line.server.close()
