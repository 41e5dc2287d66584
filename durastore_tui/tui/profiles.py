"""From one server to another in place: its password is looked for, and the person comes back to where they were."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from durastore_tui.core.errors import BadInput
from durastore_tui.tui.messages import LoginWanted, Told

if TYPE_CHECKING:
    from durastore_tui.config.profile import Profile
    from durastore_tui.tui.app import DurastoreApp


def use_profile(app: DurastoreApp, name: str) -> None:
    """Logs in with the profile of that name; asks for its password when none is at hand."""
    app.run_worker(_use(app, name), group="connect", exclusive=True, exit_on_error=False, description="use a profile")


async def _use(app: DurastoreApp, name: str) -> None:
    from durastore_tui.config import profile_file
    from durastore_tui.config.profile import of_file

    try:
        profile = of_file(name, os.environ, profile_file.read())
    except BadInput as wrong:
        app.post_message(Told(wrong.sentence, "error"))
    else:
        await _log_in(app, profile)


def log_in(app: DurastoreApp, profile: Profile) -> None:
    """Logs in with a password that is at hand, or asks for it."""
    app.run_worker(_log_in(app, profile), group="connect", exclusive=True, exit_on_error=False, description="log in")


async def _log_in(app: DurastoreApp, profile: Profile) -> None:
    from durastore_tui.services import secrets

    try:
        found = await secrets.at_hand(profile, os.environ)
    except BadInput as wrong:
        app.post_message(Told(wrong.sentence, "error"))
        found = None
    if found:
        app.post_message(LoginWanted(profile, found[0]))
    else:
        ask(app, profile)


def ask(app: DurastoreApp, profile: Profile | None) -> None:
    """Opens the form for a profile, or for any other server; what is connected stays until it is sent off."""
    from durastore_tui.tui.screens.connect import ConnectScreen

    app.push_screen(ConnectScreen(profile, app.start.login), app.login_closed)


def leave_for(app: DurastoreApp, profile: Profile) -> None:
    """Lets the server go before another one is asked, so that nothing of one is ever shown under the other's name."""
    services = app.services
    if services is None or services.session.profile.name == profile.name:
        return
    app.left_at[services.session.profile.name] = app.places.here.place
    app.close_services(services)
    app.begin_anew(None)


def come_back(app: DurastoreApp) -> None:
    """To the place where the person was when they left this server."""
    if app.profile and (place := app.left_at.pop(app.profile.name, None)):
        app.places.go(place)
