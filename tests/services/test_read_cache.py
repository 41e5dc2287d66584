"""The read cache: one read at a time of each value, news of every change, and states after a cancelled read."""

import asyncio
from typing import Any

import pytest

from durastore_tui.core.errors import ReadCancelled, Unauthorized, Unreachable
from durastore_tui.core.resource import Empty, Failed, Loading, Ready, Resource, Stale
from durastore_tui.services.read_cache import Kind, ReadCache
from tests.held_clock import HeldClock

WORDS: Kind[str, str] = Kind("words")
DOWN = Unreachable("GET /word", None, "down")


class Server:
    """Answers once its gate is open, and counts what it is asked."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.asked: list[str] = []
        self.error: Exception | None = None

    async def answer(self, key: str) -> str:
        self.asked.append(key)
        await self.gate.wait()
        if self.error:
            raise self.error
        return key.upper()


class Known:
    """A cache with its server, and what a subscriber heard."""

    def __init__(self) -> None:
        self.clock, self.server = HeldClock(), Server()
        self.cache = ReadCache(self.clock.now)
        self.heard: list[tuple[str, Resource[Any]]] = []
        self.cache.subscribe(lambda kind, key, state: self.heard.append((key, state)))

    def begin(self, key: str) -> "asyncio.Task[Resource[str]]":
        return asyncio.create_task(self.cache.refresh(WORDS, key, self.server.answer))

    async def answered(self, key: str) -> None:
        self.server.gate.set()
        await self.begin(key)
        self.server.gate.clear()
        self.heard.clear()

    def state(self, key: str = "a") -> Resource[str]:
        return self.cache.cached(WORDS, key)


async def turn() -> None:
    """Lets every task go on as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.fixture
async def known() -> Known:
    return Known()


async def cancelled(task: "asyncio.Task[Resource[str]]") -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_two_readers_of_one_value_send_one_request(known: Known) -> None:
    first, second = known.begin("a"), known.begin("a")
    await turn()
    known.server.gate.set()
    assert await first == await second == Ready("A", known.clock.now())
    assert known.server.asked == ["a"]


async def test_a_subscriber_hears_of_each_state_until_it_unsubscribes(known: Known) -> None:
    ended: list[str] = []
    unsubscribe = known.cache.subscribe(lambda kind, key, state: ended.append(key))
    now = known.clock.now()
    await known.answered("a")
    unsubscribe()
    reading = known.begin("a")
    await turn()
    known.server.error = DOWN
    known.server.gate.set()
    await reading
    assert known.heard == [("a", Stale("A", now)), ("a", Stale("A", now, DOWN))]
    assert ended == ["a", "a"]


async def test_a_second_reader_reads_when_the_first_one_has_left(known: Known) -> None:
    first, second = known.begin("a"), known.begin("a")
    await turn()
    await cancelled(first)
    await turn()
    known.server.gate.set()
    assert await second == Ready("A", known.clock.now())
    assert known.server.asked == ["a", "a"]


@pytest.mark.parametrize("error", [None, DOWN])
async def test_a_reader_that_leaves_changes_nothing(known: Known, error: Exception | None) -> None:
    known.server.error = error
    await known.answered("a")
    before = known.state()
    reading = known.begin("a")
    await turn()
    assert known.state() != before
    await cancelled(reading)
    assert known.state() == before


async def test_a_value_that_was_never_read_is_unread_again_when_its_reader_leaves(known: Known) -> None:
    reading = known.begin("a")
    await turn()
    assert known.state() == Loading(known.clock.now())
    await cancelled(reading)
    assert known.state() == Empty()


async def test_a_read_that_the_user_cancels_says_so(known: Known) -> None:
    reading = known.begin("a")
    await turn()
    known.cache.mark_cancelled()
    await cancelled(reading)
    assert isinstance(known.state(), Failed)
    assert known.heard[-1][1] == known.state() == Failed(ReadCancelled("", None, ""), known.clock.now())


async def test_a_value_that_was_read_before_stays_when_the_user_cancels(known: Known) -> None:
    await known.answered("a")
    before = known.state()
    reading = known.begin("a")
    await turn()
    known.cache.mark_cancelled()
    assert known.state() == before
    await cancelled(reading)
    assert known.state() == before


async def test_an_answer_that_comes_though_it_was_cancelled_counts(known: Known) -> None:
    reading = known.begin("a")
    await turn()
    known.cache.mark_cancelled()
    known.server.gate.set()
    assert await reading == Ready("A", known.clock.now())


async def test_a_refused_login_is_raised_and_shown(known: Known) -> None:
    known.server.error = Unauthorized("GET /word", 401, "")
    known.server.gate.set()
    with pytest.raises(Unauthorized):
        await known.begin("a")
    assert isinstance(known.state(), Failed)


async def test_many_are_read_in_order_a_few_at_a_time_and_not_once_another_has_read_them(known: Known) -> None:
    async def at_once(key: str) -> str:
        return key.upper()

    all_of_them = asyncio.create_task(known.cache.refresh_all(WORDS, iter("abcd"), known.server.answer, 2))
    await turn()
    assert known.server.asked == ["a", "b"]
    known.clock.advance(1)
    await known.cache.read(WORDS, "c", at_once)
    known.server.gate.set()
    await all_of_them
    assert known.server.asked == ["a", "b", "d"]


async def test_of_some_kinds_only_the_last_values_are_kept(known: Known) -> None:
    few: Kind[str, str] = Kind("few", most=2)
    known.server.gate.set()
    for key in "abac":
        await known.cache.refresh(few, key, known.server.answer)
    now = known.clock.now()
    assert [known.cache.cached(few, key) for key in "abc"] == [Ready("A", now), Empty(), Ready("C", now)]
