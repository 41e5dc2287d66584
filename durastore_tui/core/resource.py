"""A value that lives on the server, and how we stand with it. Screens match on these six, exhaustively."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar

from durastore_tui.core.errors import DuraStoreError, Forbidden, ReadCancelled

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Empty:
    """Never asked for."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Asked for, nothing held; since when (UTC)."""

    since: datetime


@dataclass(frozen=True, slots=True)
class Ready(Generic[T]):
    """Held, as the server gave it at `at` (UTC)."""

    value: T
    at: datetime


@dataclass(frozen=True, slots=True)
class Stale(Generic[T]):
    """Held from `at`, while asking again (error None) or after asking again failed."""

    value: T
    at: datetime
    error: DuraStoreError | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """Asked for, nothing held, and this went wrong at `at`."""

    error: DuraStoreError
    at: datetime


@dataclass(frozen=True, slots=True)
class NotAllowed:
    """The server said 403 at `at`."""

    error: Forbidden
    at: datetime


Resource: TypeAlias = Empty | Loading | Ready[T] | Stale[T] | Failed | NotAllowed


def value_of(held: "Resource[T]") -> T | None:
    """What is held, however old; None when nothing is."""
    match held:
        case Ready(value, _) | Stale(value, _):
            return value
    return None


def holding(held: "Resource[Any]", value: U) -> "Resource[U]":
    """The same standing, with that value where one is held."""
    match held:
        case Ready(_, at):
            return Ready(value, at)
        case Stale(_, at, error):
            return Stale(value, at, error)
        case other:
            return other


def asked(held: "Resource[T]", now: datetime) -> "Resource[T]":
    """What it is while it is being asked for: what is held stays held."""
    match held:
        case Ready(value, at) | Stale(value, at):
            return Stale(value, at)
        case _:
            return Loading(now)


def went_wrong(held: "Resource[T]", error: DuraStoreError, now: datetime) -> "Resource[T]":
    """What it is after an error: what is held stays held, dimmed; a 403 is its own state."""
    match held:
        case Ready(value, at) | Stale(value, at):
            return Stale(value, at, error)
    if isinstance(error, Forbidden):
        return NotAllowed(error, now)
    return Failed(error, now)


def cancelled(before: "Resource[T]", now: datetime) -> "Resource[T]":
    """The state after the user cancelled a read: what it was `before` the read, or a failure that says so."""
    return Failed(ReadCancelled("", None, ""), now) if isinstance(before, Empty | Loading) else before


def is_under_way(state: "Resource[Any]") -> bool:
    """Whether its answer is waited for."""
    return isinstance(state, Loading) or (isinstance(state, Stale) and state.error is None)
