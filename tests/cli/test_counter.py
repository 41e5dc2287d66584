"""The counter of a long read."""

import io

from durastore_tui.cli.counter import Counter
from durastore_tui.cli.output import Printer
from tests.held_clock import HeldClock


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_it_is_drawn_after_a_second_then_now_and_then_and_taken_away() -> None:
    clock, screen = HeldClock(), io.StringIO()
    counter = Counter(screen, clock, "ids")
    counter.add(1000)
    assert screen.getvalue() == ""
    clock.advance(1)
    counter.add(1000)
    counter.add(1000)
    assert screen.getvalue() == "\r2,000 ids\x1b[K"
    clock.advance(0.2)
    counter.set(12_000)
    counter.clear()
    counter.clear()
    assert screen.getvalue().endswith("\r12,000 ids\x1b[K\r\x1b[K")


def test_rows_into_a_file_are_counted_and_rows_on_the_terminal_are_not() -> None:
    for out, drawn in ((io.StringIO(), "\r2 rows\x1b[K\r\x1b[K"), (Screen(), "")):
        clock, screen = HeldClock(), io.StringIO()
        with Printer(out, "csv", counter=Counter(screen, clock)).rows(("id",)) as show:
            show({"id": 1})
            clock.advance(2)
            show({"id": 2})
        assert screen.getvalue() == drawn
