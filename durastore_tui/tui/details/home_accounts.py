"""The other accounts of this machine on Home: read once for all the Homes of the app."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from durastore_tui.config import profile_file
from durastore_tui.config.profile import Environment
from durastore_tui.core.errors import BadInput
from durastore_tui.core.resource import Empty, Ready
from durastore_tui.services import overview
from durastore_tui.services.account_overview import Accounts, figures_of
from durastore_tui.services.request_file import kept_log
from durastore_tui.tui.details.home_facts import AccountView

if TYPE_CHECKING:
    from durastore_tui.tui.context import AppContext


def accounts_of(app: AppContext) -> Accounts:
    """What the app knows of them, which is nothing at first."""
    if app.accounts is None:
        clock = app.start.clock
        app.accounts = Accounts(clock, lambda name: tuple(job for job in app.jobs if job.profile == name), kept_log)
    return app.accounts


async def read_accounts(app: AppContext, told: Callable[[], None], *, again: bool) -> None:
    """Finds the logins that are at hand and asks each of them that nobody holds, and whose password is good."""
    if app.profile and app.profile.environment is Environment.DEMO:
        return  # who plays with the demo means no server of theirs
    accounts = accounts_of(app)
    if again or accounts.found is None:
        try:
            await accounts.find(await asyncio.to_thread(profile_file.read), os.environ)
        except BadInput:
            return  # the list of servers says what is wrong with the file
    connected = {server.name for server in app.servers}
    await accounts.read({*connected, *app.refused_logins}, told, again=again)


def account_views(app: AppContext, but: str) -> list[AccountView]:
    """One for each login but this one; a server that the app holds tells out of what its places have read."""
    views = []
    accounts, now = accounts_of(app), app.start.clock.now()
    environments = {one.name: one.profile.environment for one in accounts.found or () if one.profile}
    for server in app.servers:
        if server.profile:
            environments[server.name] = server.profile.environment
    for name, environment in environments.items():
        if name == but:
            continue
        own = tuple(job for job in app.jobs if job.profile == name)
        holder, figures = app.connections.of_profile(name), accounts.held(name)
        if holder and (services := holder.services):
            held = services.preservation.found
            listed = held.listed if held else Empty()
            if isinstance(listed, Ready):
                figures = Ready(figures_of(services.preservation, services.spaces, own, now), listed.at)
        views.append(AccountView(name, environment, figures, len(overview.unresolved(own))))
    return views
