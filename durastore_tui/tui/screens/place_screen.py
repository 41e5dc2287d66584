"""The base of the screen of every place: the frame around a body, and how actions and news come to it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.worker import Worker

from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Empty, Resource
from durastore_tui.services.changes.guard import guard
from durastore_tui.tui import actions
from durastore_tui.tui.actions import Action, Scope
from durastore_tui.tui.context import AppContext, Link, Listing, ServerScreen, Target
from durastore_tui.tui.copies import Copyable
from durastore_tui.tui.handlers.table import HANDLERS
from durastore_tui.tui.keymap import bindings
from durastore_tui.tui.messages import Told
from durastore_tui.tui.places import Lens, Place
from durastore_tui.tui.reads import PlaceReads
from durastore_tui.tui.refresh import Refresh
from durastore_tui.tui.screens.drawers import Drawers
from durastore_tui.tui.screens.frame import BY_HEIGHT, BY_WIDTH, compose_frame
from durastore_tui.tui.screens.frame_lines import FrameLines, why_refused
from durastore_tui.tui.widgets.bars import Crumbs, LineBar
from durastore_tui.tui.widgets.looks import LOOKS
from durastore_tui.tui.write_window import way_out

if TYPE_CHECKING:
    from durastore_tui.services.session import Session


class PlaceScreen(ServerScreen):
    """A subclass names its scope, composes `body`, reads, and says what the lines show of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(LOOKS)

    durastore = getters.app(AppContext)
    BINDINGS = bindings(Scope.ANYWHERE)
    HORIZONTAL_BREAKPOINTS = BY_WIDTH
    VERTICAL_BREAKPOINTS = BY_HEIGHT
    AUTO_FOCUS = "#list"
    scope: ClassVar[Scope]
    is_about_snapshots = False
    """Whether its login is the one for snapshots, wherever they are."""
    listing: Listing | None = None
    """How the rows are looked at, where the place is a list."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.reads = PlaceReads(self, lambda: self.in_view)
        self.refresh_times = Refresh()
        self.drawers = Drawers(self)
        self.lines = FrameLines(self, self.refresh_times, self.drawers)

    @property
    def now(self) -> datetime:
        """The time by this machine's clock."""
        return self.durastore.start.clock.now()

    @property
    def session(self) -> Session | None:
        services = self.server.services
        about_snapshots = self.is_about_snapshots or self.place.snapshot is not None
        if services and about_snapshots and (found := services.preservation.found):
            return found.session
        return services.session if services else None

    @property
    def in_view(self) -> bool:
        """Whether this place is shown, be it under a dialog. Textual's `is_current` is true for the place below it as
        well."""
        places = (screen for screen in reversed(self.app.screen_stack) if isinstance(screen, PlaceScreen))
        return next(places, None) is self

    def compose(self) -> ComposeResult:
        yield from compose_frame(self.body())

    @abstractmethod
    def body(self) -> ComposeResult:
        """The widgets between line 2 and line 3."""

    # Events

    def on_mount(self) -> None:
        self.server.link_news.subscribe(self, self.link_changed)
        self.server.cache_news.subscribe(self, self.reads.publish, immediate=True)
        self.durastore.job_news.subscribe(self, self.job_changed)
        self.set_interval(15, lambda: self.tick() if self.in_view else None)
        self.set_interval(1, self.tick_second)
        if self.server.services:
            self.read()

    def on_screen_resume(self) -> None:
        if self.in_view and self.reads.are_undrawn:  # else a dialog of another place lies over it
            self.reads.are_undrawn = False
            self.draw_values()
        if self.in_view and self.reads.are_interrupted and self.server.services:
            self.reads.are_interrupted = False
            self.read_on()
        self.drawers.show()
        self.tick()

    def on_resize(self) -> None:
        self.call_after_refresh(self.draw_lines)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        self.durastore.worker_changed(event)

    @on(LineBar.Chosen)
    def _run_clicked(self, event: LineBar.Chosen) -> None:
        self.action_act(event.action)

    def link_changed(self, link: Link) -> None:
        """The server came, went or answered."""
        if self.in_view:  # a place that is shown again draws all its lines
            self.lines.draw_status()
            self.drawers.draw_requests_soon()

    def job_changed(self, job: Job) -> None:
        """A job moved."""
        if self.in_view:
            self.draw_lines()

    def tick(self) -> None:
        """Draw the ages anew: time went by."""
        self.lines.note_lock()
        self.draw_lines()

    def tick_second(self) -> None:
        """Read again if it is time, and draw what changes by the second; not under a dialog."""
        if not self.is_on_top:
            return
        may_read = self.server.services is not None and not self.durastore.frozen
        if may_read and self.refresh_times.due(self.asked_every(), self.shown(), self.now):
            self.reads.are_cancelled = False
            self.read_again()
        self.lines.draw_each_second()

    # Reading

    def read(self, again: bool = False) -> None:
        """Start to read what this place shows; `again` also what is cached."""

    def begin(self) -> None:
        """Start anew: what was loaded is of another server or store."""
        self.read(again=True)

    def reload(self) -> None:
        """Read again what the place shows, as its user asked."""
        self.read(again=True)

    def read_again(self) -> None:
        """Read again what is cheap to ask for, and move nothing."""
        self.read()

    def read_on(self) -> None:
        """Read what was not read to its end when another place was shown."""
        self.read()

    def cancel_reads(self) -> bool:
        """Cancel the reads whose answer is long waited for; False where there are none."""
        services = self.server.services
        if services is None or not self.lines.waiting or not self.reads.workers:
            return False
        services.session.cache.mark_cancelled()
        self.reads.cancel()
        self.refresh_times.put_off(self.now)
        self.draw_lines()
        return True

    def interrupt(self) -> bool:
        """Stop what the place is busy with; False when it was not."""
        if not self.cancel_reads():
            return False
        self.post_message(Told(f"Reading was cancelled. {actions.key('refresh')} reads again."))
        return True

    # What the place shows

    def shown(self) -> Resource[Any]:
        """What line 1 gives the age of, and what is read again by itself."""
        return Empty()

    def asked_every(self) -> timedelta | None:
        """How often `read_again` runs by itself; None for what is long, or lies on this machine."""
        return None

    def coverage(self) -> Crumbs:
        """Filter, sort, count and marks for line 2."""
        return Crumbs(())

    def draw_lines(self) -> None:
        """Draw lines 1 to 4 from the state."""
        if self.is_mounted:
            self.lines.draw()

    def draw_values(self) -> None:
        """Draw the values of the read cache, of which some changed while another place was shown."""
        self.tick()

    @property
    def lens(self) -> Lens:
        """How the place is looked at now."""
        return self.listing.lens if self.listing else Lens()

    def look(self, lens: Lens) -> None:
        """Look at the place like this, at once or when its rows are there."""
        if self.listing:
            self.listing.look(lens)

    # Actions

    def subject(self) -> str | None:
        """The exact ID of the space that actions act on."""
        return self.place.space

    def target(self) -> Target:
        """What actions act on."""
        return Target(self, self.subject(), snapshot=self.place.snapshot, job=self.place.job)

    def copyables(self) -> Iterator[Copyable]:
        """What can be copied here beside the request, the likeliest first and with the letter y."""
        yield from ()

    def why_not(self, action: Action) -> str | None:
        """Why an action is not possible here and now, or None."""
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

    def action_act(self, action_id: str) -> None:
        """Run an action of the registry, or say why it is not possible."""
        action = actions.find(action_id)
        if why := why_refused(self, action):
            job = next((job for job in self.durastore.jobs if f"(job {job.id})" in why), None)
            opens = f" {actions.key('job')} opens that job." if job else way_out(self.session, action)
            self.post_message(Told(f"{why}{opens}", "warning", job=job.id if job else None))
        elif action.screen:
            self.server.places.go(Place(action.screen))
        elif running := HANDLERS[action.id].run(self.durastore, self.target()):
            self.run_worker(running, group="change", exit_on_error=False, description=action.label)
