"""How far the server's clock is from ours."""

from datetime import UTC, datetime, timedelta

import pytest

from durastore_tui.core.clock import difference, in_words

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "age", "ahead"),
    [
        ("Sat, 31 Jan 2026 12:00:00 GMT", "", 0),
        ("Sat, 31 Jan 2026 12:02:00 GMT", "", 0),
        ("Sat, 31 Jan 2026 11:58:00 GMT", "", 0),
        ("Sat, 31 Jan 2026 12:02:01 GMT", "", 121),
        ("Sat, 31 Jan 2026 11:00:00 GMT", "", -3600),
        ("Sat, 31 Jan 2026 11:00:00 GMT", "3600", 0),
        ("Mon, 02 Mar 2026 12:00:00 GMT", "", 30 * 86400),
        ("Sat, 31 Jan 2026 12:03:00 -0000", "", 180),
        ("Sat, 31 Jan 2026 12:00:00 GMT", "-9", 0),
        ("Sat, 31 Jan 2026 12:00:00 GMT", "9" * 40, None),
        ("now", "", None),
        ("", "", None),
    ],
)
def test_the_date_of_an_answer_tells_the_difference(date: str, age: str, ahead: int | None) -> None:
    assert difference(date, age, AT) == (None if ahead is None else timedelta(seconds=ahead))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, ""),
        (121, "server clock 2 minutes ahead"),
        (-3600, "server clock 60 minutes behind"),
        (7200, "server clock 2 hours ahead"),
        (-86400 * 30, "server clock 30 days behind"),
    ],
)
def test_a_difference_is_worded_in_its_largest_unit(seconds: int, words: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == words
