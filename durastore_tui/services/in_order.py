"""Many questions at once, their answers in the order asked."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from typing import Any, TypeVar

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")


async def in_order(
    questions: Iterable[Asked], work: Callable[[Asked], Coroutine[Any, Any, Answered]], at_once: int
) -> AsyncIterator[Answered]:
    """Keeps `at_once` under way; an error, or an end before the last answer, cancels the rest."""
    pending: deque[asyncio.Task[Answered]] = deque()
    queue = iter(questions)
    try:
        while True:
            while len(pending) < at_once and (question := next(queue, None)) is not None:
                pending.append(asyncio.create_task(work(question)))
            if not pending:
                return
            yield await pending.popleft()
    finally:
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
