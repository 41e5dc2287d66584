"""What was read of many things, by key: asked for in order, a few at a time, and kept with its time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from datetime import datetime
from typing import Generic, TypeVar

from durastore_tui.core.errors import DuraStoreError, Unauthorized
from durastore_tui.core.resource import Empty, Loading, Ready, Resource, Stale, asked, went_wrong

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Shelf(Generic[K, T]):
    """`ask` reads one value from the server; errors stay with their key, and what was held stays held."""

    def __init__(self, ask: Callable[[K], Awaitable[T]], now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._now = now
        self._held: dict[K, Resource[T]] = {}
        self._asking: dict[K, asyncio.Event] = {}

    def held(self, key: K) -> Resource[T]:
        """What is known without asking."""
        return self._held.get(key, Empty())

    async def read(self, key: K) -> T:
        """One value, read now; raises the error tree."""
        value = await self._ask(key)
        self._held[key] = Ready(value, self._now())
        return value

    async def read_all(self, keys: Iterable[K], each: Callable[[K, Resource[T]], None], at_once: int) -> None:
        """Asks in the order given, `at_once` at a time, and tells each result as it comes; what somebody else has read
        by then is not asked for again.

        Raises Unauthorized, for then every further question is a wrong password once more.
        """
        queue, begun = iter(keys), self._now()

        async def work() -> None:
            for key in queue:
                match self.held(key):
                    case Ready(_, at) as read if at > begun:
                        each(key, read)
                    case _:
                        each(key, await self.settle(key))

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(work())
        except* Unauthorized as refused:
            raise refused.exceptions[0] from None

    async def settle(self, key: K) -> Resource[T]:
        """How we stand with one value after asking for it now, or after the answer that somebody else waits for
        already; raises Unauthorized alone."""
        while under_way := self._asking.get(key):
            await under_way.wait()
            if not _unanswered(self.held(key)):
                return self.held(key)
        self._asking[key] = ended = asyncio.Event()
        try:
            return await self._settle(key)
        finally:
            del self._asking[key]
            ended.set()

    async def _settle(self, key: K) -> Resource[T]:
        held = self._held[key] = asked(self.held(key), self._now())
        try:
            value = await self._ask(key)
        except Unauthorized:
            raise
        except DuraStoreError as error:
            self._held[key] = went_wrong(held, error, self._now())
        else:
            self._held[key] = Ready(value, self._now())
        return self._held[key]


def _unanswered(held: Resource[T]) -> bool:
    """Whoever asked gave up before the answer came."""
    return isinstance(held, Loading) or (isinstance(held, Stale) and held.error is None)
