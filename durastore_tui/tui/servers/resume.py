"""Coming back: where the person was on a server, in this run or the last one."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.css.query import NoMatches

from durastore_tui.core.errors import BadInput
from durastore_tui.tui.background import in_background
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Visit

if TYPE_CHECKING:
    from durastore_tui.tui.context import AppContext, Server

KEEP_EVERY = 3.0
"""Seconds; what was filtered and marked since then is lost when the program is killed."""


async def read_visits(server: Server) -> str:
    """Reads the visits of the last run, once; what to tell the person, or nothing."""
    visits, words = server.app.visits, ""
    if not visits.loaded:
        try:
            await asyncio.to_thread(visits.load)
        except BadInput as wrong:
            words = wrong.sentence
    if server.begins_fresh:
        visits.forget(server.name)
    return words


def remember(server: Server) -> None:
    """Notes where the person is on it now, and how they look at it."""
    if server.services:
        here, store = server.places.here, server.services.session.store.id
        server.app.visits.note(server.name, Visit(here.place, here.lens, store, server.app.start.clock.now()))


def go_on(server: Server) -> None:
    """To where a link leads, or where the person was the last time, if that store is the current one."""
    visit, then, server.then = server.app.visits.last(server.name), server.then, None
    if then:
        server.places.go(*then)
    elif visit and server.services:
        if visit.store in (None, server.services.session.store.id):
            server.places.go(visit.place, visit.lens)
        elif server.asked_store is None:
            words = f"You were in store {visit.store}, which is not here any more."
            server.app.post_message(Told(words, profile=server.name))


def keep_up(app: AppContext) -> None:
    """Notes and writes where the person is, where that is news."""
    if not (app.services and app.screen_stack):
        return
    last = app.visits.last(app.server.name)
    with suppress(NoMatches):  # a place whose list goes away just now, for the app ends
        remember(app.server)
    now = app.visits.last(app.server.name)
    if now and (last is None or (last.place, last.lens) != (now.place, now.lens)):
        save_visits(app.server)


def save_visits(server: Server) -> None:
    """Writes them, behind what is painted."""
    visits = server.app.visits
    if visits.kept:
        in_background(server.app, partial(asyncio.to_thread, visits.save), "visits", "write the visits")
