"""What a test of a login says: what is there, or what failed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from durastore_tui.core.clock import in_words
from durastore_tui.core.errors import (
    BadInput,
    DuraStoreError,
    Malformed,
    Missing,
    NameUnknown,
    ProxyFailed,
    Unauthorized,
    Untrusted,
)
from durastore_tui.tui.widgets.facts import Block, Fact, Words
from durastore_tui.tui.wording import sentence

if TYPE_CHECKING:
    from durastore_tui.services.trial import StoreTried, Trial

NO_DURASTORE = "Something answers at this address, but not a DuraStore: check the path, which is usually /durastore."


def blocks_of(trial: Trial, user: str, url: str) -> tuple[Block, ...]:
    """Stores with their types and tasks, how fast, and how that was secured."""
    count = len(trial.stores)
    stores = f"{count} store" if count == 1 else f"{count} stores"
    return (
        Words(f"It works: {stores} as {user}. Nothing was changed, nothing is kept.", "good"),
        *(Fact(f"store {tried.store.id}", _store(tried)) for tried in trial.stores),
        Fact("answers in", f"{trial.ms:.0f} ms"),
        Fact("secured by", _secured(trial, url)),
        *((Fact("clock", in_words(trial.ahead), "warn"),) if trial.ahead else ()),
    )


def words_of(error: DuraStoreError | BadInput) -> str:
    """What failed, first in a word: the address, its name, TLS, or the login."""
    if isinstance(error, BadInput):
        return error.sentence
    match error:
        case NameUnknown():
            what = "Name"
        case Untrusted():
            what = "TLS"
        case ProxyFailed():
            what = "Proxy"
        case Unauthorized():
            what = "Login"
        case Malformed() | Missing():
            return f"Address: {NO_DURASTORE} ({error})"
        case _:
            what = "Address" if error.status is None else "Answer"
    return f"{what}: {sentence(error)}"


def _store(tried: StoreTried) -> str:
    primary = ", primary" if tried.store.primary else ""
    count = "1 task" if tried.tasks == 1 else f"{tried.tasks} tasks"
    tasks = count if tried.tasks is not None else f"tasks not told: {sentence(tried.why_not)}"
    return f"{tried.store.type}{primary}, {tasks}"


def _secured(trial: Trial, url: str) -> str:
    if trial.tls is None:
        return f"nothing: plain http to {urlsplit(url).hostname or 'this server'}"
    shown = f", its certificate by {trial.tls.issuer}" if trial.tls.issuer else ""
    until = f" until {trial.tls.until}" if trial.tls.until else ""
    return f"{trial.tls.version}{shown}{until}"
