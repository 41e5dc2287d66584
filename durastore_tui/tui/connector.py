"""The late way from the start to the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from durastore_tui.config.profile import Profile
from durastore_tui.core.clock import Clock
from durastore_tui.core.secret import Secret
from durastore_tui.tui.start import Connect, Services

if TYPE_CHECKING:
    from durastore_tui.tui.services import Opener


def connector() -> Connect:
    """A way to connect: opens a session, and follows the jobs of all that it opened with one runner. Raises BadInput
    and the error tree. Imports httpx and pydantic once it is used."""
    opener: list[Opener] = []

    async def connect(profile: Profile, password: Secret, store: str | None, clock: Clock) -> Services:
        from durastore_tui.tui.services import Opener

        if not opener:
            opener.append(Opener())
        return await opener[0].open(profile, password, store, clock)

    return connect
