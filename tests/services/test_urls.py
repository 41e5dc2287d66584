"""URLs in order, a few at a time."""

import pytest

from durastore_tui.services.in_order import in_order
from durastore_tui.services.spaces import Spaces
from durastore_tui.services.urls import make, matching
from tests.services.conftest import Login


async def test_rows_come_in_the_order_asked_with_failures_in_place(login: Login) -> None:
    session = await login()
    ids = [content_id async for content_id in matching(session, "nasty-names", "*.ts")]
    host = (await Spaces(session).properties_of("nasty-names")).hls_host
    asked = [*ids, "no/such.ts"]
    rows = [row async for row in make(session, "nasty-names", asked, host=host)]
    assert [row.content_id for row in rows] == asked
    assert rows[-1].error
    plain = next(row for row in rows if row.content_id == "a+b=c&d;e.ts")
    assert plain.raw
    assert plain.raw.endswith("/a+b=c&d;e.ts")


async def test_a_pattern_matches_across_slashes_and_exactly(login: Login) -> None:
    session = await login()
    assert [each async for each in matching(session, "nasty-names", "a/*")] == ["a/../b.ts"]
    assert [each async for each in matching(session, "nasty-names", "[[]/]")] == ["[/]"]
    assert [each async for each in matching(session, "nasty-names", "MIXED.CASE")] == []


async def test_no_more_are_under_way_than_allowed_and_the_rest_ends_with_the_reader() -> None:
    running: set[int] = set()
    most = 0
    ended: list[int] = []

    async def work(number: int) -> int:
        nonlocal most
        running.add(number)
        most = max(most, len(running))
        try:
            return number
        finally:
            running.discard(number)
            ended.append(number)

    assert [each async for each in in_order(range(10), work, 3)] == list(range(10))
    assert most <= 3

    async def failing(number: int) -> int:
        if number == 1:
            raise ValueError(number)
        return await work(number)

    got: list[int] = []
    with pytest.raises(ValueError):
        async for each in in_order(range(10), failing, 2):
            got.append(each)
    assert got == [0]
    assert not running


async def test_a_prefix_narrows_a_pattern_and_is_asked_of_the_server(login: Login) -> None:
    session = await login()
    every = [each async for each in matching(session, "campus-events", "*.m3u8")]
    some = [each async for each in matching(session, "campus-events", "*.m3u8", "events/event-001/")]
    assert 0 < len(some) < len(every)
    assert all(each.startswith("events/event-001/") for each in some)
    assert "prefix=events%2Fevent-001%2F" in list(session.log)[-1].path
