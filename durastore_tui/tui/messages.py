"""What workers and threads tell the screens: each ends in exactly one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar, dataclass_transform

from textual.message import Message

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Resource

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties
    from durastore_tui.api.spaces import SpaceProperties
    from durastore_tui.api.stores import Store
    from durastore_tui.config.profile import Profile
    from durastore_tui.core.jobs import Evidence
    from durastore_tui.core.secret import Secret
    from durastore_tui.services.contents import Page
    from durastore_tui.services.session import Session
    from durastore_tui.tui.context import Server, Severity
    from durastore_tui.tui.places import Lens, Place
    from durastore_tui.tui.start import Services

M = TypeVar("M", bound=Message)


@dataclass_transform()
def message(kind: type[M]) -> type[M]:
    """A dataclass without comparison and repr: both would cost the first paint, and a repr could tell secrets."""
    return dataclass(eq=False, repr=False, match_args=False)(kind)


UNAUTHORIZED = 401


class Note(NamedTuple):
    """One line of the message list; `text` is safe for the screen, `profile` is whose server it is about."""

    at: datetime
    severity: Severity
    text: str
    profile: str = ""


@message
class Connected(Message):
    """A server answered; `notice` is a sentence for the person, or nothing."""

    server: Server
    services: Services
    notice: str = ""


@message
class ConnectFailed(Message):
    """It did not, or not to this login."""

    server: Server
    error: DuraStoreError | BadInput


@message
class LoginWanted(Message):
    """The form was sent off, or a password was at hand; `then` is where to go."""

    profile: Profile
    password: Secret
    then: tuple[Place, Lens | None] | None = None


@message
class StoreChosen(Message):
    """Another store of the server may be used now: its tasks are known. `then` is where to go, and how to look at
    it."""

    server: Server
    store: Store
    then: tuple[Place, Lens | None] | None = None


@message
class Told(Message):
    """A sentence for the person; `stays` until it is clicked or the message list is opened; `job` is the id of the
    one that it is about; `is_news` says that it replaces what was said of that job before; those that have `alike`
    words share one toast; `profile` is whose server it is about, where that is not the sender's."""

    text: str
    severity: Severity = "information"
    stays: bool = False
    job: str | None = None
    alike: str = ""
    profile: str = ""
    is_news: bool = False


@message
class Asked(Message):
    """A server answered a request of this session; `status` is None when no answer came."""

    server: Server
    session: Session
    ms: float
    status: int | None

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Asked) and message.session is self.session and self.status != UNAUTHORIZED


@message
class LoginRefused(Message):
    """The server of a profile that was not visited does not take its login."""

    profile: str


@message
class JobChanged(Message):
    """A job moved; posted from the runner's thread."""

    job: Job


@message
class NamesRead(Message):
    """The ids of the spaces, or why not."""

    names: Resource[tuple[str, ...]]


@message
class SpaceRead(Message):
    """One space's properties, or why not."""

    space: str
    properties: Resource[SpaceProperties]


@message
class AccessRead(Message):
    """One space's access list, or why not."""

    space: str
    access: Resource[Mapping[str, str]]


@message
class EdgeSeen(Message):
    """One look at a streaming host, step by step."""

    host: str
    evidence: tuple[Evidence, ...]


@message
class PageRead(Message):
    """One page of content ids, or why not; `number` is 0-based."""

    number: int
    page: Page | DuraStoreError


@message
class Landed(Message):
    """What was looked for is at this row, 0-based, or nowhere; `words` say what else there is to say."""

    row: int | None
    words: str


@message
class MirrorEnded(Message):
    """All was read, or `trouble` says why not."""

    trouble: str


@message
class Exported(Message):
    """The file is whole, or `words` say why not."""

    words: str
    failed: bool


@message
class ItemRead(Message):
    """One content item's properties, or why not."""

    item: str
    properties: Resource[ItemProperties]
