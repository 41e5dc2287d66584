"""The reads of a place: workers that are cancelled together, and what of the read cache the place draws."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Hashable
from functools import partial, wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeVar

from textual.screen import Screen
from textual.worker import Worker

from durastore_tui.core.resource import Resource, is_under_way
from durastore_tui.services.read_cache import Kind

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
P = ParamSpec("P")
GROUP = "read "
"""Begins the group of each worker that only reads."""


class CacheChange(NamedTuple):
    """One value of the read cache has another state."""

    kind: Kind[Any, Any]
    key: Any
    state: Resource[Any]


class PlaceReads:
    """`screen` is the place; `in_view` says whether it is shown, be it under a dialog."""

    def __init__(self, screen: Screen[None], in_view: Callable[[], bool]) -> None:
        self._screen = screen
        self._in_view = in_view
        self._subscribers: dict[Kind[Any, Any], list[Callable[[Any, Any], None]]] = {}
        self.are_cancelled = False
        """Whether the user cancelled them: then nothing starts by itself until the next refresh."""
        self.are_interrupted = False
        """Whether some were cancelled, or did not start, because another place is shown."""
        self.are_undrawn = False
        """Whether values changed while another place was shown."""

    def subscribe(self, kind: Kind[K, T], changed: Callable[[K, Resource[T]], None]) -> None:
        """Calls `changed` with the state after each read of this kind, while the place is in view."""
        self._subscribers.setdefault(kind, []).append(changed)

    def publish(self, change: CacheChange) -> None:
        """Takes news of the cache."""
        subscribers = self._subscribers.get(change.kind)
        if not subscribers or is_under_way(change.state):
            return
        if not self._in_view():
            self.are_undrawn = True
            return
        for changed in subscribers:
            self._screen.call_later(changed, change.key, change.state)

    @property
    def workers(self) -> list[Worker[Any]]:
        """Those that have not ended."""
        of_place = (worker for worker in self._screen.workers if worker.node is self._screen)
        return [worker for worker in of_place if worker.group.startswith(GROUP) and not worker.is_finished]

    def start(
        self, group: str, description: str, read: Callable[[], Coroutine[None, None, None]], *, exclusive: bool = True
    ) -> Worker[None] | None:
        """Start a worker that only reads, if the place is in view; an `exclusive` one replaces those of its group.

        `read` is a coroutine function, or a partial of one: Textual runs nothing else.
        """
        if not self.may_start():
            return None
        return self._screen.run_worker(
            read, group=GROUP + group, exclusive=exclusive, exit_on_error=False, description=description
        )

    def may_start(self) -> bool:
        """Whether a read starts now; one of a place out of view waits until it is shown again."""
        self.are_interrupted = self.are_interrupted or not self._in_view()
        return self._in_view()

    def cancel(self) -> None:
        """The user gave up waiting."""
        self.are_cancelled = True
        for worker in self.workers:
            worker.cancel()

    def interrupt(self) -> None:
        """Another place is shown."""
        self.are_cancelled = False
        for worker in self.workers:
            worker.cancel()
            self.are_interrupted = True


class Reader(Protocol):
    """A place with reads."""

    reads: PlaceReads


S = TypeVar("S", bound=Reader)
Method = Callable[Concatenate[S, P], Coroutine[None, None, None]]
Begin = Callable[Concatenate[S, P], Worker[None] | None]


def read_work(group: str, description: str, *, exclusive: bool = True) -> Callable[[Method[S, P]], Begin[S, P]]:
    """Makes a method of a place a worker that only reads; an `exclusive` one replaces those of its group.

    Nothing that changes the server, runs a task or writes a file may be made so: it would be cancelled.
    """

    def decorate(method: Method[S, P]) -> Begin[S, P]:
        @wraps(method)
        def begin(place: S, /, *args: P.args, **kwargs: P.kwargs) -> Worker[None] | None:
            return place.reads.start(group, description, partial(method, place, *args, **kwargs), exclusive=exclusive)

        return begin

    return decorate
