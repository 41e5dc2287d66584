"""A page about one server: every value of its profile, and where each came from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from durastore_tui.config import profile_file
from durastore_tui.config.profile import DEFAULT, Environment, Profile, of_file
from durastore_tui.config.provenance import Value, values_of
from durastore_tui.core.errors import BadInput
from durastore_tui.core.glyphs import Shade
from durastore_tui.services import secrets
from durastore_tui.tui.background import in_background
from durastore_tui.tui.dialogs.connect import consequence
from durastore_tui.tui.dialogs.reading import ReadingScreen
from durastore_tui.tui.messages import Told
from durastore_tui.tui.widgets.bars import COLOURS
from durastore_tui.tui.widgets.facts import Block, Fact, Gap, Heading, Words

if TYPE_CHECKING:
    from durastore_tui.tui.context import AppContext

ORDER = "An option goes before the environment, the environment before the file, the file before a default."
OF_THE_DEMO = "the demo's own"


class ProfileScreen(ReadingScreen):
    """`source` is where the next login takes its password from; the password itself is nowhere near."""

    def __init__(self, profile: Profile, source: str) -> None:
        super().__init__(f"Where {profile.name} comes from", tuple(_blocks(profile, source)))


def show_values(app: AppContext, name: str | None = None) -> None:
    """Opens the page of the profile of that name, or of the server in view."""
    in_background(app, partial(_show, app, name), "values", "where a profile comes from", exclusive=True)


async def _show(app: AppContext, name: str | None) -> None:
    try:
        profile = _named(app, name) if name else app.profile
    except BadInput as wrong:
        app.post_message(Told(wrong.sentence, "error"))
        return
    if profile is None:
        app.post_message(Told("There is no server yet: @ names one."))
        return
    app.push_screen(ProfileScreen(profile, await _source(profile)))


def _named(app: AppContext, name: str) -> Profile:
    """As it is in use, else as it would be used."""
    server = app.connections.of_profile(name)
    if server and server.profile:
        return server.profile
    return app.start.sealed(of_file(name, os.environ, profile_file.read()))


async def _source(profile: Profile) -> str:
    if profile.environment is Environment.DEMO and not profile.kept:
        return OF_THE_DEMO
    return await secrets.source(profile, os.environ)


def _blocks(profile: Profile, source: str) -> Iterator[Block]:
    yield Words(consequence(profile), "warn" if profile.environment is Environment.PROD else "")
    yield Gap()
    for value in values_of(profile, os.environ):
        yield Fact(value.key.replace("_", " "), f"{value.text}  ({value.origin})", _shade(value, profile))
    yield Fact("password", f"•••  ({source})")
    yield Heading("Which one counts")
    yield Words(ORDER, "dim")
    yield Words("The password is the one of the next login; it is never in the file.", "dim")


def _shade(value: Value, profile: Profile) -> Shade:
    if value.key == "colour":
        return COLOURS.get(profile.colour or "", "dim")
    return "dim" if value.origin == DEFAULT else ""
