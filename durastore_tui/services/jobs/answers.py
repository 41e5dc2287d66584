"""How a write was answered, as far as that tells whether it happened."""

from dataclasses import dataclass, field
from enum import Enum, auto

from durastore_tui.core.errors import (
    BadInput,
    Conflict,
    DuraStoreError,
    Forbidden,
    Malformed,
    NoReply,
    Unauthorized,
    Unreachable,
    is_about_one,
)
from durastore_tui.core.tasks import common, restores, snapshots
from durastore_tui.services.jobs.request import Request
from durastore_tui.services.jobs.server import Server

WORDS_MOST = 1000


class Verdict(Enum):
    """What an answer says of the write."""

    TAKEN = auto()
    REFUSED = auto()
    CONFLICT = auto()
    UNSENT = auto()
    UNANSWERED = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """`words` are the server's own, `named` is the host or id in them; `error` names the class of what was raised, and
    `found` is what a look at the server said afterwards. `finished` says that DuraStore itself failed and no longer
    works on the write, although its effects may stay. `text` is the whole reply of a success, which may be longer
    than `words`.
    """

    verdict: Verdict
    words: str
    named: str | None = None
    error: str | None = None
    status: int | None = None
    found: str = ""
    finished: bool = False
    text: str = field(default="", repr=False)

    @property
    def login(self) -> bool:
        """Whether it was a 401."""
        return self.error == Unauthorized.__name__

    @property
    def role(self) -> bool:
        """Whether it was a 403 that every other space would get, too."""
        return self.error == Forbidden.__name__ and not is_about_one(self.words)


def unanswered(words: str) -> Answer:
    """No answer came, for a reason on our side."""
    return Answer(Verdict.UNANSWERED, words, error=NoReply.__name__)


ENDED = unanswered("this program ended before an answer came")
BROKE = unanswered("something broke on our side before the answer was written down")


async def ask(server: Server, store: str, request: Request) -> Answer:
    """Sends the write once; never raises."""
    try:
        reply = await server.write(store, request)
    except DuraStoreError as error:
        words = (error.words or str(error))[:WORDS_MOST]
        finished = isinstance(error, NoReply) and error.finished
        return Answer(_verdict(error), words, error=type(error).__name__, status=error.status, finished=finished)
    except BadInput as error:
        return Answer(Verdict.UNSENT, error.sentence, error=BadInput.__name__)
    except Exception as error:  # whatever broke on our side, the write may be out
        return unanswered(f"a defect in this program ({type(error).__name__})")
    return Answer(Verdict.TAKEN, reply.text[:WORDS_MOST], _named(reply.value), text=reply.text)


def _named(value: object | None) -> str | None:
    match value:
        case common.Enabled():
            return value.streaming_host
        case snapshots.Created():
            return value.snapshot_id
        case restores.Started():
            return value.restore_id
    return None


def _verdict(error: DuraStoreError) -> Verdict:
    if isinstance(error, NoReply | Malformed):
        return Verdict.UNANSWERED
    if isinstance(error, Unreachable):
        return Verdict.UNSENT
    return Verdict.CONFLICT if isinstance(error, Conflict) else Verdict.REFUSED
