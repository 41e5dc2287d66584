"""What screens may ask of the app and of the server that they show. The app implements it; everything may import it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol, runtime_checkable

from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.signal import Signal

from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Resource, value_of
from durastore_tui.tui.reads import CacheChange, PlaceReads
from durastore_tui.tui.terminal.opaque_screen import OpaqueScreen

if TYPE_CHECKING:
    from textual.worker import Worker

    from durastore_tui.config.profile import Profile
    from durastore_tui.core.errors import DuraStoreError
    from durastore_tui.services.account_overview import Accounts
    from durastore_tui.services.jobs.host import Jobs
    from durastore_tui.services.read_cache import Kind
    from durastore_tui.services.session import Session
    from durastore_tui.tui.actions import Action, Scope
    from durastore_tui.tui.columns import Column
    from durastore_tui.tui.copies import Copyable
    from durastore_tui.tui.places import Lens, Place
    from durastore_tui.tui.start import Found, Services, Start
    from durastore_tui.tui.visits import Visits

Severity = Literal["information", "warning", "error"]
Destination = tuple["Place", "Lens | None"]
"""Where to go, and how to look at it."""


class Link(NamedTuple):
    """How we stand with the server; `ms` is the newest answer's time, `since` when an open connection was begun."""

    words: str = "not connected"
    failed: bool = False
    ms: float | None = None
    since: datetime | None = None


class Listing(Protocol):
    """How the rows of a place are looked at, as the keys of every list change it."""

    @property
    def filter_hint(self) -> str:
        """What the filter does, for the prompt."""

    @property
    def filter_text(self) -> str:
        """What the filter keeps; empty when every row is shown."""

    @property
    def sort_columns(self) -> Sequence[Column]:
        """The columns that `:sort` takes."""

    @property
    def lens(self) -> Lens:
        """How the list is looked at now, or will be once its rows are there."""

    def look(self, lens: Lens) -> None:
        """Look at the list like this, at once or when its rows are there."""

    def set_filter(self, text: str) -> None:
        """Show the rows that fit."""

    def toggle_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away."""

    def clear_marks(self) -> None:
        """Take every mark away."""

    def sort_by_next(self) -> None:
        """Sort by the next column, after the last one by none."""

    def show_next_status(self) -> None:
        """Show the rows of the next status alone, after the last one all rows."""


class ServerScreen(OpaqueScreen):
    """A screen that shows a place of one server."""

    server: Server
    reads: PlaceReads


class PlaceView(Protocol):
    """The screen of a place, as all below the screens know it."""

    scope: ClassVar[Scope]
    server: Server
    reads: PlaceReads
    place: Place

    @property
    def screen(self) -> Screen[Any]:
        """The place as Textual knows it."""

    @property
    def durastore(self) -> AppContext:
        """The app."""

    @property
    def now(self) -> datetime:
        """The time by this machine's clock."""

    @property
    def session(self) -> Session | None:
        """The login, on the store that this place works on: snapshots have one of their own."""

    @property
    def lines(self) -> Lines:
        """Lines 1 to 4."""

    @property
    def drawers(self) -> DrawerView:
        """The drawers."""

    @property
    def lens(self) -> Lens:
        """How the place is looked at now."""

    @property
    def listing(self) -> Listing | None:
        """The rows, where the place is a list."""

    def look(self, lens: Lens) -> None:
        """Look at the place like this, at once or when its rows are there."""

    def begin(self) -> None:
        """Start anew: what was loaded is of another server or store."""

    def read(self, again: bool = False) -> None:
        """Start to read what the place shows; `again` also reads what is cached."""

    def reload(self) -> None:
        """Read again what the place shows, as its user asked."""

    def read_again(self) -> None:
        """Read again what is cheap to ask for, and move nothing."""

    def interrupt(self) -> bool:
        """Stop what the place is busy with; False when it was not."""

    def tick(self) -> None:
        """Draw the ages anew: time went by."""

    def draw_lines(self) -> None:
        """Draw lines 1 to 4 from the state."""

    def subject(self) -> str | None:
        """The exact ID of the space that actions act on."""

    def target(self) -> Target:
        """What actions act on."""

    def why_not(self, action: Action) -> str | None:
        """Why an action is not possible here and now, or None."""

    def action_act(self, action_id: str) -> None:
        """Run an action of the registry, or say why it is not possible."""

    def copyables(self) -> Iterator[Copyable]:
        """What can be copied here beside the request, the likeliest first and with the letter y."""

    def post_message(self, message: Message) -> bool:
        """Send a message to the place and the app."""


