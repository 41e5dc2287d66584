"""What the app is started with, and the one late way from there to the services."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, NamedTuple

from durastore_tui.config.profile import Profile, Typed, resolve
from durastore_tui.core.clock import Clock, WallClock
from durastore_tui.core.secret import Secret
from durastore_tui.tui.places import Place

SPACES = Place("spaces")
HOME = Place("home")

if TYPE_CHECKING:
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.jobs.logins import Logins
    from durastore_tui.services.prober import Prober
    from durastore_tui.services.reports import Reports
    from durastore_tui.services.session import Session
    from durastore_tui.services.snapshot_list import Preservation
    from durastore_tui.services.spaces import Spaces
    from durastore_tui.tui.visits import Visits


class Found(NamedTuple):
    """A server that became known after the first paint; `notice` is a sentence for the person, or nothing."""

    profile: Profile
    password: Secret
    notice: str = ""


class Services(NamedTuple):
    """What the screens of one server work with once it answered. The jobs, and the logins that they are followed
    with, are those of every server."""

    session: Session
    spaces: Spaces
    jobs: Jobs
    prober: Prober
    reports: Reports
    preservation: Preservation
    logins: Logins | None = None

    async def close(self, *, gently: bool = False) -> None:
        """Closes the connections of this server, `gently` once what is under way was answered; its jobs go on."""
        await self.session.close(gently=gently)


Connect = Callable[[Profile, Secret, str | None, Clock], Awaitable[Services]]


def typed_profile(url: str, user: str) -> Profile | None:
    """The profile of a URL and a user that were typed; raises BadInput naming the field."""
    profile = resolve(Typed(url, user), {})
    return profile.on_screen().as_typed("url", "user") if profile else None


class Start(NamedTuple):
    """Without a profile (or a password) the app asks for them, and `login` makes the profile of what was typed.
    `find` gives both later, as the demo's server does; the profile is then a first word for line 1. `find` raises
    the error tree and BadInput, and is called again by retry. `root` is the place that opens first; `visits` say
    where to go on, unless the server's world is `fresh`. `demo` starts the stand-in
    from the form, and raises as `find` does; `read_only` seals every server of this run."""

    profile: Profile | None = None
    password: Secret | None = None
    store: str | None = None
    find: Callable[[], Awaitable[Found]] | None = None
    login: Callable[[str, str], Profile | None] = typed_profile
    connect: Connect | None = None
    clock: Clock = WallClock()
    root: Place = HOME
    visits: Visits | None = None
    fresh: bool = False
    demo: Callable[[], Awaitable[Found]] | None = None
    read_only: bool = False

    def sealed(self, profile: Profile) -> Profile:
        """The profile as this run may use it: a run that is read-only changes nothing at any server."""
        return profile.as_sealed() if self.read_only else profile
