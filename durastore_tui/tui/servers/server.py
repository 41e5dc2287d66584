"""One server that the app holds: its login, its places, and how we stand with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from textual.signal import Signal

from durastore_tui.core.errors import DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.tui.messages import Link
from durastore_tui.tui.navigator import Navigator

if TYPE_CHECKING:
    from durastore_tui.config.profile import Profile
    from durastore_tui.tui.app import DurastoreApp
    from durastore_tui.tui.history import Lens, Place
    from durastore_tui.tui.start import Found, Services


class Server:
    """Its screens know it, and ask it alone: what they show is never another server's, in view or not.

    `login` is what the next connection is made with; `refused` says why a new password is wanted; `then` is where to
    go once it answers. Of the first one, `find` gives the login, `asked_store` is a store that was named, and
    `begins_fresh` says that its world is a new one."""

    def __init__(self, app: DurastoreApp, profile: Profile | None, login: Found | None = None) -> None:
        self.app = app
        self.profile = profile
        self.login = login
        self.find: Callable[[], Awaitable[Found]] | None = None
        self.asked_store: str | None = None
        self.begins_fresh = False
        self.connecting = False
        self.services: Services | None = None
        self.link = Link()
        self.failure: DuraStoreError | None = None
        self.refused = ""
        self.then: tuple[Place, Lens | None] | None = None
        self.space_names: tuple[str, ...] = ()
        self.places = Navigator(self, app.start.root)
        self.link_news: Signal[Link] = Signal(app, "link")

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
