"""The values that one connection has read, with their times: read in order, a few at a time, never twice at once."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from durastore_tui.core.errors import DuraStoreError, Unauthorized
from durastore_tui.core.resource import Empty, Ready, Resource, asked, cancelled, went_wrong

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
Slot = tuple["Kind[Any, Any]", Hashable]


class Kind(Generic[K, T]):
    """One kind of value, such as the properties of spaces; its values are told apart by keys of type `K`."""

    def __init__(self, name: str, most: int | None = None) -> None:
        """At `most` so many values are kept, those that were read last."""
        self.name = name
        self.most = most

    def __repr__(self) -> str:
        return f"Kind({self.name!r})"


Ask = Callable[[K], Awaitable[T]]
Changed = Callable[[Kind[Any, Any], Any, Resource[Any]], None]


@dataclass(slots=True)
class _UnderWay:
    """A read of one slot, and the state of the slot `before` it."""

    before: Resource[Any]
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    answered: bool = False
    cancelled: bool = False


class ReadCache:
    """Errors stay with their key, and a value that was read stays until a newer one replaces it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._values: defaultdict[Kind[Any, Any], dict[Any, Resource[Any]]] = defaultdict(dict)
        self._under_way: dict[Slot, _UnderWay] = {}
        self._subscribers: list[Changed] = []

    def subscribe(self, changed: Changed) -> Callable[[], None]:
        """Calls `changed` with kind, key and state of each slot that changes; the result ends that."""
        self._subscribers.append(changed)
        return lambda: self._subscribers.remove(changed)

    def cached(self, kind: Kind[K, T], key: K) -> Resource[T]:
        """The state of one value, without a request."""
        return self._values[kind].get(key, Empty())

    def clear(self, kind: Kind[Any, Any] | None = None) -> None:
        """Forgets every value, or those of one kind."""
        for each in [kind] if kind else list(self._values):
            self._values[each].clear()

    async def read(self, kind: Kind[K, T], key: K, ask: Ask[K, T]) -> T:
        """One value, read now; raises the error tree."""
        value = await ask(key)
        self._put((kind, key), Ready(value, self._now()))
        return value

    async def refresh_all(
        self,
        kind: Kind[K, T],
        keys: Iterable[K],
        ask: Ask[K, T],
        at_once: int,
        each: Callable[[K, Resource[T]], None] = lambda key, state: None,
    ) -> None:
        """Reads in the order given, `at_once` at a time, and calls `each` as answers come; a value that another reader
        got meanwhile is not read again.

        Raises Unauthorized: each further request would be another wrong password.
        """
        queue, begun = iter(keys), self._now()

        async def work() -> None:
            for key in queue:
                match self.cached(kind, key):
                    case Ready(_, at) as read if at > begun:
                        each(key, read)
                    case _:
                        each(key, await self.refresh(kind, key, ask))

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(work())
        except* Unauthorized as refused:
            raise refused.exceptions[0] from None

    async def refresh(self, kind: Kind[K, T], key: K, ask: Ask[K, T]) -> Resource[T]:
        """The state of one value after reading it now, or after the read that another reader has begun; raises
        Unauthorized alone."""
        slot: Slot = (kind, key)
        while under_way := self._under_way.get(slot):
            await under_way.ended.wait()
            if under_way.answered:
                return self.cached(kind, key)
        under_way = self._under_way[slot] = _UnderWay(self.cached(kind, key))
        try:
            await self._ask(slot, ask, under_way)
        finally:
            del self._under_way[slot]
            under_way.ended.set()
        return self.cached(kind, key)

    async def _ask(self, slot: Slot, ask: Ask[Any, Any], under_way: _UnderWay) -> None:
        before = under_way.before
        self._put(slot, asked(before, self._now()))
        try:
            value = await ask(slot[1])
        except DuraStoreError as error:
            self._put(slot, went_wrong(before, error, self._now()))
            if isinstance(error, Unauthorized):
                raise
        except BaseException:  # the reader has left, or has a defect: nothing was learnt
            if not under_way.cancelled:
                self._put(slot, before)
            raise
        else:
            self._put(slot, Ready(value, self._now()))
        under_way.answered = True

    def mark_cancelled(self) -> None:
        """Shows each read under way as cancelled by the user; the readers are cancelled by the caller."""
        for slot, under_way in self._under_way.items():
            under_way.cancelled = True
            self._put(slot, cancelled(under_way.before, self._now()))

    def _put(self, slot: Slot, state: Resource[Any]) -> None:
        kind, key = slot
        values = self._values[kind]
        values.pop(key, None)  # the newest stands last
        values[key] = state
        if kind.most and len(values) > kind.most:
            del values[next(iter(values))]
        for changed in tuple(self._subscribers):
            changed(kind, key, state)
