"""A read-only server is opened for a time, and shut by itself."""

from datetime import timedelta

import pytest

from durastore_tui.core.errors import BadInput
from durastore_tui.core.write_window import WriteWindow, duration
from tests.held_clock import HeldClock


@pytest.mark.parametrize(
    ("text", "seconds"), [("15m", 900), ("90s", 90), ("1h", 3600), ("5", 300), ("", 900), (" 2 m ", 120)]
)
def test_a_time_is_said_as_people_say_it(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["0", "9h", "soon", "-5m", "1.5h", "15m15m", "999999999999h", "٣"])
def test_what_is_no_time_or_too_long_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        duration(text)


def test_the_window_shuts_by_itself_when_its_time_is_over() -> None:
    clock = HeldClock()
    window = WriteWindow(clock, read_only=True)
    assert window.shut
    window.open_for(timedelta(minutes=1))
    assert not window.shut
    clock.advance(59)
    assert window.left == timedelta(seconds=1)
    clock.advance(1)
    assert window.shut
    assert window.left is None


def test_it_can_be_shut_before_its_time_and_where_nothing_was_read_only() -> None:
    window = WriteWindow(HeldClock(), read_only=False)
    assert not window.shut
    window.shut_now()
    assert window.shut
    window.open_for(timedelta(minutes=1))
    window.shut_now()
    assert window.shut


@pytest.mark.parametrize("wrong", [-86400, 86400])
def test_a_clock_that_is_set_wrong_neither_shuts_it_nor_keeps_it_open(wrong: int) -> None:
    clock = HeldClock()
    window = WriteWindow(clock, read_only=True)
    window.open_for(timedelta(minutes=1))
    clock.set_wrong(wrong)
    assert window.left == timedelta(minutes=1)
    clock.advance(60)
    assert window.shut
