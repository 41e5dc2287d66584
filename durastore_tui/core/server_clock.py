"""How far the server's clock is from ours, by the Date of its answers."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MOST_APART = timedelta(minutes=2)
"""Smaller differences are ignored: they can come from network delay."""
NONE = timedelta()


def difference(date: str, age: str, at: datetime) -> timedelta | None:
    """How far the server is ahead of us, negative when behind; zero up to two minutes. None when `date` says no time.

    `date` and `age` are headers of an answer that came at `at`: a cache may have kept it for `age` seconds.
    """
    try:
        said = parsedate_to_datetime(date)
        kept = timedelta(seconds=int(age)) if age.isascii() and age.isdigit() else NONE
        ahead = (said if said.tzinfo else said.replace(tzinfo=UTC)) + kept - at
    except (ValueError, OverflowError):
        return None
    return ahead if abs(ahead) > MOST_APART else NONE


def in_words(ahead: timedelta) -> str:
    """As in "server clock 30 days ahead"; nothing when there is no difference."""
    if not ahead:
        return ""
    minutes = round(abs(ahead).total_seconds() / 60)
    unit, length = next(each for each in (("day", 1440), ("hour", 60), ("minute", 1)) if minutes >= 2 * each[1])
    return f"server clock {minutes // length} {unit}s {'ahead' if ahead > NONE else 'behind'}"
