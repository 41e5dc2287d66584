"""What workers and threads tell the screens: each ends in exactly one of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from textual.message import Message

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job
from durastore_tui.core.resource import Resource

if TYPE_CHECKING:
    from durastore_tui.api.content import ItemProperties
    from durastore_tui.api.spaces import Listing, SpaceProperties
    from durastore_tui.config.profile import Profile
    from durastore_tui.core.jobs import Evidence
    from durastore_tui.core.secret import Secret
    from durastore_tui.services.urls import UrlRow
    from durastore_tui.tui.start import Services

Severity = Literal["information", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the message list; `text` is safe for the screen."""

    at: datetime
    severity: Severity
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """How we stand with the server; `ms` is the newest answer's time."""

    words: str = "not connected"
    failed: bool = False
    ms: float | None = None


@dataclass
class Connected(Message):
    """A server answered; `notice` is a sentence for the person, or nothing."""

    services: Services
    notice: str = ""


@dataclass
class ConnectFailed(Message):
    """None did, or not to this login; `profile` is the one that was tried, when it is known."""

    error: DuraStoreError | BadInput
    profile: Profile | None = None


@dataclass
class LoginWanted(Message):
    """The form was sent off."""

    profile: Profile
    password: Secret


@dataclass
class StoreChosen(Message):
    """Another store is the current one; the services are new."""

    services: Services


@dataclass
class Told(Message):
    """A sentence for the person; `stays` until it is clicked or the message list is opened."""

    text: str
    severity: Severity = "information"
    stays: bool = False


@dataclass
class Asked(Message):
    """The server answered a request; `status` is None when no answer came."""

    ms: float
    status: int | None

    def can_replace(self, message: Message) -> bool:
        return isinstance(message, Asked)


@dataclass
class JobChanged(Message):
    """A job moved; posted from the runner's thread."""

    job: Job


@dataclass
class NamesRead(Message):
    """The ids of the spaces, or why not."""

    names: Resource[tuple[str, ...]]


@dataclass
class SpaceRead(Message):
    """One space's properties, or why not."""

    space: str
    properties: Resource[SpaceProperties]


@dataclass
class AccessRead(Message):
    """One space's access list, or why not."""

    space: str
    access: Resource[Mapping[str, str]]


@dataclass
class EdgeSeen(Message):
    """One look at a streaming host, step by step."""

    host: str
    evidence: tuple[Evidence, ...]


@dataclass
class PageRead(Message):
    """One page of content ids, or why not; `number` is 0-based."""

    number: int
    page: Listing | DuraStoreError


@dataclass
class ItemRead(Message):
    """One content item's properties, or why not."""

    item: str
    properties: Resource[ItemProperties]


@dataclass
class UrlMade(Message):
    """One stream URL, or why there is none."""

    row: UrlRow
