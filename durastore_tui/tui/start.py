"""What the app is started with, and the one late way from there to the services."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from durastore_tui.config.profile import Profile, Typed, resolve
from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.tui.history import Place

SPACES = Place("spaces")
JOBS_END_WITHIN = 1.5

if TYPE_CHECKING:
    from durastore_tui.services.jobs import Jobs
    from durastore_tui.services.preservation import Preservation
    from durastore_tui.services.prober import Prober
    from durastore_tui.services.reports import Reports
    from durastore_tui.services.session import Session
    from durastore_tui.services.spaces import Spaces


class Found(NamedTuple):
    """A server that became known after the first paint; `notice` is a sentence for the person, or nothing."""

    profile: Profile
    password: Secret
    notice: str = ""


class Services(NamedTuple):
    """What the screens work with once a server answered."""

    session: Session
    spaces: Spaces
    jobs: Jobs
    prober: Prober
    reports: Reports
    preservation: Preservation

    async def close(self) -> None:
        """Closes the connections; jobs go on in the journal, and are followed again by whoever comes next."""
        await asyncio.to_thread(self.jobs.stop, JOBS_END_WITHIN)
        await self.session.close()


Connect = Callable[[Profile, Secret, str | None, Clock], Awaitable[Services]]


async def connect(profile: Profile, password: Secret, store: str | None, clock: Clock) -> Services:
    """Opens the session and starts the jobs; raises BadInput and the error tree. Imports httpx and pydantic."""
    from durastore_tui.tui.services import open_services

    return await open_services(profile, password, store, clock)


def typed_profile(url: str, user: str) -> Profile | None:
    """The profile of a URL and a user that were typed; raises BadInput naming the field."""
    profile = resolve(Typed(url, user), {})
    return profile.on_screen() if profile else None


class Start(NamedTuple):
    """Without a profile (or a password) the app asks for them, and `login` makes the profile of what was typed.
    `find` gives both later, as the demo's server does; the profile is then a first word for line 1. `find` raises
    the error tree and BadInput, and is called again by retry. `root` is the place that opens first."""

    profile: Profile | None = None
    password: Secret | None = None
    store: str | None = None
    find: Callable[[], Awaitable[Found]] | None = None
    login: Callable[[str, str], Profile | None] = typed_profile
    connect: Connect = connect
    clock: Clock = WallClock()
    root: Place = SPACES
