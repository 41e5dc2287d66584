"""What every screen shows: four fixed lines around a body, drawn from the state and from news of the app."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.worker import Worker

from durastore_tui.core.far import far
from durastore_tui.core.glyphs import Shade
from durastore_tui.core.job_summary import brief_of_jobs
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Ready, Resource, Stale
from durastore_tui.core.server_clock import in_words
from durastore_tui.core.waiting import waiting_words
from durastore_tui.services.changes.guard import guard
from durastore_tui.tui import actions
from durastore_tui.tui.actions import Action, Scope
from durastore_tui.tui.context import AppContext, Link, PlaceView, Target
from durastore_tui.tui.handlers.table import HANDLERS
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.places import Lens, Place, crumb
from durastore_tui.tui.reads import PlaceReads
from durastore_tui.tui.refresh import Refresh
from durastore_tui.tui.screens.frame import BY_HEIGHT, BY_WIDTH, compose_frame
from durastore_tui.tui.widgets.bars import CrumbBar, Crumbs, JobsStrip, KeyBar, Status, StatusBar
from durastore_tui.tui.widgets.facts import Hint
from durastore_tui.tui.widgets.looks import LOOKS
from durastore_tui.tui.wording import age, ago, fresh, phrase, span
from durastore_tui.tui.write_window import READ_ONLY, lock_words

if TYPE_CHECKING:
    from durastore_tui.api.stores import Store
    from durastore_tui.services.session import Session


class FourLines(PlaceView):
    """A screen of one place. Subclasses name their scope, compose `body` and answer for what the lines say."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)

    durastore = getters.app(AppContext)
    BINDINGS = bindings(Scope.ANYWHERE)
    HORIZONTAL_BREAKPOINTS = BY_WIDTH
    VERTICAL_BREAKPOINTS = BY_HEIGHT
    AUTO_FOCUS = "#list"

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._ticked_shut = False
        self._refresh = Refresh()
        self.reads = PlaceReads(self, lambda: self.in_view)
        self._ms: float | None = None
        self._jobs_drawn: tuple[Job, ...] | None = None

    @property
    def now(self) -> datetime:
        return self.durastore.start.clock.now()

    @property
    def server_now(self) -> datetime:
        """The time by the server's clock, which its own times are counted by."""
        return self.now + self.server.ahead

    @property
    def session(self) -> Session | None:
        services = self.server.services
        if services and self.of_snapshots and (found := services.preservation.found):
            return found.session
        return services.session if services else None

    @property
    def of_snapshots(self) -> bool:
        """Whether this place is about snapshots, wherever they are."""
        return self.place.snapshot is not None

    @property
    def on_top(self) -> bool:
        """Whether nothing lies over it: a place below is current to Textual, too. False while the app ends."""
        return self.app.screen_stack[-1:] == [self]

    @property
    def in_view(self) -> bool:
        """Whether one looks at this place, be there a sheet over it. Textual's `is_current` is true for the place below
        it as well."""
        places = (screen for screen in reversed(self.app.screen_stack) if isinstance(screen, FourLines))
        return next(places, None) is self

    def compose(self) -> ComposeResult:
        yield from compose_frame(self.body())

    @abstractmethod
    def body(self) -> ComposeResult:
        """The widgets between line 2 and line 3."""

    def on_mount(self) -> None:
        self.server.link_news.subscribe(self, self.link_changed)
        self.server.cache_news.subscribe(self, self.reads.publish, immediate=True)
        self.durastore.job_news.subscribe(self, self.job_changed)
        self.set_interval(15, self._tick_seldom)
        self.set_interval(1, self._tick_second)
        if self.server.services:
            self.read()

    def on_screen_resume(self) -> None:
        self.tick()

    def _compositor_refresh(self) -> None:
        """A place fills the terminal. Textual takes the one below for something that shines through, and paints the
        whole screen anew for whatever changes there: hundreds of kilobytes while rows come in."""
        if self.on_top or (self.app.screen_stack and not isinstance(self.app.screen, FourLines)):
            super()._compositor_refresh()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_lines)

    # What subclasses answer

    def begin(self) -> None:
        """Another server or store: what was held is of the old one."""
        self.read(again=True)

    def read(self, again: bool = False) -> None:
        """Starts to read what this place shows; `again` also what is held."""

    def link_changed(self, link: Link) -> None:
        """The server came, went or answered."""
        if self.in_view:  # whoever comes back to it draws all its lines, here and below
            self._draw_status()

    def job_changed(self, job: Job) -> None:
        """A job moved."""
        if self.in_view:
            self.draw_lines()

    def tick(self) -> None:
        """Time went by: ages are worded anew."""
        self._ticked_shut = self._shut()
        self.draw_lines()

    def subject(self) -> str | None:
        """The exact id of the space that actions act on."""
        return self.place.space

    def target(self) -> Target:
        """What actions act on."""
        here = self.place
        return Target(self, self.subject(), self.target_items(), self.marked_words(), here.snapshot, here.job)

    def target_items(self) -> tuple[str, ...]:
        """The marked items, else the one in view; none where the place is about spaces."""
        return ()

    def marked_words(self) -> str:
        """ "6 marked, 2 of them hidden by the filter": for every question about marked rows of which some are out of
        view, else nothing."""
        return ""

    def interrupt(self) -> bool:
        return False

    def reload(self) -> None:
        self.read(again=True)

    @property
    def lens(self) -> Lens:
        """How the place is looked at now."""
        return Lens()

    def look(self, lens: Lens) -> None:
        """Looks at the place like this; at once, or when its rows are there."""

    def coverage(self) -> Crumbs:
        """Filter, sort, count and marks for line 2."""
        return Crumbs(())

    def shown(self) -> Resource[Any]:
        """What line 1 tells the age of, and what is asked for again by itself."""
        return Empty()

    def read_at(self) -> datetime | None:
        """How old what is shown is."""
        match self.shown():
            case Ready(_, at) | Stale(_, at):
                return at
        return None

    def asked_every(self) -> timedelta | None:
        """How often `read_again` runs by itself while one looks; None for what is too long, or lies on this machine."""
        return None

    def read_again(self) -> None:
        """Reads again what is cheap to ask for, and moves nothing."""
        self.read()

    # The four lines

    def draw_lines(self) -> None:
        """Draws lines 1 to 4 from the state."""
        if not self.is_mounted:
            return
        self._draw_status()
        self._draw_crumbs()
        self._draw_jobs()
        self.draw_keys()

    def draw_keys(self) -> None:
        """Line 4: what can be done here, dimmed where it can't."""
        self.query_one(KeyBar).show(tuple(self.hints()))

    def hints(self) -> Iterator[Hint]:
        """The keys for the key bar."""
        return (self._hint(action) for action in actions.of(self.scope) if action.bar)

    def next_keys(self) -> Iterator[Hint]:
        """What can be done with the thing in view, for the end of a panel."""
        return (self._hint(action) for action in actions.of(self.scope) if action.panel)

    def _hint(self, action: Action) -> Hint:
        on = why_refused(self, action) is None
        return Hint(action.key_text, action.label, on=on, changes=action.changes, does=action.id)

    def _draw_status(self) -> None:
        server = self.server
        profile, link = server.profile, server.link
        every = self.asked_every()
        period = None if every is None else self._refresh.period(every)
        age_words, age_short, age_shade = _age(self.read_at(), period, self.durastore.frozen, self.now)
        clock = "" if link.failed else in_words(server.ahead)
        store = self.session.store if self.session else None
        self.query_one(StatusBar).show(
            Status(
                environment=profile.environment if profile else "",
                profile=profile.name if profile else "no server",
                store=_store_words(store, len(server.services.session.stores) - 1) if store and server.services else "",
                login=profile.user if profile else "",
                lock=self._lock(),
                colour=profile.colour if profile else None,
                connection=self._waiting() or clock or " ".join(filter(None, (link.words, self._latency(link.ms)))),
                connection_shade="bad" if link.failed else "warn" if clock else "",
                age=age_words,
                age_short=age_short,
                age_shade=age_shade,
            )
        )

    def _waiting(self) -> str:
        """How long an answer is waited for, when that is long."""
        since = self.session.log.waiting_since if self.session else None
        return waiting_words(self.server.link.since or since, self.now)

    def _latency(self, ms: float | None) -> str:
        """Stays until it is twice or half of what stands there: every other answer would paint line 1."""
        if ms is None or self._ms is None or not self._ms / 2 < ms < self._ms * 2:
            self._ms = ms
        return "" if self._ms is None else f"{self._ms:.0f} ms"

    def _lock(self) -> str:
        profile, session = self.server.profile, self.session
        return lock_words(session.window if session else None, bool(profile and profile.read_only))

    def _shut(self) -> bool:
        return self._lock() == READ_ONLY

    def draw_lock(self) -> None:
        """The count-down on line 1; all that hangs on it when the server may be changed now, or no more."""
        if self._ticked_shut != self._shut():
            self.tick()
        else:
            self._draw_status()

    def _draw_crumbs(self) -> None:
        merged = self.has_class("-short")
        seen = self.coverage()
        self.query_one(CrumbBar).show(
            Crumbs(
                path=tuple(crumb(place) for place in self.place.trail()),
                filter=seen.filter,
                coverage=seen.coverage,
                sort=seen.sort,
                marked=seen.marked,
                hidden=seen.hidden,
                jobs=brief_of_jobs(self.server.own_jobs) if merged else "",
            )
        )

    def _draw_jobs(self) -> None:
        jobs, now = self.durastore.jobs, self.now
        if jobs == self._jobs_drawn and not any(job.open for job in jobs):
            return
        self._jobs_drawn = jobs
        self.query_one(JobsStrip).show(self.server.own_jobs, now, self.server.ahead)
        self.draw_drawer()

    def draw_drawer(self) -> None:
        """What is open above line 3, where something is."""

    def _tick_seldom(self) -> None:
        if self.in_view:
            self.tick()

    def _tick_second(self) -> None:
        if not self.on_top:
            return
        self.refresh_by_itself()
        if far() and self._ticked_shut == self._shut() and not self._waiting():
            return  # the count-down and the jobs' clocks go on with `tick` alone
        self.draw_lock()
        self._draw_jobs()

    def refresh_by_itself(self) -> None:
        """Asks again when it is time; not for a place out of view or under a sheet, nor when somebody froze it."""
        here = self.on_top and self.server.services is not None and not self.durastore.frozen
        if here and self._refresh.due(self.asked_every(), self.shown(), self.now):
            self.reads.are_cancelled = False
            self.read_again()

    def why_not(self, action: Action) -> str | None:
        """Why an action can't run here and now, or None."""
        handler = HANDLERS.get(action.id)
        if handler and handler.why_not:
            return handler.why_not(self.durastore, self.target())
        if (task := action.task) is None:
            return None
        session, services = self.session, self.server.services
        if session is None or services is None:
            return actions.keyed(actions.NOT_CONNECTED)
        strange = services.jobs.unreadable()
        return guard(session, task, self.subject(), self.durastore.jobs, unreadable=strange)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.durastore.worker_changed(event)


def why_refused(screen: FourLines, action: Action) -> str | None:
    """Why an action is not possible on this screen now, or None. A change that cannot be journaled is never sent."""
    services = screen.server.services
    if action.changes and services and (trouble := services.jobs.journal_trouble):
        return trouble.sentence
    return screen.why_not(action)


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
