"""From one server to another in place: one that is held is there at once, else its password is looked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.config import profile_file
from durastore_tui.config.profile import of_file
from durastore_tui.core.errors import BadInput
from durastore_tui.tui.background import in_background
from durastore_tui.tui.messages import LoginWanted, Told
from durastore_tui.tui.places import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from durastore_tui.config.profile import Profile
    from durastore_tui.config.profile_file import Held
    from durastore_tui.core.jobs import Job
    from durastore_tui.tui.context import AppContext, Server
    from durastore_tui.tui.places import Lens

    Choice = tuple[str, str, Callable[[], object]]
    Then = tuple[Place, Lens | None] | None


def use_profile(app: AppContext, name: str, then: Then = None) -> None:
    """Shows the server of that profile, and `then` a place of it; logs in first where nobody did, and asks for the
    password when none is at hand."""
    server = app.connections.of_profile(name)
    if server is None:
        in_background(app, partial(_use, app, name, then), "use", "use a profile", exclusive=True)
    else:
        _show(server, then)
        if not (server.services or server.connecting or server.refused):
            app.connections.connect()


def open_job(app: AppContext, job: Job) -> None:
    """Goes to the job, at its own server where that can be had."""
    if job.profile != app.server.name and can_go_to(app, job.profile):
        use_profile(app, job.profile, (Place("job", parent=Place("jobs"), job=job.id), None))
    else:
        app.places.go(app.places.here.place.child("job", job=job.id))


def can_go_to(app: AppContext, name: str) -> bool:
    """Whether that profile is held, or at least in the file."""
    if app.connections.of_profile(name):
        return True
    try:
        return name in _written().profiles
    except BadInput:
        return False


def choices(app: AppContext) -> Iterator[Choice]:
    """What `@` offers: the servers that are held, then the other profiles of the file; name, how it stands, and what
    is run. Then any other server, and what is known of each."""
    names = []
    for server in app.servers:
        if server.name:
            names.append(server.name)
            yield label(server.name, server.profile), server.words(), partial(use_profile, app, server.name)
    try:
        held = _written()
    except BadInput as wrong:
        yield "the file of profiles", wrong.sentence, partial(app.post_message, Told(wrong.sentence, "error"))
    else:
        for name in held.profiles:
            if app.connections.of_profile(name) is None:
                names.append(name)
                profile, words = _on_file(name, held)
                refused = "its password was refused; its jobs are not followed"
                words = refused if name in app.refused_logins else words
                yield label(name, profile), words, partial(use_profile, app, name)
    yield "another server", "A form for its address and login.", partial(ask, app, None)
    for name in names:
        yield f"about {name}", "Every value of its profile, and where it came from.", partial(about, app, name)


def label(name: str, profile: Profile | None) -> str:
    """A server in a list: its name, and the word that says how careful to be."""
    return f"server {name}  {profile.environment}" if profile else f"server {name}"


def known(app: AppContext) -> dict[str, Profile]:
    """The profiles that `@` offers, by their labels, as far as they can be read."""
    profiles = [server.profile for server in app.servers if server.profile]
    with suppress(BadInput):
        held = _written()
        on_file = [_on_file(name, held)[0] for name in held.profiles if app.connections.of_profile(name) is None]
        profiles += [profile for profile in on_file if profile]
    return {label(profile.name, profile): profile for profile in profiles}


def about(app: AppContext, name: str | None = None) -> None:
    """Opens the page of where every value of a profile came from, or of the one in view."""
    from durastore_tui.tui.dialogs.profile_page import show_values

    show_values(app, name)


def log_in(app: AppContext, profile: Profile, then: Then = None) -> None:
    """Logs in with a password that is at hand, or asks for it."""
    in_background(app, partial(_log_in, app, profile, then), "use", "log in", exclusive=True)


def ask(app: AppContext, profile: Profile | None, then: Then = None, words: str = "") -> None:
    """Opens the form for a profile, or for any other server; what is connected stays. `then` as use_profile; `words`
    say why a password is asked for."""
    from durastore_tui.tui.dialogs.connect import ConnectScreen

    app.push_screen(ConnectScreen(profile, app.start.login, words, then), app.connections.login_closed)


def _show(server: Server, then: Then) -> None:
    server.app.connections.show_server(server)
    if then and server.services:
        server.places.go(*then)
    elif then:
        server.then = then


def _written() -> Held:
    """The profiles of the file; raises BadInput."""
    return profile_file.read()


def _on_file(name: str, held: Held) -> tuple[Profile | None, str]:
    """A profile of the file with its address, or None with what is wrong with it."""
    try:
        profile = of_file(name, os.environ, held)
    except BadInput as wrong:
        return None, wrong.sentence
    return profile, profile.url


async def _use(app: AppContext, name: str, then: Then) -> None:
    try:
        profile = of_file(name, os.environ, _written())
    except BadInput as wrong:
        app.post_message(Told(wrong.sentence, "error"))
    else:
        await _log_in(app, profile, then)


async def _log_in(app: AppContext, profile: Profile, then: Then) -> None:
    from durastore_tui.services import secrets

    found, words = None, ""
    try:
        found = await secrets.at_hand(profile, os.environ)
    except BadInput as wrong:
        words = wrong.sentence
        app.add_note(words, "error", profile.name)
    if found:
        app.post_message(LoginWanted(profile, found[0], then))
    else:
        ask(app, profile, then, words)
