"""What was read of many things, by key: asked for in order, a few at a time, and kept with its time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable
from datetime import datetime
from typing import Generic, TypeVar

from durastore_tui.core.errors import DuraStoreError, Unauthorized
from durastore_tui.core.resource import Empty, Ready, Resource, asked, went_wrong

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Shelf(Generic[K, T]):
    """`ask` reads one value from the server; errors stay with their key, and what was held stays held."""

    def __init__(self, ask: Callable[[K], Awaitable[T]], now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._now = now
        self._held: dict[K, Resource[T]] = {}

    def held(self, key: K) -> Resource[T]:
        """What is known without asking."""
        return self._held.get(key, Empty())

    async def read(self, key: K) -> T:
        """One value, read now; raises the error tree."""
        value = await self._ask(key)
        self._held[key] = Ready(value, self._now())
        return value

    async def read_all(self, keys: Iterable[K], each: Callable[[K, Resource[T]], None], at_once: int) -> None:
        """Asks in the order given, `at_once` at a time, and tells each result as it comes.

        Raises Unauthorized, for then every further question is a wrong password once more.
        """
        queue = iter(keys)

        async def work() -> None:
            for key in queue:
                each(key, await self.settle(key))

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(at_once):
                    group.create_task(work())
        except* Unauthorized as refused:
            raise refused.exceptions[0] from None

    async def settle(self, key: K) -> Resource[T]:
        """How we stand with one value after asking for it now; raises Unauthorized alone."""
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
