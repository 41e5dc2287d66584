"""The logins of this machine: the profiles of the file, and which of them have a password without asking anybody."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

from durastore_tui.api.request_log import RequestLog
from durastore_tui.config.profile import Profile, endpoint_of, of_file
from durastore_tui.config.profile_file import Held
from durastore_tui.core.clock import Clock
from durastore_tui.core.endpoint import Endpoint
from durastore_tui.core.errors import BadInput
from durastore_tui.services import secrets
from durastore_tui.services.in_order import in_order
from durastore_tui.services.session import Session, open_session

AT_ONCE = 4
NO_PASSWORD = "No password is at hand."  # noqa: S105  # the sentence for there being none


class Account(NamedTuple):
    """A profile of the file; `endpoint` is its login, or None and `why_not` is a sentence. Nobody was asked whether
    the login is good. `profile` is None where the file's own words make none."""

    name: str
    profile: Profile | None
    endpoint: Endpoint | None = None
    why_not: str = ""


async def at_hand(held: Held, environ: Mapping[str, str], only: Collection[str] | None = None) -> list[Account]:
    """Every profile of the file, in its order, or `only` those; what is wrong with one stays with that one."""
    wanted = [name for name in held.profiles if only is None or name in only]
    return [found async for found in in_order(wanted, lambda name: _account(name, held, environ), AT_ONCE)]


@asynccontextmanager
async def session_of(
    account: Account, clock: Clock, store: str | None = None, log: RequestLog | None = None
) -> AsyncIterator[Session]:
    """A session for as long as the block lasts; raises BadInput (also for an account without a login) and the error
    tree."""
    if account.profile is None or account.endpoint is None:
        raise BadInput("profile", f"{account.name}: {account.why_not}")
    session = await open_session(account.profile, account.endpoint.password, clock, store, log)
    try:
        yield session
    finally:
        await session.close()


async def _account(name: str, held: Held, environ: Mapping[str, str]) -> Account:
    profile: Profile | None = None
    try:
        profile = of_file(name, environ, held)
        if not profile.user:
            return Account(name, profile, None, "It names no user.")
        found = await secrets.at_hand(profile, environ)
        if found is None:
            return Account(name, profile, None, NO_PASSWORD)
        endpoint = endpoint_of(profile, found[0])
        endpoint.check()
    except BadInput as wrong:
        return Account(name, profile, None, wrong.sentence)
    return Account(name, profile, endpoint)
