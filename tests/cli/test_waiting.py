"""The line that says how long an answer is waited for."""

import io

import pytest

from durastore_tui.api.request_log import Request, RequestLog
from durastore_tui.cli.waiting import WaitingLine
from durastore_tui.core.clock import waiting_words
from tests.held_clock import HeldClock

CLEARED = "\r\x1b[K"


def answered(clock: HeldClock) -> Request:
    return Request(clock.now(), "GET", "/spaces", 200, 34_000, 12, None, "", "")


@pytest.mark.parametrize(("seconds", "words"), [(0, ""), (4.9, ""), (5, "5 s"), (34.7, "34 s"), (-3600, "")])
def test_a_wait_is_worded_when_it_is_long(seconds: float, words: str) -> None:
    clock = HeldClock()
    began = clock.now()
    clock.advance(seconds)
    assert waiting_words(began, clock.now()) == (words and f"waiting for DuraCloud, {words}")


def test_the_oldest_request_under_way_is_the_one_that_counts() -> None:
    clock, log = HeldClock(), RequestLog()
    began = clock.now()
    assert log.waiting_since is None
    with log.under_way(began):
        clock.advance(9)
        with log.under_way(clock.now()):
            assert log.waiting_since == began
    assert log.waiting_since is None


async def test_the_line_is_drawn_over_and_goes_when_the_answer_comes() -> None:
    screen, clock, log = io.StringIO(), HeldClock(), RequestLog()
    line = WaitingLine(screen, clock, log)
    log.subscribe(line.clear)
    with log.under_way(clock.now()):
        line.draw()
        assert screen.getvalue() == ""
        clock.advance(34)
        line.draw()
        clock.advance(1)
        line.draw()
        log.add(answered(clock))
    log.add(answered(clock))
    drawn = "".join(f"\rwaiting for DuraCloud, {seconds} s\x1b[K" for seconds in (34, 35))
    assert screen.getvalue() == drawn + CLEARED