class Lines(Protocol):
    """Lines 1 to 4 of a place."""

    def draw_lock(self) -> None:
        """Draw the countdown of the write window."""


class DrawerView(Protocol):
    """The drawers of a place."""

    def show(self) -> None:
        """Show the drawer that the app notes as open, and no other."""


@runtime_checkable
class Opens(Protocol):
    """A place whose rows lead somewhere."""

    def open_cursor(self) -> None:
        """Open what the cursor is on."""


@runtime_checkable
class OpensProperties(Protocol):
    """A place whose rows have properties on a page of their own."""

    def open_properties(self) -> None:
        """Show the properties of what the cursor is on."""


@runtime_checkable
class CopiesRequest(Protocol):
    """A place with a request behind it."""

    def request_copy(self) -> Copyable | str:
        """The request behind the place as a curl line, or the sentence why there is none."""


@runtime_checkable
class CopiesAnswer(Protocol):
    """A place whose rows are answers."""

    def answer_copy(self) -> Copyable | str:
        """The answer under the cursor as a whole, or the sentence why there is none."""


@dataclass(frozen=True, slots=True)
class Target:
    """The place in view and the exact IDs that an action applies to.

    `spaces` are the marked ones. `marked` says how many of what is marked the filter hides, if it hides any.
    """

    view: PlaceView
    space: str | None
    items: tuple[str, ...] = ()
    marked: str = ""
    snapshot: str | None = None
    job: str | None = None
    spaces: tuple[str, ...] = ()

    @property
    def server(self) -> Server:
        """The server of the place."""
        return self.view.server

    @property
    def session(self) -> Session | None:
        """The login, on the store that the place works on."""
        return self.view.session


class Navigation(Protocol):
    """The places of one server, and the one of them that is shown."""

    @property
    def here(self) -> PlaceView:
        """The screen of the place that is shown, also under a dialog."""

    @property
    def at_root(self) -> bool:
        """Whether the place that is shown is the root."""

    def go(self, place: Place, lens: Lens | None = None) -> None:
        """Show a place, looked at with the `lens` or as it was left."""

    def up(self) -> bool:
        """Show the place that this one was opened from; False at a root."""

    def walk(self, steps: int) -> None:
        """Show the place that many visits back or ahead."""

    def toggle(self) -> None:
        """Show the place before this one."""

    def begin(self) -> None:
        """Start every place with the first login."""

    def begin_anew(self) -> None:
        """Forget every place but the root, and show that."""

    def read_again(self) -> None:
        """Read every place with a new login of the same person."""

    def come_into_view(self) -> None:
        """Take the place of another server's screens."""

    def close(self) -> None:
        """Remove every screen, out of view."""


