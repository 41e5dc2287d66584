"""Lines 1 to 4 around a place, drawn from its state."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from durastore_tui.core.clock import in_words, waiting_words
from durastore_tui.core.far import far
from durastore_tui.core.glyphs import Shade
from durastore_tui.core.job_summary import brief_of_jobs
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Ready, Resource, Stale
from durastore_tui.tui import actions
from durastore_tui.tui.actions import Action
from durastore_tui.tui.context import PlaceView
from durastore_tui.tui.places import crumb
from durastore_tui.tui.refresh import Refresh
from durastore_tui.tui.screens.drawers import Drawers
from durastore_tui.tui.widgets.bars import CrumbBar, Crumbs, JobsStrip, KeyBar, Status, StatusBar
from durastore_tui.tui.widgets.facts import Hint
from durastore_tui.tui.wording import age, ago, fresh, phrase, span
from durastore_tui.tui.write_window import READ_ONLY, lock_words

if TYPE_CHECKING:
    from durastore_tui.api.stores import Store


class FramedPlace(PlaceView, Protocol):
    """What the four lines say of a place."""

    @abstractmethod
    def coverage(self) -> Crumbs:
        """Filter, sort, count and marks for line 2."""

    @abstractmethod
    def shown(self) -> Resource[Any]:
        """What line 1 gives the age of."""

    @abstractmethod
    def asked_every(self) -> timedelta | None:
        """How often the place is read again by itself."""


class FrameLines:
    """Draws the lines of one place; `refresh` knows its failures, and `drawers` is drawn with the jobs."""

    def __init__(self, place: FramedPlace, refresh: Refresh, drawers: Drawers) -> None:
        self._place = place
        self._refresh = refresh
        self._drawers = drawers
        self._drawn_read_only = False
        self._drawn_ms: float | None = None
        self._drawn_jobs: tuple[Job, ...] | None = None

    def draw(self) -> None:
        """Draw all of them."""
        self.draw_status()
        self._draw_crumbs()
        self._draw_jobs()
        self._place.screen.query_one(KeyBar).show(tuple(self.hints(action for action in self._actions if action.bar)))

    def draw_lock(self) -> None:
        """Draw the countdown on line 1, and the whole place if the server may be changed now, or no more."""
        if self._lock_is_drawn:
            self.draw_status()
        else:
            self._place.tick()

    def draw_each_second(self) -> None:
        """Draw what changes by the second. Over a slow line the times of jobs go on with `tick` alone."""
        if far() and self._lock_is_drawn and not self.waiting:
            return
        self.draw_lock()
        self._draw_jobs()

    def note_lock(self) -> None:
        """Note that the place is drawn as the lock is now."""
        self._drawn_read_only = self._lock == READ_ONLY

    @property
    def waiting(self) -> str:
        """How long an answer is waited for, if that is long."""
        place = self._place
        since = place.session.log.waiting_since if place.session else None
        return waiting_words(place.server.link.since or since, place.now)

    @property
    def next_keys(self) -> tuple[Hint, ...]:
        """What can be done with the thing in view, for the end of a panel."""
        return tuple(self.hints(action for action in self._actions if action.panel))

    def hints(self, shown: Iterator[Action]) -> Iterator[Hint]:
        """The keys of these actions, dimmed where they are not possible."""
        for action in shown:
            on = why_refused(self._place, action) is None
            yield Hint(action.key_text, action.label, on=on, changes=action.changes, does=action.id)

    @property
    def _actions(self) -> Iterator[Action]:
        return actions.of(self._place.scope)

    @property
    def _lock(self) -> str:
        profile, session = self._place.server.profile, self._place.session
        return lock_words(session.window if session else None, bool(profile and profile.read_only))

    @property
    def _lock_is_drawn(self) -> bool:
        return self._drawn_read_only == (self._lock == READ_ONLY)

    def draw_status(self) -> None:
        """Draw line 1."""
        place, server = self._place, self._place.server
        profile, link = server.profile, server.link
        every = place.asked_every()
        period = None if every is None else self._refresh.period(every)
        at = _read_at(place.shown())
        age_words, age_short, age_shade = _age(at, period, place.durastore.frozen, place.now)
        clock = "" if link.failed else in_words(server.ahead)
        store = place.session.store if place.session else None
        place.screen.query_one(StatusBar).show(
            Status(
                environment=profile.environment if profile else "",
                profile=profile.name if profile else "no server",
                store=_store_words(store, len(server.services.session.stores) - 1) if store and server.services else "",
                login=profile.user if profile else "",
                lock=self._lock,
                colour=profile.colour if profile else None,
                connection=self.waiting or clock or " ".join(filter(None, (link.words, self._latency(link.ms)))),
                connection_shade="bad" if link.failed else "warn" if clock else "",
                age=age_words,
                age_short=age_short,
                age_shade=age_shade,
            )
        )

    def _latency(self, ms: float | None) -> str:
        """Stays until it is twice or half of what is drawn: every other answer would paint line 1."""
        if ms is None or self._drawn_ms is None or not self._drawn_ms / 2 < ms < self._drawn_ms * 2:
            self._drawn_ms = ms
        return "" if self._drawn_ms is None else f"{self._drawn_ms:.0f} ms"

    def _draw_crumbs(self) -> None:
        place = self._place
        is_merged = place.screen.has_class("-short")
        jobs = brief_of_jobs(place.server.own_jobs) if is_merged else ""
        path = tuple(crumb(each) for each in place.place.trail())
        place.screen.query_one(CrumbBar).show(place.coverage()._replace(path=path, jobs=jobs))

    def _draw_jobs(self) -> None:
        place = self._place
        jobs = place.durastore.jobs
        if jobs == self._drawn_jobs and not any(job.open for job in jobs):
            return
        self._drawn_jobs = jobs
        place.screen.query_one(JobsStrip).show(place.server.own_jobs, place.now, place.server.ahead)
        self._drawers.draw()


def why_refused(place: PlaceView, action: Action) -> str | None:
    """Why an action is not possible in this place now, or None. A change that cannot be journaled is never sent."""
    services = place.server.services
    if action.changes and services and (trouble := services.jobs.journal_trouble):
        return trouble.sentence
    return place.why_not(action)


def _read_at(shown: Resource[Any]) -> datetime | None:
    return shown.at if isinstance(shown, Ready | Stale) else None


def _age(at: datetime | None, period: timedelta | None, frozen: bool, now: datetime) -> tuple[str, str, Shade]:
    """How old what is shown is: long, short, and its look; in seconds only where a painted line costs nothing."""
    if at is None:
        return ("FROZEN", "FROZEN", "warn") if frozen else ("", "", "dim")
    if frozen:
        return f"FROZEN, read {ago(at, now)}", f"FROZEN {age(at, now)}", "warn"
    if period is None:
        words = age(at, now)
        return f"read {words}", f"read {words}", "dim"
    words, every = fresh(at, now), span(period)
    return f"read {phrase(words)}, every {every}", f"{words}/{every}", "dim"


def _store_words(store: Store, others: int) -> str:
    """The store that requests go to, and how to get to another one."""
    return f"store {store.id} {store.type}" + (f" ({actions.key('stores')}: {others} more)" if others else "")
