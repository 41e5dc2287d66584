"""What workers and threads tell the screens: each ends in exactly one of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar, dataclass_transform

from textual.message import Message

from durastore_tui.core.errors import BadInput, DuraStoreError
from durastore_tui.core.jobs import Job

if TYPE_CHECKING:
    from durastore_tui.api.stores import Store
    from durastore_tui.config.profile import Profile
    from durastore_tui.core.secret import Secret
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
    one that it is about; `is_news` says that it replaces earlier news of the job; those that have `alike`
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


ConnectionEvent = LoginWanted | ConnectFailed | Connected | StoreChosen | Asked
"""News of a connection, for the object that keeps the connections."""