class Server:
    """Its screens know it, and ask it alone: what they show is never another server's, in view or not.

    `login` is what the next connection is made with; `refused` says why a new password is wanted; `then` is where to
    go once it answers. Of the first one, `find` gives the login, `asked_store` is a store that was named, and
    `begins_fresh` says that its world is a new one. The app gives it its `places`."""

    places: Navigation

    def __init__(self, app: AppContext, profile: Profile | None, login: Found | None = None) -> None:
        self.app = app
        self.profile = profile
        self.login = login
        self.find: Callable[[], Awaitable[Found]] | None = None
        self.asked_store: str | None = None
        self.begins_fresh = False
        self.connecting = False
        self._services: Services | None = None
        self._unsubscribe: Callable[[], None] = lambda: None
        self.link = Link()
        self.failure: DuraStoreError | None = None
        self.refused = ""
        self.then: Destination | None = None
        self.link_news: Signal[Link] = Signal(app, "link")
        self.cache_news: Signal[CacheChange] = Signal(app, "cache")

    @property
    def services(self) -> Services | None:
        """What its places work with, once it answered."""
        return self._services

    @services.setter
    def services(self, services: Services | None) -> None:
        self._unsubscribe()
        self._services = services
        if services:
            self._unsubscribe = services.session.cache.subscribe(self._cache_changed)

    def _cache_changed(self, kind: Kind[Any, Any], key: Any, state: Resource[Any]) -> None:
        self.cache_news.publish(CacheChange(kind, key, state))

    @property
    def space_names(self) -> tuple[str, ...]:
        """The IDs of the spaces of the current store, as far as they are cached."""
        return value_of(self.services.spaces.held_names) or () if self.services else ()

    @property
    def name(self) -> str:
        """The profile's, which jobs and visits belong to."""
        return self.profile.name if self.profile else ""

    @property
    def in_view(self) -> bool:
        return self.app.server is self

    @property
    def ahead(self) -> timedelta:
        """How far its clock is ahead of ours."""
        return self.services.session.ahead if self.services else timedelta()

    @property
    def now(self) -> datetime:
        """The time by its own clock, which its own times are counted by."""
        return self.app.start.clock.now() + self.ahead

    def is_of(self, profile: Profile) -> bool:
        """Whether that is the login of what its places show."""
        mine = self.services.session.profile if self.services else None
        return mine is not None and (mine.url, mine.user) == (profile.url, profile.user)

    def shows_store(self, store_id: str) -> bool:
        """Whether it is the current one."""
        return self.services is not None and self.services.session.store.id == store_id

    @property
    def own_jobs(self) -> tuple[Job, ...]:
        """Those of this server; the app's `jobs` are of every server."""
        return tuple(job for job in self.app.jobs if job.profile == self.name)

    def set_link(self, link: Link) -> None:
        """Tells its screens how we stand with it."""
        self.link = link
        self.link_news.publish(link)

    def words(self) -> str:
        """How it stands, for the list of servers."""
        if self.refused:
            return "asks for its password again"
        if self.in_view:
            return "The current one."
        store = f", store {self.services.session.store.id}" if self.services else ""
        return f"{self.link.words}{store}"


class ServerConnections(Protocol):
    """The connections of the app to its servers."""

    def connect(self) -> None:
        """Connect the server in view, or open the form."""

    def of_profile(self, name: str) -> Server | None:
        """The server with this profile, or None if the app has none."""

    def follows(self, profile: str) -> bool:
        """Whether this process tracks the jobs of this profile."""

    def show_server(self, server: Server) -> None:
        """Show the place of this server instead of another one's."""

    def use_store(self, store_id: str, then: Destination | None = None) -> None:
        """Make another store the current one, then go to `then`."""

    def use_profile(self, name: str, then: Destination | None = None) -> None:
        """Show the server with this profile, then one of its places; log in first if necessary."""

    def login_closed(self, _: None) -> None:
        """Note that the form was closed."""

    def open_job(self, job: Job) -> None:
        """Show the job, at its own server if possible."""

    def show_profile_values(self, name: str | None = None) -> None:
        """Open the page of a profile, or of the one in view."""


class AppContext(App[None]):
    """The app as screens, dialogs and the modules about servers know it."""

    start: Start
    server: Server
    servers: list[Server]
    jobs: tuple[Job, ...]
    job_news: Signal[Job]
    connections: ServerConnections
    runner: Jobs | None
    accounts: Accounts | None
    visits: Visits
    told_job: str | None
    drawer: str
    frozen: bool
    refused_logins: set[str]
    sought_logins: set[str]

    @property
    def services(self) -> Services | None:
        """Those of the server in view."""
        return self.server.services

    @property
    def profile(self) -> Profile | None:
        """That of the server in view."""
        return self.server.profile

    @property
    def failure(self) -> DuraStoreError | None:
        """Why the server in view is not connected."""
        return self.server.failure

    @property
    def places(self) -> Navigation:
        """Those of the server in view."""
        return self.server.places

    # What opens above the screens

    @abstractmethod
    def ask_command(self) -> None:
        """Open the command line."""

    @abstractmethod
    def ask_palette(self, among: Literal["commands", "stores", "profiles"]) -> None:
        """Open the palette with these entries."""

    @abstractmethod
    def show_messages(self) -> None:
        """Open the list of messages, and put the toasts away."""

    # News

    @abstractmethod
    def add_note(self, text: str, severity: Severity, profile: str = "") -> None:
        """Add to the list of messages, without a toast."""

    @abstractmethod
    def worker_changed(self, event: Worker.StateChanged) -> None:
        """Report a worker that ended with an error of its own."""

    @abstractmethod
    def entitle(self, news: str) -> None:
        """Set the terminal's title: where the user is, and the newest end of a job."""

    @abstractmethod
    def leave(self) -> None:
        """Quit; ask again while a write has no answer yet."""
